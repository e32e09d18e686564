"""Ways of going through the pages: with a pointer, or by keyboard alone; how large, how lit."""

from playwright.sync_api import expect

TABS = 250  # more stops than any page has
SEEN_FOCUS = """e => {
  const near = [e, e.closest('label'), e.nextElementSibling, e.closest('.choice, .swatch, li')];
  const drawn = near.some(one => {
    if (!one) return false;
    const style = getComputedStyle(one);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  });
  const box = e.getBoundingClientRect();
  const across = [box.left + 3, (box.left + box.right) / 2, box.right - 3];
  const down = [box.top + 3, (box.top + box.bottom) / 2, box.bottom - 3];
  const shown = across.some(x => down.some(y => {
    const top = document.elementFromPoint(x, y);
    return top && (e.contains(top) || top.contains(e) || near.includes(top)
      || near[2]?.contains(top));
  }));
  return drawn ? (shown ? '' : 'is hidden') : 'has no ring';
}"""
HERE = """(e) => document.activeElement === e
  || (e.type === 'radio' && document.activeElement.name === e.name)"""
STILL = """Promise.race([
  Promise.all(document.getAnimations().map(one => one.finished.catch(() => null))),
  new Promise(on => setTimeout(on, 1000)),
])"""  # colours pass into one another when light turns to dark
LARGE = {"standard": 32, "fixed": 26}  # Chromium's own are 16 and 13


class Pointer:
    """A mouse or a finger."""

    def __init__(self, page, house, *, themes=("light",)):
        self.page, self.house, self.themes = page, house, themes

    def press(self, what):
        """A link, a button or a heading that opens. The page it leads to has come whole."""
        what.click()
        self.page.wait_for_load_state()

    def tick(self, what):
        """A box or one of several."""
        what.check()

    def write(self, what, words):
        """Into a field, in place of what is there."""
        what.fill(words)

    def at(self, words):
        """The page with these words as its heading has come, and it is fit to be seen."""
        expect(self.page.locator("h1")).to_have_text(words)
        self.page.wait_for_load_state()
        for theme in self.themes:
            if theme:
                self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            if self.page.context.scripts:
                self.page.evaluate(STILL)
            self.house.look(self.page)

    def link(self, words):
        """A link or button of the page itself."""
        main = self.page.locator("main")
        return main.get_by_role("link", name=words).or_(main.get_by_role("button", name=words))

    def go(self, words):
        """Press a link or button by its words."""
        self.press(self.link(words).first)

    def place(self, words):
        """Go to one of the places that stand on every page."""
        self.press(self.page.locator("nav.places").get_by_role("link", name=words))


class Keyboard(Pointer):
    """Tab, Enter, Space and the arrows, with the focus in sight at every stop."""

    def reach(self, what):
        expect(what).to_be_visible()
        for _stop in range(TABS):
            if what.evaluate(HERE):
                return
            self.page.keyboard.press("Tab")
            focus = self.page.evaluate_handle("document.activeElement")
            if focus.evaluate("e => e !== document.body"):
                wrong = focus.evaluate(SEEN_FOCUS)
                assert not wrong, f"{self.page.url}: {focus.evaluate('e => e.outerHTML')} {wrong}"
        raise AssertionError(f"{self.page.url}: {what} is not reached by Tab")

    def press(self, what):
        self.reach(what)
        self.page.keyboard.press("Enter")

    def tick(self, what):
        self.reach(what)
        if what.get_attribute("type") == "radio":
            for _choice in range(TABS):
                if what.is_checked():
                    return
                self.page.keyboard.press("ArrowDown")
        elif not what.is_checked():
            self.page.keyboard.press("Space")
        expect(what).to_be_checked()

    def write(self, what, words):
        self.reach(what)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)


class Large(Pointer):
    """Text twice as large by the reader's own setting, on every page looked at."""

    def at(self, words):
        super().at(words)
        size = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
        assert self.page.evaluate(size) >= LARGE["standard"], "the text is not enlarged"


def enlarge(page):
    """Set 200 % as a reader would. Whoever emulates media afterwards undoes it."""
    browser = page.context.new_cdp_session(page)
    browser.send("Page.enable")
    browser.send("Page.setFontSizes", {"fontSizes": LARGE})
