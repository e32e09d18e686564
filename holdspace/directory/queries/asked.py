"""Questions: by their private link, and as the inbox of those who answer."""

from holdspace.directory import rules
from holdspace.directory.actions.asking import link_tag
from holdspace.directory.models import Question
from holdspace.groups.queries import groups_led
from holdspace.kit.guard import Unseen, sees
from holdspace.kit.viewer import Viewer
from holdspace.vault.scopes import prefetch

ON_A_PAGE = 50


@sees
def question_by_link(token: str, *, viewer: Viewer) -> Question:
    """The question that a private link leads to. Raises Unseen."""
    rows = Question.objects.filter(organisation_id=viewer.organisation, link=link_tag(token))
    found: Question | None = rows.select_related("group").first()
    if found is None:
        raise Unseen
    return found


@sees
def questions_for(*, viewer: Viewer) -> list[Question]:
    """The inbox: all for coordinators, those on their groups for facilitators; open ones first."""
    if viewer.staff is None:
        raise Unseen
    rows = Question.objects.select_related("group").order_by("-state", "day", "id")
    if not rules.may_import(viewer):
        rows = rows.filter(group__in=[group.id for group in groups_led(viewer=viewer)])
    found = list(rows[:ON_A_PAGE])
    prefetch([question.scope for question in found])
    return found


@sees
def question_for(code: str, *, viewer: Viewer) -> Question:
    """One question, for who may answer it. Raises Unseen."""
    found: Question | None = Question.objects.select_related("group").filter(code=code).first()
    if found is None or not rules.may_answer(viewer, found):
        raise Unseen
    return found
