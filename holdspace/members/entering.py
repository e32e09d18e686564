"""From nobody to somebody in the middle of a dialog: an account with no way back yet.

Begun and committed by itself, before anything of a membership is written.
"""

from dataclasses import replace

from django.http import HttpResponse

from holdspace.kit.asks import Request
from holdspace.people.actions import affirm_age, begin_account, sign_in_session
from holdspace.people.queries import age_band, holder_for


def enter(request: Request, response: HttpResponse, *, band: str = "") -> HttpResponse:
    """Begin an account for whoever is not signed in, sign this browser in, keep the age band.

    Afterwards `request.viewer` has its holder. Work accounts are left as they are.
    """
    viewer = request.viewer
    if viewer.staff is not None:
        return response
    if viewer.holder is None:
        account = begin_account(by=viewer)
        response = sign_in_session(request, response, account)
        holder = holder_for(account, scope=request.organisation.scope)
        request.viewer = viewer = replace(viewer, holder=holder)
    if band and viewer.holder is not None and age_band(viewer=viewer) is None:
        affirm_age(by=viewer, account=viewer.holder.account, band=band)
    return response
