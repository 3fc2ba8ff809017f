// How far a long work is: asked once a second, until its end.

const work = document.querySelector("[data-progress]");
if (work) {
  const bar = work.querySelector("progress");
  const voice = work.querySelector("[data-says]");
  const ask = async () => {
    const answer = await fetch(location.href, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const { done, finished } = await answer.json();
    bar.value = done;
    voice.textContent = voice.dataset.says.replace("#", done);
    if (finished) location.reload();
    else setTimeout(ask, 1000);
  };
  setTimeout(ask, 1000);
}
