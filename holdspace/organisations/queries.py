"""What can be seen of organisations."""

from holdspace.organisations.models import Organisation


def organisation_at(host: str) -> Organisation | None:
    """The organisation that a host name leads to: its own host, `slug.localhost`, or the only one.

    Asked by the middleware before anybody is looking, hence without a viewer.
    """
    label, _dot, rest = host.partition(".")
    if rest == "localhost":
        found = Organisation.objects.filter(slug=label).first()
    else:
        found = Organisation.objects.filter(host=host).first()
    return found or _the_first(host)


def _the_first(host: str) -> Organisation | None:
    """On a plain name the installation's first organisation that has no host of its own."""
    if host.endswith(".localhost"):
        return None
    return Organisation.objects.filter(host="").order_by("slug").first()
