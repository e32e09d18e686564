"""From nobody to somebody in the middle of a dialog: an account with no way back yet.

Begun and committed by itself, before anything of a membership is written.
"""

from dataclasses import replace

from django.http import HttpResponse

from holdspace.consent.actions import give_consent
from holdspace.consent.queries import TAKING_PART, still_to_agree
from holdspace.kit.asks import Request
from holdspace.people.actions import affirm_age, begin_account, lend_code, sign_in_session
from holdspace.people.queries import age_band, holder_for


def enter(
    request: Request, response: HttpResponse, *, band: str = "", agreed: bool = False
) -> HttpResponse:
    """Begin an account for whoever is not signed in, sign this browser in, keep the age band.

    `agreed` says that they agreed to what is kept of who takes part. A new account is lent a short
    code, so that leaving this browser is not the end. Afterwards `request.viewer` has its holder.
    Work accounts are left as they are. Each act is a transaction of its own.
    """
    viewer = request.viewer
    if viewer.staff is not None:
        return response
    if viewer.holder is None:
        account = begin_account(by=viewer)
        response = sign_in_session(request, response, account)
        holder = holder_for(account, scope=request.organisation.scope)
        request.viewer = viewer = replace(viewer, holder=holder)
        lend_code(by=viewer, account=account)
    if band and viewer.holder is not None and age_band(viewer=viewer) is None:
        affirm_age(by=viewer, account=viewer.holder.account, band=band)
    if agreed and still_to_agree(TAKING_PART, viewer=viewer):
        give_consent(by=viewer, purpose=TAKING_PART.slug)
    return response
