// What contradicts itself is told on leaving a question, politely: nothing is refused, nothing moves, the server judges.

(() => {
  const filled = document.querySelector("[data-sheet]");
  const voice = document.querySelector("[data-told]");
  if (!filled || !voice) return;
  let sent = "", turn = 0, told = "";

  const questionOf = (place) => place?.closest?.(".item:not(.entry .item)");
  const errorOf = (question) => question.querySelector(":scope > .error, :scope > fieldset > .error");
  const typed = () => {
    const pairs = [...new FormData(filled)].filter(([name, value]) => typeof value === "string" && name !== "champ");
    return new URLSearchParams([...pairs, ["que", "verifier"]]);
  };

  async function check(here) {
    const pairs = typed();
    if (pairs.toString() === sent) return;
    sent = pairs.toString();
    const mine = ++turn;
    const answer = await fetch(location.href, { method: "POST", body: pairs, credentials: "same-origin" }).catch(() => null);
    if (mine !== turn || !answer?.ok || answer.redirected) return;
    show(await answer.json(), here);
  }

  // A question half answered is left alone until one leaves it.
  function show(said, here) {
    for (const question of filled.querySelectorAll(".item[data-item]:not(.entry .item)"))
      if (question !== here || !said[question.dataset.item]) tell(question, said[question.dataset.item] ?? []);
    const elsewhere = said[""] ?? [];
    const place = document.querySelector("[data-told-elsewhere]");
    place.hidden = !elsewhere.length;
    place.querySelector("p").textContent = elsewhere.join(" ");
    const sentences = [...filled.querySelectorAll(".item .contradiction")].map((one) => one.textContent.trim()).concat(elsewhere);
    const together = sentences.join(" ");
    if (together !== told && together) voice.textContent = `À vérifier\u202f: ${together}`;
    if (!together) voice.textContent = "";
    told = together;
  }

  // What the server said beside the field is said once; it goes with the answer that it spoke of.
  function tell(question, contradictions) {
    const said = errorOf(question)?.textContent ?? "";
    const sentences = contradictions.filter((one) => !said.includes(one));
    const id = `contradiction-${question.dataset.item}`;
    const inputs = question.querySelectorAll("[aria-describedby]");
    let place = document.getElementById(id);
    if (!sentences.length) {
      if (!place) return;
      place.remove();
      for (const input of inputs) input.setAttribute("aria-describedby", input.getAttribute("aria-describedby").replace(` ${id}`, ""));
      return;
    }
    if (!place) {
      place = document.createElement("p");
      place.className = "contradiction";
      place.id = id;
      question.append(place);
      for (const input of inputs) input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby")} ${id}`);
    }
    place.textContent = sentences.join(" ");
  }

  function forget(event) {
    for (let place = event.target.closest(".item"); place; place = place.parentElement.closest(".item")) {
      errorOf(place)?.remove();
      place.classList.remove("field-wrong");
      for (const input of place.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
    }
  }
  filled.addEventListener("input", forget);
  filled.addEventListener("change", forget);

  filled.addEventListener("focusout", (event) => {
    const left = questionOf(event.target), next = questionOf(event.relatedTarget);
    if (left && left !== next) check(next);
  });
})();
