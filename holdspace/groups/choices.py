"""The words by which a group says what it is: explicit data, never inferred."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    PEER = "peer", _("Peer-led: by people who have been through it")
    PROFESSIONAL = "professional", _("Led by a professional")


class Audience(models.TextChoices):
    LIVED = "lived", _("People living with it themselves")
    FAMILY = "family", _("Family, friends and carers")
    BOTH = "both", _("Both")


class Format(models.TextChoices):
    IN_PERSON = "in_person", _("In person")
    VIDEO = "video", _("By video")
    TEXT = "text", _("In text")
    HYBRID = "hybrid", _("In person and by video together")


class WayIn(models.TextChoices):
    OPEN = "open", _("Open: people may simply join")
    APPROVAL = "approval", _("On approval: people answer your questions first")
    INVITATION = "invitation", _("By invitation only")


class Ages(models.TextChoices):
    ADULTS = "adults", _("Adults")
    MINORS = "minors", _("Minors")


class Cost(models.TextChoices):
    FREE = "free", _("Free")
    DONATION = "donation", _("By donation, if you can")
    FEE = "fee", _("There is a fee")


class State(models.TextChoices):
    DRAFT = "draft", _("Draft: nobody but staff sees it")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Temporarily closed")
    ENDED = "ended", _("Ended")


class Freshness(models.TextChoices):
    FRESH = "fresh", _("Confirmed")
    DOUBT = "doubt", _("Not confirmed for a while")
    STALE = "stale", _("Not confirmed for too long to be listed")


class Part(models.TextChoices):
    """What somebody does in a group, each for itself (demand N20)."""

    FACILITATOR = "facilitator", _("Facilitator")
    CO_FACILITATOR = "co-facilitator", _("Co-facilitator")
    GREETER = "greeter", _("Greeter")
    TIMEKEEPER = "timekeeper", _("Timekeeper")
    HOST = "host", _("Host (technical)")
    CHAT_HOST = "chat-host", _("Chat host")
    ON_CALL = "on-call", _("On call")


ACCESS: dict[str, Any] = {
    "step-free": _("Step-free, for wheelchairs"),
    "accessible-toilet": _("Accessible toilet"),
    "hearing-loop": _("Hearing loop"),
    "captions": _("Captions"),
    "sign-language": _("Sign language"),
    "interpreter": _("Interpreter on request"),
    "easy-words": _("Easy words"),
    "quiet-corner": _("A quiet corner to step out to"),
    "low-light": _("Soft light, few smells"),
    "support-person": _("You may bring a support person"),
    "assistance-dog": _("Assistance dogs welcome"),
    "children": _("Children may come along"),
    "telephone": _("You can join by telephone"),
    "camera-off": _("Camera off is always fine"),
    "text-only": _("You can take part in writing only"),
    "parking": _("Parking for disabled people"),
    "public-transport": _("Near public transport"),
}

AFFIRMING: dict[str, Any] = {
    "lgbtq": _("LGBTQ+"),
    "trans": _("Trans and non-binary people"),
    "women": _("Women"),
    "men": _("Men"),
    "black": _("Black people"),
    "people-of-colour": _("People of colour"),
    "indigenous": _("Indigenous people"),
    "faith": _("A faith"),
    "neurodivergent": _("Neurodivergent people"),
    "disabled": _("Disabled people"),
    "deaf": _("Deaf people"),
    "young": _("Young people"),
    "older": _("Older people"),
    "refugees": _("Refugees and migrants"),
    "veterans": _("Veterans"),
}
