// The consoles: how many requests are ticked, and all of them at once.

const bulk = document.getElementById("ensemble");
if (bulk) {
  const boxes = [...document.querySelectorAll("input[name=rowid]")];
  const submit = bulk.querySelector("[data-ticked]");
  const all = bulk.querySelector("[data-tick-all]");
  const label = submit.textContent;
  const count = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    submit.disabled = ticked === 0;
    submit.textContent = ticked ? submit.dataset.ticked.replace("#", ticked) : label;
  };
  all.hidden = boxes.length === 0;
  all.addEventListener("click", () => {
    const tick = boxes.some((box) => !box.checked);
    for (const box of boxes) box.checked = tick;
    count();
  });
  for (const box of boxes) box.addEventListener("change", count);
  count();
}
