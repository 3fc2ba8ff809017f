// Security keys: the form's own button asks the key, then the form carries its answer. Nothing is asked before the click.

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const failed = form.querySelector("[data-failed]");
  const answer = form.querySelector("[name=answer]");
  answer.value = "";
  form.addEventListener("submit", async (event) => {
    if (answer.value) return;
    event.preventDefault();
    failed.hidden = true;
    if (!form.reportValidity()) return;
    if (!window.PublicKeyCredential) { say(failed, "unable"); return; }
    try {
      answer.value = JSON.stringify(written(await asked(form.dataset.passkey, JSON.parse(form.dataset.options))));
      form.submit();
    } catch (error) {
      say(failed, error.name === "InvalidStateError" ? "known" : error.name === "NotSupportedError" ? "unable" : "refused");
    }
  });
}

function asked(what, options) {
  const publicKey = { ...options, challenge: bytes(options.challenge) };
  if (options.user) publicKey.user = { ...options.user, id: bytes(options.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (options[list]) publicKey[list] = options[list].map((one) => ({ ...one, id: bytes(one.id) }));
  }
  return navigator.credentials[what]({ publicKey });
}

function written(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = base64url(credential.response[name]);
  }
  return { id: credential.id, rawId: base64url(credential.rawId), type: credential.type, response };
}

function say(failed, what) {
  failed.textContent = failed.dataset[what];
  failed.hidden = false;
}

function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function base64url(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
