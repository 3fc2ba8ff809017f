// Registration: hospitals are searched as one types, the chosen sites stay above whatever is searched next.

const DELAY = 200;

const group = document.querySelector("[data-sites]");
const box = group.querySelector(".chosen-sites");
const list = box.querySelector("ul");
const found = document.getElementById("sites-trouves");
const typed = document.getElementById("hopital");
const teller = group.querySelector("[data-sites-voice]");

const chosen = (code) => [...list.children].find((item) => item.dataset.code === code);

function choose(code, label) {
  if (chosen(code)) return;
  const item = document.createElement("li");
  item.dataset.code = code;
  dress(item, code, label);
  list.append(item);
  tell();
}

// One chosen site: what the form sends, its name, and the button that removes it.
function dress(item, code, label) {
  const sent = document.createElement("input");
  Object.assign(sent, { type: "hidden", name: "sites", value: code });
  const name = document.createElement("span");
  name.textContent = label;
  const remove = document.createElement("button");
  Object.assign(remove, { type: "button", textContent: "✕", title: group.dataset.remove });
  remove.setAttribute("aria-label", `${group.dataset.remove} : ${label}`);
  remove.addEventListener("click", () => {
    const next = item.nextElementSibling ?? item.previousElementSibling;
    leave(code);
    (next?.querySelector("button") ?? typed).focus();
  });
  item.replaceChildren(sent, name, remove);
}

function leave(code) {
  chosen(code)?.remove();
  mirror();
  tell();
}

function tell() {
  const count = list.children.length;
  box.hidden = count === 0;
  teller.textContent = count === 1 ? group.dataset.one : group.dataset.many.replace("#", String(count));
}

// The boxes of the results only show what is chosen: the list above is what is sent.
function mirror() {
  for (const tick of found.querySelectorAll("input[type=checkbox]")) {
    if (tick.name && tick.checked) choose(tick.value, tick.dataset.label);
    tick.removeAttribute("name");
    tick.disabled = false;
    tick.checked = Boolean(chosen(tick.value));
  }
}

let asking = null;
async function search() {
  asking?.abort();
  asking = new AbortController();
  const address = `${group.dataset.sites}?${new URLSearchParams({ hopital: typed.value })}`;
  try {
    const answer = await fetch(address, { credentials: "same-origin", signal: asking.signal });
    if (answer.ok) found.innerHTML = await answer.text();
    mirror();
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}

let waiting;
typed.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, DELAY); });
typed.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  clearTimeout(waiting);
  search();
});
group.querySelector("button[name=chercher]").addEventListener("click", (event) => { event.preventDefault(); search(); });
found.addEventListener("change", (event) => {
  if (event.target.checked) choose(event.target.value, event.target.dataset.label);
  else leave(event.target.value);
});

for (const item of list.children) dress(item, item.dataset.code, item.textContent.trim());
mirror();
document.querySelector("[data-focus]")?.focus();
