"""Asking a person, without an account; and answering."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from holdspace.directory import pacing, rules
from holdspace.directory.models import Question, Upload
from holdspace.kit import clock, scope
from holdspace.kit.guard import Refused, demand
from holdspace.kit.ids import new_code, new_token
from holdspace.ledger.acts import SYSTEM, act
from holdspace.organisations.actions import count_one
from holdspace.vault.scopes import INSTALLATION, open_scope, shred, without_key
from holdspace.vault.tags import tag

if TYPE_CHECKING:
    from holdspace.groups.models import Group

KEPT_DAYS = 30
DESK = 1  # stands for the person who helps to choose, where a group has its id


def link_tag(token: str) -> bytes:
    """The tag under which a private link is found."""
    return tag(INSTALLATION, "directory-question", token)


@act
def ask(*, by: object, words: str, group: "Group | None" = None) -> tuple[Question, str]:
    """Keep a question sealed; returns it with the token of its private link, kept nowhere.

    Raises Refused, with how long to wait, when more came within the hour than people can read.
    """
    demand(rules.may_ask(by))
    _count(0, pacing.MOST_IN_ALL)
    _count(group.id if group else DESK, pacing.MOST_A_PLACE)
    token = new_token()
    question = Question(
        organisation_id=scope.current(),
        group=group,
        scope=open_scope(),
        code=new_code(10),
        link=link_tag(token),
        day=clock.today(),
        words=words,
    )
    question.save(force_insert=True)
    return question, token


def _count(place: int, most: int) -> None:
    """One more question at this place within the hour. Raises Refused when that is too many."""
    so_far = count_one(by=SYSTEM, purpose=f"asking|{place}", within=pacing.HOUR)
    if so_far.count > most:
        raise Refused(pacing.please_wait(so_far.left))


@act
def answer(*, by: Any, question: Question, words: str) -> Question:
    """Answer; a second answer replaces the first."""
    demand(rules.may_answer(by, question))
    question.answer, question.answered_on = words, clock.today()
    question.state = Question.State.ANSWERED
    question.save(update_fields=["answer", "answered_on", "state"])
    return question


@act
def clear_questions(*, by: object) -> int:
    """End questions that are 30 days old, keys first; inside `scope.everywhere`."""
    old = Question.objects.filter(day__lt=clock.today() - dt.timedelta(days=KEPT_DAYS))
    scopes = list(old.values_list("scope", flat=True))
    shred(scopes)
    old.delete()
    return len(scopes)


@act
def clear_keyless(*, by: object) -> int:
    """Delete questions and files whose keys are gone: they came back with an old backup."""
    gone = 0
    for model in (Question, Upload):
        keyless = without_key(model.objects.values_list("scope", flat=True))
        gone += model.objects.filter(scope__in=keyless).delete()[0] if keyless else 0
    return gone
