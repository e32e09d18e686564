"""The forms of a page as a browser has them: fields, what can be chosen, what stands in them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

HIDDEN = "csrfmiddlewaretoken"
PRESSED = {"submit", "button", "image", "reset"}
SILENT = {"password", "file"}  # never sent back to the page


@dataclass
class Field:
    """One named thing in a form. `options` are its choices, `now` what stands or is chosen."""

    kind: str
    options: list[str] = field(default_factory=list)
    now: list[str] = field(default_factory=list)

    def offer(self, value: str, *, chosen: bool) -> None:
        """One choice more."""
        self.options.append(value)
        self.now += [value] if chosen else []


@dataclass
class Form:
    """Where it goes, and what is in it by name; `plain`: a button without a name sends it."""

    action: str
    plain: bool = False
    fields: dict[str, Field] = field(default_factory=dict)


class Forms(HTMLParser):
    """The forms of a page that are posted."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._inside = False
        self._list: Field | None = None  # the select we are in
        self._text: Field | None = None  # the textarea we are in
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = said.get("method", "").lower() == "post"
            if self._inside:
                self.found.append(Form(said.get("action", "")))
        elif tag == "option" and self._list is not None:
            self._list.offer(said.get("value", ""), chosen="selected" in said)
        elif self._inside and tag in {"input", "textarea", "select", "button"}:
            self._begin(tag, said)

    def _begin(self, tag: str, said: dict[str, str]) -> None:
        name = said.get("name", HIDDEN)
        if tag == "button" and "name" not in said:
            self.found[-1].plain = True
        if name == HIDDEN:
            return
        usual = {"input": "text", "button": "submit"}.get(tag, tag)
        kind = said.get("type", usual) if tag in {"input", "button"} else tag
        one = self.found[-1].fields.setdefault(name, Field(kind))
        if tag == "select":
            self._list = one
        elif tag == "textarea":
            self._text = one
            one.now.append("")
        elif kind in {"radio", "checkbox"}:
            one.offer(said.get("value", "on"), chosen="checked" in said)
        else:
            one.now.append(said.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.now[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._list = None
        elif tag == "textarea" and self._text is not None:
            self._text.now[-1] = self._text.now[-1].removeprefix("\n")  # as browsers do
            self._text = None
