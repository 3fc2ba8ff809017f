// What the pages do by themselves: folds that remember, copies, shortcuts, menus, the side panel, the print. Nothing moves alone.

const remembered = {
  read(name) { try { return localStorage.getItem(name); } catch { return null; } },
  keep(name, value) { try { localStorage.setItem(name, value); } catch { /* a private window forgets */ } },
};

// Folds: the state of each block is remembered by its name, the same for every fiche.
const folds = [...document.querySelectorAll("details[data-fold]")];
for (const fold of folds) {
  const state = remembered.read(`fold:${fold.dataset.fold}`);
  if (state) fold.open = state === "open";
  fold.querySelector("summary").addEventListener("click", () =>
    remembered.keep(`fold:${fold.dataset.fold}`, fold.open ? "closed" : "open"));
}
const openTarget = () => {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) target.open = true;
  else if (target) for (const older of target.querySelectorAll(".older")) older.open = true;
};
addEventListener("hashchange", openTarget);
openTarget();

// What was just done is told on top: a page that opens further down tells it where one looks.
const justDone = document.querySelector("[data-told-here]");
if (justDone && location.hash && document.getElementById(location.hash.slice(1))) {
  const close = closeButton(document.body.dataset.hide, () => { justDone.remove(); });
  close.className = "told-close";
  justDone.classList.add("told-floating");
  justDone.append(close);
}
function closeButton(label, act) {
  const close = document.createElement("button");
  close.type = "button";
  close.setAttribute("aria-label", label);
  close.textContent = "✕";
  close.addEventListener("click", act);
  return close;
}

const foldAll = document.querySelector("[data-fold-all]");
foldAll?.addEventListener("click", () => {
  const open = folds.some((fold) => !fold.open);
  for (const fold of [...folds, ...document.querySelectorAll(".older")]) fold.open = open;
  foldAll.querySelector("span").textContent = open ? "Tout replier" : "Tout déplier";
});

// Print: everything is open on paper, then as it was.
let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll(".block, .blank, .older")].filter((fold) => !fold.open);
  for (const fold of closed) fold.open = true;
});
addEventListener("afterprint", () => { for (const fold of closed) fold.open = false; });
document.querySelector("[data-print]")?.addEventListener("click", () => window.print());

// Copies
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.classList.add("copied");
  announce(document.body.dataset.copied);
  setTimeout(() => button.classList.remove("copied"), 1500);
});

const voice = document.createElement("p");
voice.className = "sr-only";
voice.setAttribute("role", "status");
document.body.append(voice);
function announce(sentence) { voice.textContent = sentence; }

// Menus close on Escape, and when one looks elsewhere.
const menus = [...document.querySelectorAll("details[data-menu]")];
document.addEventListener("click", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
});

// Side panel: a link marked data-panel opens here; without script it opens its own page.
const panel = document.getElementById("volet");
let opener = null;
async function openPanel(link) {
  const answer = await fetch(link.href, { headers: { "X-Panel": "1" }, credentials: "same-origin" });
  if (!answer.ok || answer.redirected) { location.href = link.href; return; }
  opener = panel.contains(link) ? opener : link;
  panel.innerHTML = await answer.text();
  const close = closeButton(document.body.dataset.close, closePanel);
  close.className = "side-close";
  panel.prepend(close);
  panel.hidden = false;
  close.focus();
}
function closePanel() {
  panel.hidden = true;
  panel.replaceChildren();
  opener?.focus();
}
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-panel]");
  if (!panel || !link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openPanel(link);
});

// Shortcuts: / n ? and Escape. Never while somebody types.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const menu of menus.filter((one) => one.open)) { menu.open = false; menu.querySelector("summary").focus(); }
    if (panel && !panel.hidden) closePanel();
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, textarea, select")) return;
  const target = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key);
  if (!target) return;
  event.preventDefault();
  if (target instanceof HTMLInputElement) { target.focus(); target.select(); } else target.click();
});
