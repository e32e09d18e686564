// Words that come on the line of an open page (`live.js`): they are shown, folded, made anew. What this
// reader folds and mutes is applied here: the words come the same for all.

const NEW = ".said-when .tag.good";
const NEAR = 240; // pixels from the end within which a reader counts as reading along

// On one line and in one case, "ß" as "ss": as words are compared where pages are made.
const bare = (text) => text.toUpperCase().toLowerCase().replace(/\s+/g, " ");

export class Words {
  constructor(talk) {
    this.talk = talk;
    this.own = talk.dataset; // this reader's own ways, and what is said to them
    this.list = talk.querySelector(".talked");
  }

  come(told) {
    const made = document.createElement("template");
    made.innerHTML = told.said;
    for (const said of [...made.content.children]) this.show(said);
    if (told.says) this.change(told);
  }

  // The conversation itself: its oldest words are gone, it was closed, or it is open again.
  change(told) {
    for (const said of this.list.querySelectorAll(".said")) {
      if (Number(said.id.slice(1)) < told.first) said.remove();
    }
    if (told.closed === Boolean(this.own.closed)) return;
    this.own.closed = told.closed ? "yes" : "";
    this.talk.querySelector(".lead")?.remove();
    if (!told.closed) document.querySelector("h1 + .notice")?.remove();
    const says = this.talk.lead(told.says);
    says.id = "says";
    says.removeAttribute("role");
    this.talk.append(says);
    this.talk.voice.textContent = told.says;
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
      this.talk.voice.textContent = this.own.came;
      if (along && !this.talk.contains(document.activeElement)) said.scrollIntoView({ block: "nearest" });
    }
  }

  // Only the last page of a conversation grows; an earlier one changes, and no more.
  isNext(number) {
    return number > Number(this.own.last) && this.own.grows === "yes";
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
    const by = said.dataset.by && said.dataset.by === this.own.me;
    if (!by && !there?.classList.contains("mine")) return;
    said.classList.add("mine");
    said.querySelector(".lines")?.remove();
    said.querySelector(NEW)?.remove();
    const when = said.querySelector(".said-when");
    when?.insertBefore(new Text(` · ${this.own.yours}`), when.querySelector(".tag"));
  }

  // Who would rather be asked has a picture in words, and a link to it.
  spare(said) {
    const seen = this.own.asks && said.querySelector(".pic img");
    if (!seen) return;
    const link = document.createElement("a");
    link.href = new URL("..", seen.src).pathname;
    link.textContent = this.own.asks;
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
    summary.textContent = this.own.folded.replace("%", why.join(", "));
    const body = document.createElement("div");
    body.className = "more-body";
    words.before(folded);
    body.append(...[quote, words, pic].filter(Boolean));
    folded.append(summary, body);
  }

  // What is quoted is folded as it is where it stands.
  veil(quote) {
    const brief = quote.lastElementChild;
    if (this.reasons(quote, quote.dataset.text ?? brief.textContent).length) brief.textContent = this.own.veiled;
    delete quote.dataset.text;
  }

  // What can be seen in a picture, in words.
  seen(pic) {
    return pic?.querySelector("img")?.alt || pic?.textContent || "";
  }

  reasons(part, text) {
    const list = (name) => JSON.parse(this.own[name] || "[]");
    const speaks = (part.dataset.notes || "").split(" ");
    const why = list("notes").filter((note) => speaks.includes(note[0])).map((note) => note[1]);
    const plain = bare(text);
    if (list("words").some((word) => plain.includes(bare(word)))) why.push(this.own.word);
    if (list("people").includes(part.dataset.by)) why.push(this.own.somebody);
    if (part.dataset.unsigned && this.own.hides) why.push(this.own.nameless);
    return why;
  }
}
