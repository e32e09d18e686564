"""How much somebody sends in a short time, before what they send next waits a little.

Nothing counts it: the newest posts of the group are looked at. A count would be a row that names
whoever writes without a name, written at that moment.
"""

import datetime as dt

from django.conf import settings
from django.utils.translation import ngettext

from holdspace.kit import clock
from holdspace.threads.models import Post
from holdspace.threads.queries.rows import post_sent, posts_newest
from holdspace.threads.queries.seen import opened
from holdspace.threads.rules import is_writer
from holdspace.threads.sending import post_id_of
from holdspace.threads.voices import Voice

FREE, WITHIN = 12, dt.timedelta(minutes=10)
LOOKED_AT = 2 * FREE  # who sends half of all there is, is asked to wait; others talk as they like


def please_wait(voice: Voice, key: int) -> str:
    """What somebody reads who has just sent a lot; nothing when they need not wait.

    Facilitators never wait, nor do words that were sent before and come once more.
    """
    if voice.facilitates or settings.UNHURRIED:
        return ""
    left = _left(voice)
    if left <= dt.timedelta(0) or post_sent(post=post_id_of(voice, key)):
        return ""
    minutes = max(1, -(-int(left.total_seconds()) // 60))
    return ngettext(
        "You have sent a lot in a short time, and others need a moment to read it. Your words are "
        "here and not sent yet: please press Send again in %(n)d minute.",
        "You have sent a lot in a short time, and others need a moment to read it. Your words are "
        "here and not sent yet: please press Send again in %(n)d minutes.",
        minutes,
    ) % {"n": minutes}


def _left(voice: Voice) -> dt.timedelta:
    """How long until fewer than FREE of the newest posts are theirs and of the last minutes."""
    newest = posts_newest(group=voice.group.pk, many=LOOKED_AT)
    mine = [post.pk for post in newest if is_writer(voice, post)]
    if len(mine) < FREE:
        return dt.timedelta(0)
    oldest = Post.objects.only("scope", "shown").get(pk=mine[FREE - 1])
    at = (opened(oldest, "shown") or {}).get("at")
    return dt.datetime.fromisoformat(at) + WITHIN - clock.now() if at else dt.timedelta(0)
