// Partial dates: a pasted or typed whole date fills its three inputs; a full input leads to the next one.

const wholeDate = (text) => {
  const plain = text.trim();
  const orders = [
    [/^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/, [1, 2, 3]],
    [/^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/, [3, 2, 1]],
    [/^(\d{1,2})[-/. ](\d{4})$/, [0, 1, 2]],
    [/^(\d{4})[-/.](\d{1,2})$/, [0, 2, 1]],
    [/^(\d{2})(\d{2})(\d{4})$/, [1, 2, 3]],
    [/^(\d{4})$/, [0, 0, 1]],
  ];
  for (const [form, places] of orders) {
    const found = form.exec(plain);
    if (found) return places.map((place, at) => (place ? found[place].padStart(at < 2 ? 2 : 4, "0") : ""));
  }
  return null;
};

const partsOf = (input) => [...input.closest("[data-date]").querySelectorAll("input")];
function fill(input, text) {
  const found = wholeDate(text);
  if (!found) return false;
  const parts = partsOf(input);
  parts.forEach((part, at) => { part.value = found[at]; });
  parts[2].focus();
  parts[2].dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

document.addEventListener("paste", (event) => {
  if (event.target.closest?.("[data-date]") && fill(event.target, event.clipboardData.getData("text"))) event.preventDefault();
});
document.addEventListener("input", (event) => {
  const input = event.target;
  if (!input.closest?.("[data-date]") || !event.isTrusted) return;
  const parts = partsOf(input);
  const place = parts.indexOf(input);
  if (/[-/. ]$/.test(input.value) && /^\d{1,2}.$/.test(input.value) && place < 2) {
    input.value = input.value.slice(0, -1).padStart(2, "0");
    parts[place + 1].focus();
    parts[place + 1].select();
  } else if (input.value.length > Number(input.dataset.size)) fill(input, input.value);
  else if (/^\d{2}$/.test(input.value) && place < 2 && event.inputType === "insertText") { parts[place + 1].focus(); parts[place + 1].select(); }
});
// « a » comme aujourd’hui.
const today = () => new Date().toLocaleDateString("fr-FR");
document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "a" || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest?.("[data-date]")) { event.preventDefault(); fill(event.target, today()); }
});
document.addEventListener("keydown", (event) => {
  const input = event.target;
  if (event.key !== "Backspace" || !input.closest?.("[data-date]") || input.value) return;
  const parts = partsOf(input);
  const place = parts.indexOf(input);
  if (place > 0) { parts[place - 1].focus(); event.preventDefault(); }
});
