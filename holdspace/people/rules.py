"""Who may sign up, come in, keep a way back, and which names would give somebody away."""

from django.utils.translation import gettext_lazy as _

from holdspace.kit import clock
from holdspace.kit.guard import may
from holdspace.kit.verdicts import Verdict, no, when, yes
from holdspace.kit.viewer import Viewer
from holdspace.people import barring, names
from holdspace.people.models import STAFF, Barring, Person, RecoveryKey
from holdspace.people.passphrases import weakness

ADULT, YOUNG = "adult", "young"


def _account(viewer: Viewer) -> int | None:
    if viewer.holder is not None:
        return viewer.holder.account
    return viewer.staff.account if viewer.staff is not None else None


@may
def may_sign_in(viewer: Viewer) -> Verdict:
    """Anybody who is not signed in yet."""
    return when(not viewer.is_somebody, _("You are signed in already."))


@may
def may_sign_up(viewer: Viewer) -> Verdict:
    """Anybody who is not signed in yet; work accounts come from a coordinator."""
    return may_sign_in(viewer)


@may
def may_keep_own_account(viewer: Viewer) -> Verdict:
    """Whoever is signed in may see and change how they come in."""
    return when(viewer.is_somebody, _("Please sign in first."))


@may
def may_use_passkeys(viewer: Viewer) -> Verdict:
    """Members may; people who work here sign in with a passphrase and a one-time code."""
    return when(viewer.holder is not None, _("Work accounts use a passphrase and a code."))


@may
def may_borrow_code(person: Person) -> Verdict:
    """A short code is for a member without a way back, and ends as soon as there is one."""
    kept = person.kind == STAFF or "passphrase" in person.secrets or person.passkeys.exists()
    kept = kept or person.recovery_keys.filter(kind=RecoveryKey.Kind.PAPER).exists()
    return when(not kept, _("You keep a way back already. It works in place of a short code."))


@may
def may_use_alias(viewer: Viewer, alias: str) -> Verdict:
    """No word of an alias, and no words of it joined, may be the person's own sign-in name."""
    account = _account(viewer)
    person = Person.objects.select_related("organisation").filter(id=account).first()
    if person is None:
        return yes()
    words = names.words_of(alias)
    joined = {"".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1)}
    sealed_under = person.organisation.scope
    kept = set(person.secrets.get("words", []))
    alike = any(names.name_tag(sealed_under, one) == person.name_tag for one in joined)
    alike = alike or bool(kept & set(names.word_tags(sealed_under, sorted(joined))))
    return when(
        not alike,
        _("This is close to your sign-in name. Another name keeps the two apart."),
    )


@may
def may_take_part(viewer: Viewer) -> Verdict:
    """Whether this person was not asked to stay away from the whole organisation."""
    account = _account(viewer)
    person = Person.objects.select_related("organisation").filter(id=account).first()
    if person is None:
        return yes()
    barred = Barring.objects.filter(
        tag=barring.tag_of(person.organisation.scope, person.id)
    ).first()
    if barred is None or (barred.until is not None and barred.until <= clock.today()):
        return yes()
    return no(_("You were asked to stay away from the groups here. You can write to us about it."))


@may
def may_join_for_age(viewer: Viewer, minors: bool) -> Verdict:
    """A group of adults is for those who said they are of age, a group of minors for the others.

    Who has said nothing yet is asked at joining (`affirm_age`).
    """
    account = _account(viewer)
    person = Person.objects.filter(id=account).first()
    band = person.secrets.get("age") if person else None
    if band is None:
        return yes()
    if minors:
        return when(band == YOUNG, _("This group is for younger people only."))
    return when(band == ADULT, _("This group is for adults. There are groups for your age."))


@may
def is_strong_passphrase(passphrase: str, name: str = "") -> Verdict:
    """Whether a passphrase is long enough and not among the first that others would try."""
    weak = weakness(passphrase, name)
    return no(weak) if weak else yes()
