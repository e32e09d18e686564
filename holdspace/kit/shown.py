"""What the kit offers to every template."""

from holdspace.kit.days import in_words, iso_in_words
from holdspace.kit.forms import face_of
from holdspace.kit.frame import frame
from holdspace.kit.parts import MACROS, attributes
from holdspace.kit.prose import as_written
from holdspace.kit.ring import ring_sentence, ring_svg
from holdspace.kit.square import square
from holdspace.kit.weave import weave_name, weave_svg

GLOBALS = {
    **MACROS,
    "face_of": face_of,
    "frame": frame,
    "ring_sentence": ring_sentence,
    "ring_svg": ring_svg,
    "square": square,
    "weave": weave_svg,
    "weave_name": weave_name,
}
FILTERS: dict[str, object] = {
    "as_written": as_written,
    "attributes": attributes,
    "day": in_words,
    "iso_day": iso_in_words,
}
