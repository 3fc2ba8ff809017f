// While the traits of a new patient are typed: who may already have a fiche here.

const TRAITS = ["birth_family_name", "birth_first_given_name", "sex", "birth_date", "ins", "ipp"];
const QUIET = 600; // milliseconds without a key before asking
const warning = document.querySelector("[data-duplicates]");
const traits = document.querySelector("[data-sheet]");
let waiting = 0, lastAsked = "";

async function ask() {
  const typed = new URLSearchParams([...new FormData(traits)].filter(([name, value]) => TRAITS.includes(name) && (value || name === "birth_date")));
  const asked = typed.toString();
  if (asked === lastAsked) return;
  lastAsked = asked;
  const answer = await fetch(`${warning.dataset.duplicates}?q=${encodeURIComponent(asked)}`, { credentials: "same-origin" }).catch(() => null);
  if (answer?.ok && !answer.redirected && asked === lastAsked) warning.innerHTML = await answer.text();
}

if (warning && traits) {
  traits.addEventListener("input", (event) => {
    if (!TRAITS.includes(event.target.name)) return;
    clearTimeout(waiting);
    waiting = setTimeout(ask, QUIET);
  });
  ask();
}
