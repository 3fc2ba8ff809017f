// What is being typed is kept: on leaving a field, and every ten seconds. Leaving the page unsaved asks.

const PERIOD = 10_000; // milliseconds
const form = document.querySelector("[data-sheet]");
const told = document.querySelector("[data-saved]");
let typed = form?.dataset.restored !== undefined; // something that the fiche does not hold
let unkept = false; // something that not even the draft holds
let leaving = false;
let keeping = null;
let place = "";

const pairs = () => {
  form.elements.champ.value = place;
  return new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
};
async function keep() {
  if (!unkept || leaving || keeping) return keeping;
  unkept = false;
  keeping = fetch(form.dataset.draft, { method: "POST", body: pairs(), credentials: "same-origin", keepalive: true })
    .then(async (answer) => {
      if (answer.redirected) { unkept = true; tellExpired(); return; }
      const said = await answer.json().catch(() => ({}));
      if (!answer.ok) { unkept = true; told.textContent = said.message ?? "La saisie n’a pas pu être gardée\u202f: enregistrez-la dès que possible."; return; }
      told.textContent = `Saisie gardée à ${said.at.replace(":", " h ")}`;
    })
    .catch(() => { unkept = true; told.textContent = "Pas de réseau\u202f: la saisie reste sur cette page."; })
    .finally(() => { keeping = null; });
  return keeping;
}
function tellExpired() {
  told.replaceChildren("Votre session a expiré\u202f: votre saisie est gardée. ");
  const link = document.createElement("a");
  link.href = location.href;
  link.textContent = "Se reconnecter pour continuer";
  link.addEventListener("click", () => { leaving = true; });
  told.append(link);
}

if (form) {
  form.addEventListener("input", () => { typed = unkept = true; });
  form.addEventListener("change", () => { typed = unkept = true; });
  form.addEventListener("focusin", (event) => { place = event.target.id || place; });
  form.addEventListener("focusout", () => { keep(); });
  setInterval(keep, PERIOD);
  form.addEventListener("submit", (event) => {
    if (leaving) { event.preventDefault(); return; }
    if (event.submitter?.dataset.cancel !== undefined && typed && !confirm("Abandonner ce que vous avez saisi\u202f?")) { event.preventDefault(); return; }
    form.elements.champ.value = place;
    leaving = true;
    setTimeout(() => { leaving = false; }, 8000); // the network failed: one may try again
  });
  addEventListener("pagehide", keep);
  addEventListener("beforeunload", (event) => { if (typed && !leaving) event.preventDefault(); });
}
