// <kept-draft> in a composer: what is typed is kept as a draft, sealed on our server, never in this
// browser. Some seconds after the last key, before another form of the page is sent or a link is
// followed, and when the page is left. Without this, "Keep as a draft" does it.

const PAUSE = 3000;
const PATIENCE = 2000; // nobody is held back for longer
const KEPT = 204;
const NOT_KEPT = 409;

class KeptDraft extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.line = this.querySelector("[role=status]");
    this.dirty = Boolean(this.form.elements.words.value); // it may come after the first letter
    this.form.addEventListener("input", (event) => this.touch(event));
    document.addEventListener("submit", (event) => this.send(event));
    document.addEventListener("click", (event) => this.follow(event));
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.keep(); });
    window.addEventListener("pagehide", () => this.keep());
    window.addEventListener("pageshow", () => { this.sent = this.going = false; });
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  // The wish to have no name holds at once.
  touch(event) {
    this.dirty = true;
    clearTimeout(this.timer);
    if (event.target.name === "unsigned") this.keep();
    else this.timer = setTimeout(() => this.keep(), PAUSE);
  }

  keep() {
    clearTimeout(this.timer);
    if (!this.dirty || this.sent || !this.form.isConnected) return;
    const typed = new FormData(this.form);
    typed.delete("picture");
    typed.set("keep", "by-itself");
    this.dirty = false;
    const barely = typed.has("unsigned");
    const empty = ![typed.get("words"), typed.get("title")].some((said) => said?.trim());
    const otherwise = barely ? this.dataset.barely : empty ? "" : this.dataset.other;
    // Words without a name are kept nowhere; what was kept before the wish is let go.
    if ((barely || empty) && !this.kept) this.say(otherwise);
    else this.under = this.bring(typed, otherwise);
  }

  async bring(typed, otherwise) {
    this.way?.abort();
    const way = this.way = new AbortController();
    try {
      const how = { method: "POST", body: typed, keepalive: true, redirect: "manual" };
      const answer = await fetch(this.form.action, { ...how, signal: way.signal });
      if (answer.status !== KEPT && answer.status !== NOT_KEPT) throw new Error("not kept");
      this.kept = answer.status === KEPT;
      this.say(this.kept ? this.dataset.kept : otherwise);
    } catch {
      if (way.signal.aborted) return;
      this.dirty = true;
      this.say(this.dataset.failed);
    }
  }

  say(words) {
    if (this.line.textContent !== words) this.line.textContent = words;
  }

  // Sent: nothing is kept any more. Another form of the page waits until the words are safe.
  send(event) {
    const { target, submitter } = event;
    if (event.defaultPrevented || this.going) return;
    if (target === this.form) {
      this.sent = true;
      clearTimeout(this.timer);
    } else if (this.dirty && this.form.isConnected) {
      event.preventDefault();
      this.first(() => target.requestSubmit(submitter));
    }
  }

  // Leaving quickly waits for nothing, nor does a link that opens elsewhere.
  follow(event) {
    const link = event.target.closest?.("a[href]");
    const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || elsewhere || event.defaultPrevented || !this.dirty || !this.form.isConnected) return;
    if (link.matches("[data-leave], [data-leave-too], [target], [download]")) return;
    if (link.origin !== location.origin || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    this.first(() => location.assign(link.href));
  }

  async first(then) {
    this.keep();
    await Promise.race([this.under, new Promise((go) => { setTimeout(go, PATIENCE); })]);
    this.going = true;
    then();
    this.going = false;
  }
}

customElements.define("kept-draft", KeptDraft);
