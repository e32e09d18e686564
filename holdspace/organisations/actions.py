"""What can be done to an organisation."""

from holdspace.ledger.acts import act
from holdspace.ledger.chain import record
from holdspace.organisations.models import Organisation
from holdspace.vault.scopes import open_scope


@act
def open_organisation(
    *, by: object, name: str, slug: str, country: str = "GB", zone: str = "Europe/London"
) -> Organisation:
    """Make an organisation with a scope of its own.

    Raises IntegrityError when the slug is taken.
    """
    made = Organisation(name=name, slug=slug, country=country, zone=zone, scope=open_scope())
    made.save(force_insert=True)
    record(made.scope, "organisation.opened", actor=by)
    return made
