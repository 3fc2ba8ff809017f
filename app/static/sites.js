// The menu of sites: arrows go from one to the next; with many sites, a few letters keep those that match.

(() => {
  const menu = document.querySelector("[data-sites]");
  if (!menu) return;
  const buttons = [...menu.querySelectorAll("button[name=place]")];
  const filter = menu.querySelector("[data-filter]");
  const input = filter?.querySelector("input");
  const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const shown = () => buttons.filter((button) => !button.hidden);

  if (filter) {
    filter.hidden = false;
    const count = filter.querySelector("[data-found]");
    menu.addEventListener("toggle", () => { if (menu.open) { input.value = ""; keep(); input.focus(); } });
    input.addEventListener("input", keep);
    function keep() {
      const words = bare(input.value).split(/\s+/).filter(Boolean);
      for (const button of buttons) {
        const text = bare(button.textContent);
        button.hidden = !words.every((word) => text.includes(word));
      }
      count.textContent = words.length ? count.dataset.found.replace("{}", shown().length) : "";
    }
  }
  menu.addEventListener("keydown", (event) => {
    const among = shown(), at = among.indexOf(document.activeElement);
    if (event.key === "Enter" && event.target === input) {
      event.preventDefault();
      among[0]?.click();
    } else if (menu.open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (at + step < 0 && input) input.focus(); else among[Math.max(0, Math.min(among.length - 1, at + step))]?.focus();
    }
  });
})();
