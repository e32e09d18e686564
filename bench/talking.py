# ruff: noqa: PLC0415 -- Django is set up first
"""Run in a prepared folder: a group that is full, with so many POSTS, twenty in a conversation.

It is read in so many BROWSERS: when these are more than a group can hold, everybody has several.

The people come in by acts. The rows of what they said are written in bulk, sealed as the acts seal
them; the page that is measured afterwards opens them. Prints what a client needs, as JSON.
"""

import datetime as dt
import json
import sys
import time

from bench.settling import begun, in_a_browser, somebody
from bench.words import POSTS, said, title

AT_ONCE = 2_000  # posts of one transaction
A_YEAR = 365  # days over which they were said
SPEAKERS, AT_A_TIME = 16, 8  # people who speak in the group, and in one conversation


def settle(browsers: int, posts: int) -> dict:
    """Everything; the group's code, a cookie for each person, and how long the words took."""
    house = begun()
    from holdspace.groups.models import LARGEST
    from holdspace.groups.tests.factories import a_group
    from holdspace.kit import scope
    from holdspace.ledger.worker import run_due
    from holdspace.members.models import Member
    from holdspace.vault import keys

    with scope.entered(house.id):
        people = min(browsers, LARGEST)
        group = a_group("Evening Circle", ceiling=LARGEST)
        came = [somebody(house, [group], number) for number in range(people)]
        cookies = [in_a_browser(came[number % people]) for number in range(browsers)]
        began = time.perf_counter()
        speakers = list(Member.objects.filter(group=group).order_by("id")[:SPEAKERS])
        keys.begin_request()  # nothing is shredded meanwhile: asked once, not at every seal
        write(group, speakers, posts // POSTS)
        keys.end_request()
        took = time.perf_counter() - began
    run_due()
    return {"code": group.code, "cookies": cookies, "threads": posts // POSTS, "seconds": took}


def write(group, speakers, threads: int) -> None:
    """Conversations from a year ago until today, one after the other."""
    from holdspace.ledger.acts import outside_act
    from holdspace.threads.actions.ground import Said, lock, shown_of
    from holdspace.threads.models import Post, Thread

    shown = {}
    for number in range(200):
        words = said(number)
        shown[words] = shown_of(Said(words))
    portion = AT_ONCE // POSTS
    from django.db import transaction

    for first in range(0, threads, portion):
        numbers = range(first, min(first + portion, threads))
        with outside_act("benchmark"), transaction.atomic():
            talk = lock(group)
            rows = [_thread(Thread, talk, n, speakers, _day(n, threads)) for n in numbers]
            _insert(rows)
            _insert([_post(Post, row, n, speakers, shown) for row in rows for n in range(POSTS)])
            talk.last_thread, talk.last_place = rows[-1].number, rows[-1].moved
            talk.save()


def _insert(rows: list) -> None:
    """What bulk_create does, without building a statement for every forty rows."""
    from django.db import connection

    model = type(rows[0])._meta
    fields = model.concrete_fields
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    gaps = ", ".join(["%s"] * len(fields))
    into = f"{connection.ops.quote_name(model.db_table)} ({columns})"
    values = [
        [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {into} VALUES ({gaps})", values)  # noqa: S608 -- our names


def _day(number: int, threads: int) -> dt.date:
    from holdspace.kit import clock

    return clock.today() - dt.timedelta(days=(threads - 1 - number) * A_YEAR // threads)


def _thread(kind, talk, number, speakers, day):
    begins = speakers[number % len(speakers)]
    row = kind(
        organisation_id=talk.organisation_id, talk=talk, number=number + 1, member=begins,
        scope=begins.scope, day=day, last_day=day, last_number=POSTS, turn=POSTS,
        moved=(number + 1) * POSTS,
    )  # fmt: skip
    row.head = {"title": title(number), "need": "", "notes": []}
    return row


def _post(kind, thread, number, speakers, shown):
    speaks = speakers[(thread.number - 1 + number % AT_A_TIME) % len(speakers)]
    words = said(thread.number * POSTS + number)
    post = kind(
        organisation_id=thread.organisation_id, talk=thread.talk, thread=thread, number=number + 1,
        place=(thread.number - 1) * POSTS + number + 1, turn=number + 1, speaks="member",
        member=speaks, scope=speaks.scope, day=thread.day,
    )  # fmt: skip
    post.words, post.shown = words, {**shown[words], "at": f"{thread.day}T19:{number:02}+00:00"}
    return post


if __name__ == "__main__":
    print(json.dumps(settle(int(sys.argv[1]), int(sys.argv[2]))))
