"""Signing in and out: sessions begin, are used, and end."""

from django.http import HttpResponse
from django.middleware.csrf import rotate_token

from holdspace.kit import clock
from holdspace.kit.asks import Request
from holdspace.kit.ids import new_token
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import act
from holdspace.people import sessions
from holdspace.people.models import Person, Session
from holdspace.vault import carrying
from holdspace.vault.tags import tag

# "cookies" would clear the whole registered domain, the organisation's other sites included; our
# own cookies are ended one by one instead.
CLEAR = '"cache", "storage"'


def whose(person: Person) -> bytes:
    """The tag by which a person's own sessions are found."""
    return whose_tag(person.organisation.scope, person.id)


def whose_tag(organisation_scope: int, account: int) -> bytes:
    """The same, from the ids alone."""
    return tag(organisation_scope, "sessions", str(account))


@act
def begin_session(*, by: object, account: int, stay: bool, device: str = "") -> tuple[str, Session]:
    """A new session for an account; returns its cookie (256 bits) and the row.

    Raises Person.DoesNotExist for an account of another organisation or none.
    """
    person = Person.objects.select_related("organisation").get(id=account)
    limits = sessions.limits_for(person.kind, stay=stay)
    cookie, now = new_token(), clock.now()
    session = Session(
        organisation_id=person.organisation_id,
        token=sessions.digest(cookie),
        whose=whose(person),
        kind=person.kind,
        expires=(now + limits.idle).date(),
    )
    session.sealed = {
        "account": account,
        "stay": stay,
        "device": device,
        "until": (now + limits.whole).isoformat(timespec="seconds"),
        "idle": (now + limits.idle).isoformat(timespec="seconds"),
    }
    session.save(force_insert=True)
    return cookie, session


@act
def note_use(*, by: object, session: Session) -> None:
    """Move the idle limit on; called at most once a step, so reading pages rarely writes."""
    body = session.sealed
    limits = sessions.limits_for(session.kind, stay=body["stay"])
    until = min(clock.now() + limits.idle, sessions.moment(body["until"]))
    session.expires = until.date()
    session.sealed = {**body, "idle": until.isoformat(timespec="seconds")}
    session.save(update_fields=["expires", "sealed"])


@act
def end_session(*, by: object, token: bytes) -> None:
    """End the session of a cookie's digest; ending it again changes nothing."""
    Session.objects.filter(token=token).delete()


@act
def end_sessions(*, by: object, account: int, but: bytes = b"") -> int:
    """End every session of an account except the one with the token `but`; returns how many."""
    person = Person.objects.select_related("organisation").filter(id=account).first()
    if person is None:
        return 0  # gone, and its sessions with it
    others = Session.objects.filter(whose=whose(person)).exclude(token=but)
    return others.delete()[0]


def sign_in_session(
    request: Request, response: HttpResponse, account: int, *, stay: bool = True, device: str = ""
) -> HttpResponse:
    """Sign this browser in with a new token (ASVS 7.2.4); the old session of its cookie ends.

    It is not an act itself: it calls two and sets the cookie. `stay` keeps the cookie when the
    browser closes; without a way back that is the kinder choice.
    """
    old = request.COOKIES.get(sessions.cookie_name())
    if old:
        end_session(by=request.viewer, token=sessions.digest(old))
    cookie, session = begin_session(by=request.viewer, account=account, stay=stay, device=device)
    limits = sessions.limits_for(session.kind, stay=stay)
    lasting = stay and session.kind == Person.Kind.MEMBER
    sessions.set_cookie(response, cookie, limits.whole if lasting else None)
    rotate_token(request)
    request.jar[carrying.WRITER] = carrying.mark(account)
    return response


def sign_out(request: Request, response: HttpResponse) -> HttpResponse:
    """End this browser's session and clear the browser (not an act itself; ASVS 7.4.1, 14.3.1)."""
    cookie = request.COOKIES.get(sessions.cookie_name())
    if cookie:
        end_session(by=request.viewer, token=sessions.digest(cookie))
    for name in request.COOKIES:
        response.delete_cookie(name, samesite="Lax")
    request.jar.clear()
    request.viewer = Viewer(organisation=request.viewer.organisation)
    response.headers["Clear-Site-Data"] = CLEAR
    return response
