// Asks the browser for a passkey when the button of a form is pressed, then lets the form go with the answer. Everything else on
// these pages works without it.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const listed = (list) => list?.map((known) => ({ ...known, id: bytes(known.id) }));

// For browsers that know passkeys, but not their JSON.
const older = {
  create: (json) => ({
    ...json,
    challenge: bytes(json.challenge),
    user: { ...json.user, id: bytes(json.user.id) },
    excludeCredentials: listed(json.excludeCredentials),
  }),
  get: (json) => ({ ...json, challenge: bytes(json.challenge), allowCredentials: listed(json.allowCredentials) }),
};

function options(way, json) {
  const reader = { create: "parseCreationOptionsFromJSON", get: "parseRequestOptionsFromJSON" }[way];
  return PublicKeyCredential[reader]?.(json) ?? older[way](json);
}

function answer(credential) {
  if (credential.toJSON) return credential.toJSON();
  const response = { clientDataJSON: text(credential.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const way = form.dataset.passkey;
  const button = form.querySelector("[data-ask]");
  const field = form.querySelector("[data-answer]");
  const said = form.querySelector("[data-said]");
  form.querySelector("[data-asleep]").hidden = true;
  // A page that the browser kept may still hold the answer to a ceremony that is over.
  field.value = "";

  const ask = async () => {
    said.textContent = "";
    button.disabled = true;
    try {
      const publicKey = options(way, JSON.parse(form.dataset.options));
      field.value = JSON.stringify(answer(await navigator.credentials[way]({ publicKey })));
      form.submit();
    } catch (error) {
      said.textContent = error.name === "InvalidStateError" ? said.dataset.known : said.dataset.cancelled;
      button.disabled = false;
      button.focus();
    }
  };

  if (window.PublicKeyCredential && navigator.credentials) {
    button.hidden = false;
    button.addEventListener("click", ask);
  } else {
    said.textContent = said.dataset.unsupported;
  }
}
