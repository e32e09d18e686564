"""One line of a calendar: signs escaped, and folded after 75 octets without cutting a letter."""

WIDTH = 75
_SIGNS = {ord("\\"): "\\\\", ord(";"): "\\;", ord(","): "\\,", ord("\n"): "\\n"}
# No control character may stand in a calendar; a tab is a space, and other ends of lines are ours.
_NONE = dict.fromkeys([*range(10), *range(11, 32), *range(127, 160)], "")
_TEXT = {**_NONE, **_SIGNS, ord("\t"): " ", 0x2028: "\\n", 0x2029: "\\n"}
_QUOTED = {**_NONE, ord('"'): "'", ord("\t"): " ", ord("\n"): " "}
_BARE = {**_NONE, ord("\n"): "", ord("\t"): "", ord(" "): "%20"}


def escaped(text: str) -> str:
    """A value of type TEXT."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_TEXT)


def quoted(text: str) -> str:
    """The value of a parameter, between quotation marks."""
    return '"' + text.translate(_QUOTED) + '"'


def address(uri: str) -> str:
    """A value of type URI, which stands as it is; nothing in it begins another line."""
    return uri.strip().translate(_BARE)


def folded(line: str) -> str:
    """The line with its end, and where it is long on several lines that begin with a space."""
    if len(line) <= WIDTH and line.isascii():
        return line + "\r\n"
    octets = line.encode()
    parts, begin, room = [], 0, WIDTH
    while len(octets) - begin > room:
        end = begin + room
        while octets[end] & 0xC0 == 0x80:  # noqa: PLR2004 -- in the midst of a letter
            end -= 1
        parts.append(octets[begin:end].decode())
        begin, room = end, WIDTH - 1
    parts.append(octets[begin:].decode())
    return "\r\n ".join(parts) + "\r\n"
