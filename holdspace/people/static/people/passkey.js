// <pass-key>: makes a passkey, or signs in with one. Shown only where the browser can do it.

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

function forMaking(options) {
  const known = (options.excludeCredentials ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
  return {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: known,
  };
}

function forShowing(options) {
  return { ...options, challenge: bytes(options.challenge), allowCredentials: [] };
}

function answered(credential) {
  const said = { clientDataJSON: text(credential.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) said[part] = text(credential.response[part]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: said,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function post(address, form) {
  const answer = await fetch(address, { method: "POST", body: form, credentials: "same-origin" });
  if (!answer.ok) throw new Error("refused");
  return answer.json();
}

// What was being written when the session ended goes on to its own page.
function goOnWriting(to, token, carried) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = to;
  for (const [name, value] of Object.entries({ csrfmiddlewaretoken: token, carried })) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}

class PassKey extends HTMLElement {
  connectedCallback() {
    if (!window.PublicKeyCredential) return;
    this.hidden = false;
    this.form = this.querySelector("form");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.go();
    });
  }

  async go() {
    const status = this.querySelector("[role=status]");
    status.textContent = "";
    try {
      const form = new FormData(this.form);
      const options = await post(this.dataset.options, form);
      const credential =
        "make" in this.dataset
          ? await navigator.credentials.create({ publicKey: forMaking(options) })
          : await navigator.credentials.get({ publicKey: forShowing(options) });
      form.set("answer", answered(credential));
      const { to, token } = await post(this.dataset.send, form);
      if (token) goOnWriting(to, token, form.get("carried"));
      else window.location.assign(to);
    } catch {
      status.textContent = this.dataset.wrong;
    }
  }
}

customElements.define("pass-key", PassKey);
