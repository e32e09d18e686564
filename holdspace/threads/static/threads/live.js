// A conversation that shows new words as they come. Without this the page has a link "Update".
// What this reader folds and mutes is applied here: the words come the same for all.

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 60000;
const NEW = ".said-when .tag.good";
const NEAR = 240; // pixels from the end within which a reader counts as reading along

// On one line and in one case, "ß" as "ss": as words are compared where pages are made.
const bare = (text) => text.toUpperCase().toLowerCase().replace(/\s+/g, " ");

class LiveTalk extends HTMLElement {
  connectedCallback() {
    this.turn = Number(this.dataset.turn);
    this.pause = FIRST_PAUSE;
    this.list = this.querySelector(".talked");
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

  hear(told) {
    if (told.over) this.leave();
    else if (told.stale) this.end(this.dataset.stale);
    else {
      const made = document.createElement("template");
      made.innerHTML = told.said;
      for (const said of [...made.content.children]) this.show(said);
      if (told.says) this.change(told);
      this.turn = told.turn;
    }
  }

  // Whoever may not read on sees nothing any more, on this open page too.
  leave() {
    document.getElementById("main").replaceChildren(this.words(this.dataset.over));
    this.end("");
  }

  end(words) {
    this.ended = true;
    this.line?.close();
    if (words) this.voice.textContent = words;
  }

  words(text) {
    const said = document.createElement("p");
    said.className = "lead";
    said.setAttribute("role", "status");
    said.textContent = text;
    return said;
  }

  // The conversation itself: its oldest words are gone, it was closed, or it is open again.
  change(told) {
    for (const said of this.list.querySelectorAll(".said")) {
      if (Number(said.id.slice(1)) < told.first) said.remove();
    }
    if (told.closed === Boolean(this.dataset.closed)) return;
    this.dataset.closed = told.closed ? "yes" : "";
    this.querySelector(".lead")?.remove();
    if (!told.closed) document.querySelector("h1 + .notice")?.remove();
    const says = this.words(told.says);
    says.id = "says";
    says.removeAttribute("role");
    this.append(says);
    this.voice.textContent = told.says;
    for (const button of document.querySelectorAll(".composer form[action$='reply/'] button:not([name=keep])")) {
      button.disabled = !told.answers;
      if (told.answers) button.removeAttribute("aria-describedby");
      else button.setAttribute("aria-describedby", says.id);
    }
  }

  show(said) {
    const there = document.getElementById(said.id);
    if (!there && !this.isNext(Number(said.id.slice(1)))) return;
    this.mine(said, there);
    if (!this.list.closest("form")) said.querySelector(".lines")?.remove();
    this.spare(said);
    this.fold(said);
    const along = innerHeight + scrollY > document.body.scrollHeight - NEAR;
    if (there) this.renew(there, said);
    else {
      this.list.append(said);
      this.voice.textContent = this.dataset.came;
      if (along && !this.contains(document.activeElement)) said.scrollIntoView({ block: "nearest" });
    }
  }

  // Only the last page of a conversation grows; an earlier one changes, and no more.
  isNext(number) {
    return number > Number(this.dataset.last) && this.dataset.grows === "yes";
  }

  // What a reader opened stays open, what they said stays pressed, and they stay where they are.
  renew(there, said) {
    const at = there.contains(document.activeElement) ? document.activeElement : null;
    const [fold, lines, pic] = [".more", ".lines", ".pic"].map((part) => [there, said].map((one) => one.querySelector(part)));
    if (fold[0] && fold[1]?.firstChild.textContent === fold[0].firstElementChild.textContent) fold[1].open = fold[0].open;
    if (lines[0] && lines[1]) lines[1].replaceWith(lines[0]);
    if (pic[0] && pic[1]?.isEqualNode(pic[0])) pic[1].replaceWith(pic[0]);
    if (!there.querySelector(NEW)) said.querySelector(NEW)?.remove();
    there.replaceWith(said);
    if (at) this.stay(said, at);
  }

  stay(said, at) {
    const same = [...said.querySelectorAll("a, button, summary")].find((one) => one === at || one.textContent === at.textContent);
    if (!same) said.tabIndex = -1;
    (same ?? said).focus({ preventScroll: true });
  }

  mine(said, there) {
    const by = said.dataset.by && said.dataset.by === this.dataset.me;
    if (!by && !there?.classList.contains("mine")) return;
    said.classList.add("mine");
    said.querySelector(".lines")?.remove();
    said.querySelector(NEW)?.remove();
    const when = said.querySelector(".said-when");
    when?.insertBefore(new Text(` · ${this.dataset.yours}`), when.querySelector(".tag"));
  }

  // Who would rather be asked has a picture in words, and a link to it.
  spare(said) {
    const seen = this.dataset.asks && said.querySelector(".pic img");
    if (!seen) return;
    const link = document.createElement("a");
    link.href = new URL("..", seen.src).pathname;
    link.textContent = this.dataset.asks;
    said.querySelector(".pic").replaceChildren(link, " ", seen.alt);
  }

  fold(said) {
    const [words, quote, pic] = ["words", "quoted", "pic"].map((name) => said.querySelector(`:scope > .${name}`));
    if (quote) this.veil(quote);
    if (!words || said.classList.contains("mine")) return;
    const why = this.reasons(said, `${words.textContent} ${this.seen(pic)}`);
    if (!why.length) return;
    const folded = document.createElement("details");
    folded.className = "more";
    const summary = document.createElement("summary");
    summary.textContent = this.dataset.folded.replace("%", why.join(", "));
    const body = document.createElement("div");
    body.className = "more-body";
    words.before(folded);
    body.append(...[quote, words, pic].filter(Boolean));
    folded.append(summary, body);
  }

  // What is quoted is folded as it is where it stands.
  veil(quote) {
    const brief = quote.lastElementChild;
    if (this.reasons(quote, quote.dataset.text ?? brief.textContent).length) brief.textContent = this.dataset.veiled;
    delete quote.dataset.text;
  }

  // What can be seen in a picture, in words.
  seen(pic) {
    return pic?.querySelector("img")?.alt || pic?.textContent || "";
  }

  reasons(part, text) {
    const list = (name) => JSON.parse(this.dataset[name] || "[]");
    const speaks = (part.dataset.notes || "").split(" ");
    const why = list("notes").filter((note) => speaks.includes(note[0])).map((note) => note[1]);
    const plain = bare(text);
    if (list("words").some((word) => plain.includes(bare(word)))) why.push(this.dataset.word);
    if (list("people").includes(part.dataset.by)) why.push(this.dataset.somebody);
    if (part.dataset.unsigned && this.dataset.hides) why.push(this.dataset.nameless);
    return why;
  }
}

customElements.define("live-talk", LiveTalk);

// What keeps a draft is fetched when somebody begins to write.
const keeper = document.querySelector("kept-draft[data-module]");
keeper?.closest("form").addEventListener("focusin", () => import(keeper.dataset.module), { once: true });
