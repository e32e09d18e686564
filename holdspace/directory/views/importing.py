"""Bringing in groups that others run: upload, look, confirm."""

from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdspace.directory import actions, words
from holdspace.directory.bringing import bring_in_upload, preview, said_of
from holdspace.directory.feeds.reading import Format
from holdspace.directory.forms import ImportForm, InsteadForm
from holdspace.directory.models import Upload
from holdspace.directory.queries import files_of, listing_at, sources_for, upload_at, uploads_begun
from holdspace.groups.queries import topics_for
from holdspace.kit.answers import go, page
from holdspace.kit.asks import Request, sent

_REFUSALS = 50
AT_ONCE = 300_000  # bytes that are brought in while somebody waits: some seconds


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: Request) -> HttpResponse:
    """Where imported groups come from, and the form for another file."""
    sources = sources_for(viewer=request.viewer)
    topics = [(t.key, t.name) for t in topics_for(viewer=request.viewer)]
    form = ImportForm(request.POST or None, request.FILES or None, topics=topics)
    if request.method == "POST" and form.is_valid():
        upload = _held(request, form.cleaned_data)
        return go("directory:look", request, code=upload.code)
    listed = [(s, words.date_words(s.read_on), _counted(s.counts)) for s in sources]
    shown: dict[str, Any] = {"sources": listed, "under_way": uploads_begun(viewer=request.viewer)}
    return page(request, "directory/bring.html", form=form, **shown)


def _held(request: Request, said: dict[str, Any]) -> Upload:
    return actions.hold_upload(
        by=request.viewer,
        name=said["file"].name,
        content=said["file"].read(),
        choices={
            "name": said["name"],
            "format": said["format"] or Format.AUTO.value,
            "audience": said["audience"],
            "topics": [said["topic"]] if said["topic"] else [],
        },
    )


@require_safe
def look(request: Request, code: str) -> HttpResponse:
    """What the file holds: counts, what is refused and why, and the first groups in it."""
    upload = upload_at(code, viewer=request.viewer)
    return _look(request, upload, _instead(request, upload))


def _instead(request: Request, upload: Upload) -> InsteadForm:
    """Asked where the same people have other files here, and this one is none of them."""
    said = said_of(upload)
    earlier = files_of(said.name, viewer=request.viewer)
    known = any(source.key == said.key for source in earlier)
    days = [(source.key, source.file, words.date_words(source.read_on)) for source in earlier]
    asked = [
        (key, _("Yes, of “%(file)s”, read on %(day)s") % {"file": file, "day": day})
        for key, file, day in days
    ]
    return InsteadForm(sent(request), earlier=[] if known else asked)


def _look(request: Request, upload: Upload, form: InsteadForm) -> HttpResponse:
    outcome = preview(BytesIO(upload.content), said_of(upload))
    return page(
        request,
        "directory/look.html",
        upload=upload,
        form=form,
        outcome=outcome,
        refusals=outcome.refusals[:_REFUSALS],
        how=words.HOW,
    )


@require_POST
def confirm(request: Request, code: str) -> HttpResponse:
    """Bring in what was looked at, and forget the file."""
    upload = upload_at(code, viewer=request.viewer)
    form = _instead(request, upload)
    if not form.is_valid():
        return _look(request, upload, form)
    instead = form.cleaned_data["instead"]
    if len(upload.content) > AT_ONCE:
        actions.begin_upload(by=request.viewer, upload=upload, instead=instead)
        return go("directory:bring", request)
    upload.choices["instead"] = instead
    done = bring_in_upload(upload, by=request.viewer, zone=request.organisation.zone)
    return go("directory:bring", request, note=_counted(done.in_numbers()))


def _counted(counts: dict[str, int]) -> str:
    """What became of the records of a file."""
    said = _(
        "Read %(read)d: %(created)d new, %(updated)d changed, %(unchanged)d as before, "
        "%(refused)d refused, %(gone)d no longer there."
    )
    return said % counts if counts else ""


@require_POST
def drop(request: Request, code: str) -> HttpResponse:
    """Forget the file; nothing was brought in."""
    actions.drop_upload(by=request.viewer, upload=upload_at(code, viewer=request.viewer))
    return go("directory:bring", request, note=_("The file is gone. Nothing was brought in."))


@require_POST
def take_over(request: Request, code: str) -> HttpResponse:
    """An imported listing becomes a draft of ours."""
    listing = listing_at(code, viewer=request.viewer)
    group = actions.take_over(by=request.viewer, listing=listing)
    note = _("It is a draft of yours now. Add what is missing, then open it.")
    return go("groups:work_group", request, note=note, code=group.code)
