"""Whether this installation can serve, for supervisors and balancers. Names nobody."""

from functools import cache

from django.db import Error, connections
from django.http import HttpRequest, HttpResponse

from holdspace.kit.guard import public
from holdspace.ledger import worker
from holdspace.vault.models import Generation
from holdspace.web.preparation import DATABASES, is_behind


@cache
def _tables_there() -> bool:
    """Remembered once true: tables do not go away, and the look costs 20 ms. Raises LookupError."""
    if any(is_behind(alias) for alias in DATABASES):
        raise LookupError("migrations")  # an exception is not remembered
    return True


def missing() -> str:
    """What keeps us from serving, in a word; empty when nothing does."""
    try:
        for alias in DATABASES:
            connections[alias].ensure_connection()
        _tables_there()
        Generation.objects.exists()
        return "" if worker.alive() else "worker"
    except LookupError:
        return "migrations"
    except Error:
        return "database"


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when ready to serve, 503 with the missing part otherwise."""
    lack = missing()
    text = f"waiting for: {lack}\n" if lack else "ready\n"
    response = HttpResponse(text, status=503 if lack else 200, content_type="text/plain")
    setattr(response, "_has_been_logged", True)  # noqa: B010 -- Django's mark: waiting is no fault
    return response
