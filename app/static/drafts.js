// What is being typed is kept: on leaving a field, every ten seconds, and before the save. Leaving the page unsaved asks.

const PERIOD = 10_000; // milliseconds
const PATIENCE = 30_000; // milliseconds
const KEPT_ALIVE = 60_000; // characters: browsers refuse to send more than 64 KiB once the page has gone
const form = document.querySelector("[data-sheet]");
const told = document.querySelector("[data-saved]");
let typed = form?.dataset.restored !== undefined; // something that the fiche does not hold
let unkept = false; // something that not even the draft holds
let leaving = false;
let away = false; // the server did not answer last time
let keeping = null;
let sending = false;
let sure = false; // asked and kept already: the page may leave
let place = "";

const pairs = () => {
  form.elements.champ.value = place;
  return new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
};
async function keep() {
  if (!unkept || leaving || keeping) return keeping;
  unkept = false;
  const body = pairs().toString();
  const type = { "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8" };
  const keepalive = body.length < KEPT_ALIVE, signal = AbortSignal.timeout(PATIENCE);
  keeping = fetch(form.dataset.draft, { method: "POST", headers: type, body, credentials: "same-origin", keepalive, signal })
    .then(async (answer) => {
      away = answer.status >= 500;
      if (answer.redirected) { unkept = true; tellExpired(); return; }
      const said = await answer.json().catch(() => ({}));
      if (!answer.ok) { unkept = true; told.textContent = said.message ?? "La saisie n’a pas pu être gardée\u202f: enregistrez-la dès que possible."; return; }
      told.textContent = `Saisie gardée à ${said.at.replace(":", " h ")}`;
    })
    .catch(() => { away = unkept = true; told.textContent = "Pas de réseau\u202f: la saisie reste sur cette page."; })
    .finally(() => { keeping = null; });
  return keeping;
}

// A page sent to a server that does not answer is lost with what it holds: it leaves once the server has kept it. And a
// draft still on its way must not arrive after the save that forgets it.
async function keepThenSend(button) {
  sending = true;
  await keeping;
  if (button?.dataset.cancel === undefined) await keep();
  sending = false;
  if (away) {
    told.textContent = "Rien n’est enregistré\u202f: le serveur ne répond pas. Votre saisie reste sur cette page\u202f; réessayez dans un instant.";
    return;
  }
  sure = true;
  form.requestSubmit(button);
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
    if (leaving || sending) { event.preventDefault(); return; }
    const cancels = event.submitter?.dataset.cancel !== undefined;
    if (!sure && cancels && typed && !confirm("Abandonner ce que vous avez saisi\u202f?")) { event.preventDefault(); return; }
    if (!sure && (keeping || (unkept && !cancels))) { event.preventDefault(); keepThenSend(event.submitter); return; }
    form.elements.champ.value = place;
    sure = false;
    leaving = true;
    setTimeout(() => { leaving = false; }, 8000); // the network failed: one may try again
  });
  addEventListener("pagehide", keep);
  addEventListener("beforeunload", (event) => { if (typed && !leaving) event.preventDefault(); });
}
