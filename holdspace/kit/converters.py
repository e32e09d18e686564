"""Typed parameters of our addresses."""

from holdspace.kit.ids import ALPHABET


class CodeConverter:
    """`<code:code>`: a short random code as `kit.ids.new_code` makes them, 4 to 16 characters."""

    regex = f"[{ALPHABET}]{{4,16}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class TokenConverter:
    """`<token:token>`: a secret of 256 bits as `kit.ids.new_token` makes them."""

    regex = r"[A-Za-z0-9_-]{43}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class IdConverter:
    """`<id:id>`: a random id of 63 bits."""

    regex = r"[1-9][0-9]{0,18}"

    def to_python(self, value: str) -> int:
        number = int(value)
        if number >= 1 << 63:
            raise ValueError("no such id")
        return number

    def to_url(self, value: int) -> str:
        return str(value)


class NumberConverter:
    """`<number:number>`: the number of something within its group, of nine digits at most.

    Django's `int` takes any length, and a prepared question cannot carry more than 63 bits.
    """

    regex = "[0-9]{1,9}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)
