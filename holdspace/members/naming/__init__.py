"""Names that people give themselves in one group: read, compared, checked and offered.

Pure: no database, no request. The words: an *alias* is the name as typed and tidied; its
*skeleton* is what remains when everything is removed that only looks different.
"""

from holdspace.members.naming.checks import LONGEST, Finding, look_at
from holdspace.members.naming.offered import offer_names
from holdspace.members.naming.reading import skeleton, tidy
from holdspace.members.naming.standing import passes_for

__all__ = ["LONGEST", "Finding", "look_at", "offer_names", "passes_for", "skeleton", "tidy"]
