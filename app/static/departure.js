// The letter of a code: as long as it has not left, the page asks where it is. Said only when it changes.

const departures = document.querySelector("[data-departures]");
const EVERY = 3000;
const LONGEST = 15 * 60 * 1000; // then the code is dead
const since = Date.now();

const shown = () => departures.querySelector("[data-departure]");

async function ask() {
  if (shown()?.dataset.departure === "left" || Date.now() - since > LONGEST) return;
  try {
    const answer = await fetch(departures.dataset.departures, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    tell(await answer.text());
  } catch { /* the network is away: asked again */ }
  setTimeout(ask, EVERY);
}

function tell(html) {
  const now = document.createElement("div");
  now.innerHTML = html;
  const told = now.querySelector("[data-departure]");
  if (told?.textContent === shown()?.textContent) shown().dataset.departure = told.dataset.departure;
  else departures.replaceChildren(told);
}

if (departures) setTimeout(ask, EVERY);
