// A conversation that shows new words as they come. Without this the page has a link "Update".
// This is the line alone; what stands in `words.js` shows what comes on it.

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 60000;

class LiveTalk extends HTMLElement {
  connectedCallback() {
    this.turn = Number(this.dataset.turn);
    this.pause = FIRST_PAUSE;
    this.voice = this.querySelector("[data-heard]");
    this.open();
    document.addEventListener("visibilitychange", () => this.wake());
  }

  disconnectedCallback() {
    this.ended = true;
    this.line?.close();
  }

  open() {
    const place = new URL(this.dataset.line, location.href);
    place.protocol = place.protocol === "https:" ? "wss:" : "ws:";
    place.searchParams.set("after", this.turn);
    this.line = new WebSocket(place);
    this.line.addEventListener("open", () => { this.pause = FIRST_PAUSE; });
    this.line.addEventListener("message", (event) => this.hear(JSON.parse(event.data)));
    this.line.addEventListener("close", () => this.later());
  }

  later() {
    if (this.ended || document.hidden) return;
    setTimeout(() => { if (!this.ended) this.open(); }, this.pause * (0.5 + Math.random()));
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
  }

  // A page in the background lets its line go and hears the rest when somebody looks again.
  wake() {
    if (document.hidden) this.line?.close();
    else if (!this.ended && this.line?.readyState === WebSocket.CLOSED) this.open();
  }

  // What shows words is fetched when the first come; all are shown in the order in which they came.
  hear(told) {
    if (told.over) this.leave();
    else if (told.stale) this.end(this.dataset.stale);
    else {
      this.words ??= import(this.dataset.shows).then(({ Words }) => new Words(this));
      this.words.then((words) => this.show(words, told), () => this.end(this.dataset.stale));
    }
  }

  show(words, told) {
    if (this.ended) return;
    words.come(told);
    this.turn = told.turn;
  }

  // Whoever may not read on sees nothing any more, on this open page too.
  leave() {
    document.getElementById("main").replaceChildren(this.lead(this.dataset.over));
    this.end("");
  }

  end(words) {
    this.ended = true;
    this.line?.close();
    if (words) this.voice.textContent = words;
  }

  lead(text) {
    const said = document.createElement("p");
    said.className = "lead";
    said.setAttribute("role", "status");
    said.textContent = text;
    return said;
  }
}

customElements.define("live-talk", LiveTalk);

// What keeps a draft is fetched when somebody begins to write.
const keeper = document.querySelector("kept-draft[data-module]");
keeper?.closest("form").addEventListener("focusin", () => import(keeper.dataset.module), { once: true });
