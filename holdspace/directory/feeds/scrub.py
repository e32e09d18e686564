"""Taking people out of text: mails, numbers, links, passcodes, payment handles, names.

Published feeds of anonymous groups carry all of these in free text. Rules miss some, so callers
also keep free text short and drop every contact field whole. Patterns are linear in the length.
"""

import html
import re
import unicodedata

import nh3

MARK = "[left out]"
_RAW_LIMIT = 20_000
_LEAST_LEFT = 25

_GAP = r"[ \t\u00a0.\-/()\u2010-\u2015]"
_BLOCK = re.compile(r"<\s*(?:br|/p|/li|/div|/h\d|/tr)\b[^<>]{0,200}>", re.IGNORECASE)
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u2060\ufeff"
    "\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_MAIL = re.compile(
    r"[^\s@<>()\[\],;:]{1,64}\s?(?:[@\uff20]|[(\[{]\s?at\s?[)\]}])\s?[^\s@<>()\[\],;]{1,190}"
    r"|\b[\w.+-]{1,64}\s+at\s+[\w-]{1,63}\s+dot\s+[a-z]{2,12}\b",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\b(?:https?:|mailto:|tel:|sms:|skype:|zoommtg:)\S+|\bwww\.\S+"
    r"|\b[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.[a-z]{2,12}/\S*",
    re.IGNORECASE,
)
_SECRET = re.compile(
    r"\b(?:pass\s?codes?|pass\s?words?|pass\s?wd|pwd|pw|pin(?:\s(?:code|number))?|access\scode|"
    r"(?:meeting|zoom|webinar|conference|room|dial-?in|skype|participant)\s?(?:call\s?)?"
    r"(?:ids?|code|number|no\.?))\b"
    r"(?:\s{0,3}(?:is|are|[:=#\-\u2013])){0,3}\s{0,3}(?!\[)[^\s,;)\]]{1,40}(?: \d{2,6}){0,4}",
    re.IGNORECASE,
)
_PAY = re.compile(
    r"\b(?:venmo|cash\s?app|paypal|zelle)\b(?:\s{0,2}(?:is|to|at|via|[:\-])){0,2}\s{0,2}\S{1,60}"
    r"|(?<![\w])[@$][a-z][\w.\-]{2,40}",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    rf"(?<![\w.])\+?\(?\d(?:{_GAP}{{0,3}}\d){{5,20}}(?!\w)"
    r"|\b1?[- ]?8\d\d[- ][A-Z]{4,8}\b"
)
_HARMLESS = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}"
    r"|(?:19|20)\d\d ?[-/\u2013] ?(?:19|20)\d\d|\d{5}-\d{4}"
    r"|\d{1,2}\.\d\d ?[-\u2013] ?\d{1,2}\.\d\d"
)
_NAME = (
    r"[A-Z\u00c0-\u00de][\w'\u2019\-]{1,30}\.?"
    r"(?:(?: and| or| &)? [A-Z\u00c0-\u00de][\w'\u2019]{0,30}\.?){0,3}"
)
_PERSON = re.compile(
    r"\b((?i:contact(?: person)?|call|text|ask for|phone|ring|message|mail|chair(?:ed by|person)?|"
    r"led by|leader|facilitat(?:or|ors|ed by)|host(?:ed by|s)?|coordinator|organi[sz](?:er|ed by)|"
    r"secretary|sponsor|treasurer|group rep))"
    rf"([:,]? {{0,2}}(?:(?:is|at) )?)({_NAME})"
)
_INITIAL = re.compile(r"\b(?<!\.)([A-Z][a-z]{2,15}) ([A-Z])\.(?=[\s,;)]|$)")
_NO_NAME = frozenset(
    (  # noqa: SIM905 -- a list of words is read as words
        "monday tuesday wednesday thursday friday saturday sunday january february march april "
        "may june july august september october november december us the our for number room "
        "zoom church information al-anon aa eda group line center centre office police "
        "ambulance this meeting community if to before in on and or building suite floor hall "
        "door step unit level entrance gate rm bldg apt section district area "
    ).split()
)


def plain(value: str) -> str:
    """The text without HTML, control characters and tricks of direction."""
    text = value[:_RAW_LIMIT]
    if len(value) > _RAW_LIMIT:
        text = text.rsplit(None, 1)[0]  # a number cut in two would no longer look like one
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n"))
    if "<" in text:
        text = nh3.clean(_BLOCK.sub("\n", text), tags=set())
    if "&" in text:
        text = _INVISIBLE.sub("", html.unescape(text))
    text = text if text.isascii() else unicodedata.normalize("NFC", text)
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def scrubbed(value: str) -> str:
    """Plain text with mails, links, numbers, passcodes, handles and names of people left out."""
    text = without_numbers(plain(value))
    text = _PERSON.sub(_without_person, text)
    text = _INITIAL.sub(_without_initial, text)
    text = re.sub(r"\[?\[(?:[a-z]+ ){0,2}(?:removed|left out)\]\]?", MARK, text)
    kept = [line for line in text.split("\n") if not _empty(line)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _empty(line: str) -> bool:
    """A line that said little more than what had to be left out."""
    return MARK in line and len(line.replace(MARK, "")) < _LEAST_LEFT


def without_numbers(text: str) -> str:
    """Only the machine-readable traces: for names and places, where people's names may belong."""
    for pattern in (_SECRET, _LINK, _MAIL, _PAY):
        text = pattern.sub(MARK, text)
    return _NUMBER.sub(lambda m: m[0] if _HARMLESS.fullmatch(m[0].strip()) else MARK, text)


def traces(text: str) -> bool:
    """True when a mail, a link or a long number is still to be seen (for tests and refusals)."""
    return without_numbers(text) != text


def _without_person(match: re.Match[str]) -> str:
    first = match[3].split()[0].strip(".").lower()
    return match[0] if first in _NO_NAME else f"{match[1]}{match[2]}{MARK}"


def _without_initial(match: re.Match[str]) -> str:
    return match[0] if match[1].lower() in _NO_NAME else MARK
