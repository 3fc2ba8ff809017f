// Coded search: two characters, ten results; Enter takes the first, Backspace in an empty field removes the last choice.
// An empty field offers what the site chose lately: nothing of it is taken until an arrow or the mouse chooses.

const WAIT = 120; // milliseconds without a key before asking
const FEW = 2;
const lately = new Map(); // list → what the site chose lately, asked once per page

function readyCombobox(box) {
  const input = box.querySelector("input[type=text]");
  const list = box.querySelector("[role=listbox]");
  const source = box.dataset.combobox;
  const reference = box.querySelector("[data-reference]");
  const chosen = box.querySelector("[data-chosen]");
  const picks = box.querySelector(".picks");
  if (!list || !source || box.dataset.ready) return;
  box.dataset.ready = "yes";
  let found = [], answers = "", wanted = "", active = -1, asked = 0, timer = 0;

  const close = () => { list.hidden = true; active = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const mark = (place) => {
    active = place;
    [...list.querySelectorAll("[role=option]")].forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    const option = list.querySelectorAll("[role=option]")[place];
    if (option) { input.setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); }
  };
  const choose = (term) => {
    if (term.selectable === false) return;
    clearTimeout(timer);
    wanted = "";
    asked += 1; // what is still on its way would open the list again
    const value = `${term.system}|${term.code}`;
    if (picks) {
      const known = [...picks.querySelectorAll("input")].find((pick) => pick.value === value || pick.value === term.code);
      if (known) known.checked = true;
      else picks.append(pick(box.dataset.picks, value, term.label));
      picks.hidden = false;
      input.value = "";
    } else {
      reference.value = value;
      chosen.value = input.value = term.label;
    }
    close();
    announceChoice(term.label);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const announceChoice = (label) => { const place = document.querySelector("[data-saved]"); if (place) place.textContent = `Choisi\u202f: ${label}`; };

  const draw = (words) => {
    const options = found.map((term, at) => option(term, `${input.id}.${at}`, words));
    list.replaceChildren(...(words ? options : [chosenLately(options, input.id)]));
    if (!found.length) {
      const none = document.createElement("li");
      none.className = "no-suggestion";
      none.textContent = "Aucun résultat\u202f: essayez un autre mot, un synonyme ou le code.";
      list.append(none);
    }
    list.hidden = false;
    list.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-expanded", "true");
    const first = words ? found.findIndex((term) => term.selectable !== false) : -1;
    if (first >= 0) mark(first);
  };
  const search = async () => {
    const words = input.value.trim();
    if (words && words.length < FEW) { close(); return; }
    const turn = ++asked;
    const terms = await (words ? lookUp(source, words) : lookUpLately(source));
    if (turn !== asked) return;
    const first = words && words === wanted && terms?.find((term) => term.selectable !== false);
    if (first) { choose(first); return; }
    if (document.activeElement !== input) return;
    if (!terms || (!words && !terms.length)) { close(); return; }
    found = terms;
    answers = words;
    draw(words);
  };
  const offer = () => { if (!input.value.trim() && list.hidden) search(); };

  input.addEventListener("input", () => {
    if (reference) reference.value = "";
    if (chosen) chosen.value = "";
    wanted = "";
    clearTimeout(timer);
    timer = setTimeout(search, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    const open = !list.hidden && found.length;
    if (event.key === "ArrowDown" && !open) { search(); event.preventDefault(); }
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!open) return;
      mark((Math.max(active, event.key === "ArrowDown" ? -1 : 0) + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length);
      event.preventDefault();
    } else if (event.key === "Enter") {
      const words = input.value.trim();
      if (open && answers === words && (active >= 0 || words)) { choose(found[Math.max(active, 0)]); event.preventDefault(); }
      else if (words && !(reference && reference.value)) { event.preventDefault(); clearTimeout(timer); wanted = words; search(); } // faster than the answers: their first
    } else if (event.key === "Escape" && open) { close(); event.stopPropagation(); }
    else if (event.key === "Backspace" && !input.value && picks) {
      const last = [...picks.querySelectorAll("input:checked")].at(-1);
      if (last) { last.checked = false; last.dispatchEvent(new Event("change", { bubbles: true })); }
    }
  });
  list.addEventListener("mousedown", (event) => {
    const place = [...list.querySelectorAll("[role=option]")].indexOf(event.target.closest("[role=option]"));
    event.preventDefault();
    if (place >= 0) choose(found[place]);
  });
  input.addEventListener("focus", offer);
  input.addEventListener("click", offer);
  input.addEventListener("blur", () => { clearTimeout(timer); close(); });
}

async function lookUp(source, words) {
  const answer = await fetch(`/terminologies/${source}?q=${encodeURIComponent(words)}`, { credentials: "same-origin" }).catch(() => null);
  return answer?.ok && !answer.redirected ? answer.json() : null;
}

async function lookUpLately(source) {
  const terms = lately.get(source) ?? await lookUp(source, "");
  if (terms) lately.set(source, terms);
  return terms;
}

function chosenLately(options, id) {
  const group = document.createElement("li");
  group.setAttribute("role", "group");
  group.setAttribute("aria-labelledby", `${id}.recents`);
  const heading = document.createElement("span");
  heading.id = `${id}.recents`;
  heading.className = "suggestions-heading";
  heading.setAttribute("role", "presentation");
  heading.textContent = "Choix récents du site";
  const lines = document.createElement("ul");
  lines.setAttribute("role", "presentation");
  lines.append(...options);
  group.append(heading, lines);
  return group;
}

function option(term, id, words) {
  const line = document.createElement("li");
  line.id = id;
  line.setAttribute("role", "option");
  line.setAttribute("aria-selected", "false");
  if (term.selectable === false) line.setAttribute("aria-disabled", "true");
  const label = document.createElement("span");
  label.append(...emphasised(term.label, words));
  const beside = term.reason || (term.match !== term.label && term.match);
  if (beside) {
    const other = document.createElement("small");
    other.textContent = ` ${beside}`;
    label.append(other);
  }
  const code = document.createElement("span");
  code.className = "code";
  code.textContent = [term.kind, term.code].filter(Boolean).join(" · ");
  line.append(label, code);
  return line;
}

// The words typed, in bold where the label has them, accents and case apart.
function emphasised(label, words) {
  if (!words) return [label];
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const at = plain(label).indexOf(plain(words));
  if (at < 0 || plain(label).length !== label.length) return [label];
  const strong = document.createElement("b");
  strong.textContent = label.slice(at, at + words.length);
  return [label.slice(0, at), strong, label.slice(at + words.length)];
}

function pick(name, value, label) {
  const line = document.createElement("li");
  const holder = document.createElement("label");
  holder.className = "choice pick";
  const box = document.createElement("input");
  Object.assign(box, { type: "checkbox", name, value, checked: true });
  holder.append(box, ` ${label}`);
  line.append(holder);
  return line;
}

document.querySelectorAll("[data-combobox]").forEach(readyCombobox);
document.addEventListener("added", (event) => event.detail.querySelectorAll("[data-combobox]").forEach(readyCombobox));
