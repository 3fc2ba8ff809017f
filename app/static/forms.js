// Forms: questions that appear with an answer, entries added and removed, the buttons, the way out.

const sheet = document.querySelector("[data-sheet]");
const say = (sentence) => { const place = document.querySelector("[data-saved]"); if (place) place.textContent = sentence; };

// What the inputs of an item say now. A hidden question says nothing.
const valuesOf = (name) => [...sheet.elements]
  .filter((input) => input.name === name || input.name === `${name}.saisie`)
  .filter((input) => (input.type !== "radio" && input.type !== "checkbox") || input.checked)
  .map((input) => input.value.trim())
  .filter((value) => value);
const isHidden = (name) => { const place = document.getElementById(`champ-${name}`); return !place || place.hidden; };
const holds = (condition) => {
  if (typeof condition === "boolean") return condition;
  const [[word, said]] = Object.entries(condition);
  switch (word) {
    case "not": return !holds(said);
    case "either": return said.some(holds);
    case "both": return said.every(holds);
    case "filled": return !isHidden(said) && valuesOf(said).length > 0;
    case "is": return !isHidden(said[0]) && valuesOf(said[0]).includes(said[1]);
    case "any": return !isHidden(said[0]) && valuesOf(said[0]).some((value) => said[1].includes(value));
    default: return true;
  }
};

function followConditions(announced) {
  const appeared = [];
  for (const question of sheet.querySelectorAll("[data-shown-when]")) {
    const shown = holds(JSON.parse(question.dataset.shownWhen));
    if (shown && question.hidden) appeared.push(question.querySelector("label, legend").innerText.trim());
    question.hidden = !shown;
  }
  for (const question of sheet.querySelectorAll("[data-demanded]")) {
    const mark = question.querySelector("[data-optional]");
    if (mark) mark.hidden = holds(JSON.parse(question.dataset.demanded));
  }
  for (const group of sheet.querySelectorAll("[data-fields]"))
    group.hidden = [...group.querySelectorAll(".item")].every((question) => question.hidden);
  if (announced && appeared.length) say(`À renseigner aussi\u202f: ${appeared.join(", ")}.`);
}

// Entries of a grouped list: « Ajouter » copies the blank one.
function readyEntries(list) {
  const add = list.querySelector(":scope > [data-add-entry]");
  const blank = list.querySelector(":scope > template");
  let number = 1000;
  add.hidden = false;
  add.addEventListener("click", () => {
    const piece = blank.content.cloneNode(true);
    const holder = document.createElement("div");
    holder.append(piece);
    for (const part of holder.querySelectorAll("*"))
      for (const attribute of part.attributes)
        if (attribute.value.includes("__n__")) attribute.value = attribute.value.replaceAll("__n__", number);
    number += 1;
    const entry = holder.firstElementChild;
    add.before(entry);
    entry.querySelector("[data-remove-entry]").hidden = false;
    document.dispatchEvent(new CustomEvent("added", { detail: entry }));
    entry.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });
  for (const button of list.querySelectorAll("[data-remove-entry]")) button.hidden = false;
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-remove-entry]");
    if (!button) return;
    button.closest("[data-entry]").remove();
    add.focus();
    sheet.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

// An error of the summary, the address, or the page left: the field opens and takes the focus.
function show(id) {
  const target = id && document.getElementById(id);
  if (!target || !sheet.contains(target)) return false;
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  const field = target.matches("input, select, textarea, button") ? target : target.querySelector("input:not([type=hidden]), select, textarea");
  (field ?? target).focus();
  (field ?? target).scrollIntoView({ block: "center" });
  return true;
}

// Where one begins: the first question that must be answered and is not, in a page that adds; else the first of all.
function firstToFill() {
  const questions = [...sheet.querySelectorAll("details[open] .item:not([hidden])")];
  return (sheet.dataset.adds !== undefined && questions.find(isWanting)) || questions[0];
}
const isWanting = (question) => (question.querySelector("[data-optional]")?.hidden ?? true) && !valuesOf(question.dataset.item).length;

// The title stays in sight, unless the field would be under the buttons.
function begin(field) {
  field?.focus({ preventScroll: true });
  if (field?.getBoundingClientRect().bottom > sheet.querySelector(".form-bar").getBoundingClientRect().top) field.scrollIntoView({ block: "nearest" });
}

// F8: the next question that must be answered and is not; after the last one, the first; when none is left, the save.
function goOn() {
  const wanting = [...sheet.querySelectorAll(".item[data-item]:not(.entry .item)")].filter((question) => !question.closest("[hidden]") && isWanting(question));
  const here = document.activeElement;
  const next = wanting.find((question) => here.compareDocumentPosition(question) & Node.DOCUMENT_POSITION_FOLLOWING) ?? wanting[0];
  if (next) { show(next.id); return; }
  say("Toutes les questions obligatoires ont une réponse.");
  sheet.querySelector("[data-save]").focus();
}

if (sheet) {
  sheet.querySelectorAll("[data-entries]").forEach(readyEntries);
  followConditions(false);
  sheet.addEventListener("input", () => followConditions(true));
  sheet.addEventListener("change", () => followConditions(true));
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".form-errors a");
    if (link && show(link.hash.slice(1))) event.preventDefault();
  });
  const errors = document.getElementById("erreurs");
  if (errors) errors.focus();
  else if (!show(sheet.dataset.focus) && !show(decodeURIComponent(location.hash.slice(1))))
    begin(firstToFill()?.querySelector("input:not([type=hidden]), select, textarea"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "F8") { event.preventDefault(); goOn(); }
    if ((event.ctrlKey || event.metaKey) && (event.key === "s" || event.key === "Enter")) {
      event.preventDefault();
      sheet.requestSubmit(sheet.querySelector("[data-save]"));
    }
  });
}
