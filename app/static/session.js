// The end of the session: a warning two minutes before, one click to stay, then the sign-in and the way back to this page.
// The server alone knows the time left: another tab may have used the session, the computer may have slept.

(() => {
  const box = document.getElementById("fin-de-session");
  if (!box) return;
  const WARNING = 120, BUSY = 60, LOOK_EVERY = 10; // seconds
  const now = () => Date.now() / 1000;
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("bamara-session") : null;
  const [stay, close] = ["stay", "close"].map((act) => box.querySelector(`[data-act="${act}"]`));
  let endsAt = now() + Number(box.dataset.seconds);
  let canStay = box.dataset.canStay === "true";
  let lastTouch = 0, asking = false, told = false, before = null;

  const learn = (left) => {
    endsAt = now() + left.seconds;
    canStay = left.can_stay;
    if (left.seconds > WARNING) { told = false; hide(); }
  };
  const ask = async () => (await fetch(box.dataset.ask, { credentials: "same-origin", cache: "no-store" })).json();
  const prolong = async (token) => {
    const answer = await fetch(box.dataset.stay, {
      method: "POST", credentials: "same-origin", headers: { "X-CSRFToken": token, Accept: "application/json" },
    });
    if (!answer.ok || answer.redirected) return leave();
    const left = await answer.json();
    learn(left);
    tabs?.postMessage(left);
  };

  // Back to this very page after the sign-in: the server keeps its path, the browser what follows the #.
  const HASH = `hash:${location.pathname}${location.search}`;
  const leave = () => {
    try { if (location.hash) sessionStorage.setItem(HASH, location.hash); } catch { /* a private window forgets */ }
    location.replace(location.pathname + location.search);
  };
  try {
    const hash = sessionStorage.getItem(HASH);
    sessionStorage.removeItem(HASH);
    if (hash && !location.hash) location.hash = hash;
  } catch { /* a private window forgets */ }

  const show = () => {
    const hour = new Date(endsAt * 1000).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    box.querySelector("[data-hour]").textContent = document.documentElement.lang === "fr" ? hour.replace(":", "\u00a0h\u00a0") : hour;
    box.querySelector("[data-idle]").hidden = stay.hidden = !canStay;
    box.querySelector("[data-old]").hidden = close.hidden = canStay;
    before = document.activeElement;
    box.hidden = false;
    (canStay ? stay : close).focus();
  };
  function hide() {
    if (box.hidden) return;
    const inside = box.contains(document.activeElement);
    box.hidden = true;
    if (inside) before?.focus?.();
  }

  const look = async () => {
    if (asking || now() < endsAt - WARNING || (told && now() < endsAt)) return;
    asking = true;
    try {
      const left = await ask();
      learn(left);
      if (left.seconds <= 0) leave();
      else if (left.seconds <= WARNING && left.can_stay && now() - lastTouch < BUSY) await prolong(left.csrf_token);
      else if (left.seconds <= WARNING && !told) { told = true; show(); }
    } catch { /* no network: asked again in a moment */ } finally { asking = false; }
  };

  stay.addEventListener("click", async () => {
    try {
      const left = await ask();
      if (left.seconds <= 0) leave(); else await prolong(left.csrf_token);
    } catch { /* no network: the button is still there */ }
  });
  close.addEventListener("click", hide);
  box.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); hide(); } });
  for (const touch of ["keydown", "pointerdown", "input"])
    document.addEventListener(touch, (event) => { if (!box.contains(event.target)) lastTouch = now(); }, { passive: true });
  tabs?.addEventListener("message", (event) => learn(event.data));
  tabs?.postMessage({ seconds: Number(box.dataset.seconds), can_stay: canStay });
  for (const wake of ["focus", "pageshow", "online"]) addEventListener(wake, look);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  setInterval(look, LOOK_EVERY * 1000);
})();
