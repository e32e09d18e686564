"""The two ceremonies of WebAuthn: making a passkey, and showing that one has it.

The challenge travels in a sealed cookie for five minutes and is good once. The site's name is
neutral, so that a list of passkeys on a shared computer says nothing.
"""

import datetime as dt
import json
import secrets
from typing import Any

import webauthn
from webauthn.helpers import base64url_to_bytes, structs
from webauthn.helpers.exceptions import WebAuthnException

from holdspace.kit import clock
from holdspace.kit.asks import Request
from holdspace.people.actions.passkeys import credential_tag
from holdspace.people.actions.tries import use_once
from holdspace.people.models import Passkey

CHALLENGE = "challenge"
LASTS = dt.timedelta(minutes=5)
SITE = "Holdspace"


def site(request: Request) -> str:
    """The relying party: this host, without its port."""
    return request.get_host().partition(":")[0].lower()


def origin(request: Request) -> str:
    """Where the browser must have been."""
    return f"{request.scheme}://{request.get_host()}"


def _keep(request: Request, challenge: bytes, purpose: str) -> None:
    until = (clock.now() + LASTS).isoformat()
    request.jar[CHALLENGE] = {"is": challenge.hex(), "for": purpose, "until": until}


def _take(request: Request, purpose: str) -> bytes | None:
    """The challenge of this browser, for this purpose, once."""
    kept = request.jar.pop(CHALLENGE)
    if not kept or kept["for"] != purpose:
        return None
    if dt.datetime.fromisoformat(kept["until"]) < clock.now():
        return None
    scope = request.organisation.scope
    first = use_once(by=request.viewer, organisation_scope=scope, what=kept["is"])
    return bytes.fromhex(kept["is"]) if first else None


def to_make(request: Request, known: list[Passkey]) -> str:
    """What the browser needs to make a passkey, as JSON; `known` ones are not made twice."""
    options = webauthn.generate_registration_options(
        rp_id=site(request),
        rp_name=SITE,
        user_id=secrets.token_bytes(32),
        user_name=SITE,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            structs.PublicKeyCredentialDescriptor(id=bytes.fromhex(k.sealed["credential"]))
            for k in known
        ],
    )
    _keep(request, options.challenge, "make")
    return str(webauthn.options_to_json(options))


def made(request: Request, answer: str) -> Any:
    """The verified new passkey (`credential_id`, `credential_public_key`, `sign_count`) or None."""
    challenge = _take(request, "make")
    if challenge is None:
        return None
    try:
        return webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site(request),
            expected_origin=origin(request),
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return None


def to_show(request: Request) -> str:
    """What the browser needs to show a passkey of this site, as JSON; it names nobody."""
    options = webauthn.generate_authentication_options(
        rp_id=site(request), user_verification=structs.UserVerificationRequirement.REQUIRED
    )
    _keep(request, options.challenge, "show")
    return str(webauthn.options_to_json(options))


def shown(request: Request, answer: str) -> tuple[Passkey, int] | None:
    """The passkey that was truly shown and its new counter, or None."""
    challenge = _take(request, "show")
    passkey = _found(request, answer)
    if challenge is None or passkey is None:
        return None
    try:
        verified = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site(request),
            expected_origin=origin(request),
            credential_public_key=bytes.fromhex(passkey.sealed["key"]),
            credential_current_sign_count=passkey.sealed["count"],
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return None
    return passkey, verified.new_sign_count


def _found(request: Request, answer: str) -> Passkey | None:
    try:
        credential = base64url_to_bytes(str(json.loads(answer)["id"]))
    except (ValueError, KeyError, TypeError):
        return None
    tagged = credential_tag(request.organisation.scope, credential)
    rows = Passkey.objects.select_related("person__organisation").filter(credential_tag=tagged)
    found: Passkey | None = rows.first()
    return found
