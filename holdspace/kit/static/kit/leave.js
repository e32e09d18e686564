// Leaving quickly. The link works without this; here come the blank veil at once, and Shift three
// times. Escape is not used: it stops a page from loading. The pattern is GOV.UK's, the words ours.

const PRESSES = 3;
const WINDOW = 5000;

class Leaving {
  constructor(link) {
    this.link = link;
    this.count = 0;
    this.alone = false;
    this.lights = this.addLights();
    this.words = this.addWords();
    for (const way of [link, ...document.querySelectorAll("[data-leave-too]")]) {
      way.addEventListener("click", (event) => this.leave(event));
    }
    document.addEventListener("keydown", (event) => this.down(event), true);
    document.addEventListener("keyup", (event) => this.up(event), true);
    document.addEventListener("pointerdown", () => { this.alone = false; }, true);
    window.addEventListener("pageshow", () => this.reset());
  }

  addLights() {
    const lights = document.createElement("span");
    lights.className = "lights";
    lights.setAttribute("aria-hidden", "true");
    for (let i = 0; i < PRESSES; i += 1) lights.append(document.createElement("i"));
    this.link.append(lights);
    return lights;
  }

  addWords() {
    const words = document.createElement("span");
    words.className = "only-heard";
    words.setAttribute("role", "status");
    this.link.after(words);
    return words;
  }

  // Shift counts only by itself: held for a capital letter or a shortcut it is a modifier.
  down(event) {
    if (event.key === "Shift") this.alone = true;
    else if (event.shiftKey) this.alone = false;
  }

  up(event) {
    if (event.key !== "Shift") {
      if (this.count) this.reset();
      return;
    }
    if (!this.alone || this.going) return;
    this.alone = false;
    this.count += 1;
    this.show();
    if (this.count === PRESSES) {
      this.say("leaving");
      this.leave(event);
      return;
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.lapse(), WINDOW);
    this.say(this.count === 1 ? "two" : "one");
  }

  lapse() {
    this.count = 0;
    this.show();
    this.say("over");
  }

  leave(event) {
    event.preventDefault();
    if (this.going) return;
    this.going = true;
    clearTimeout(this.timer);
    this.veil = document.createElement("div");
    this.veil.className = "veil";
    this.veil.setAttribute("role", "alert");
    document.body.classList.add("gone");
    document.body.append(this.veil);
    this.veil.textContent = this.link.dataset.loading;
    // The same tab; replaced, so that Back does not lead here again.
    window.location.replace(this.link.href);
  }

  // Also after Back, when the browser kept the page as it was left.
  reset() {
    clearTimeout(this.timer);
    this.count = 0;
    this.going = false;
    this.veil?.remove();
    document.body.classList.remove("gone");
    this.words.textContent = "";
    this.show();
  }

  show() {
    this.lights.classList.toggle("lit", this.count > 0);
    [...this.lights.children].forEach((light, i) => light.classList.toggle("on", i < this.count));
  }

  say(what) {
    this.words.textContent = this.link.dataset[what];
  }
}

const link = document.querySelector("[data-leave]");
if (link && !document.body.dataset.leaving) {
  document.body.dataset.leaving = "ready";
  new Leaving(link);
}
