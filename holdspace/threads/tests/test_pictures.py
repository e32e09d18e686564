"""A picture goes with words: who sees it, how it is kept, and how it ends."""

import datetime as dt
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from PIL import Image

from holdspace.groups.actions import change_group
from holdspace.kit import clock, pictures
from holdspace.kit.guard import Refused
from holdspace.kit.tests.pictures import drawn, from_a_camera
from holdspace.ledger.acts import SYSTEM
from holdspace.members.actions import leave_group
from holdspace.members.queries import member_for
from holdspace.members.tests.browser import signed_in
from holdspace.threads import actions, privacy
from holdspace.threads.actions.picturing import Pictured
from holdspace.threads.models import Draft, Picture, Post
from holdspace.threads.queries import conversation_at
from holdspace.threads.tests.factories import a_reply, a_thread, an_expected_visitor
from holdspace.threads.tests.test_pages import _asked, at, field, text
from holdspace.vault.scopes import shred

pytestmark = pytest.mark.django_db
ALT = "A kettle on a stove"
SRC = re.compile(r'<img src="([^"]+/picture/[^"]*)" alt="([^"]*)" width="(\d+)" height="(\d+)"')


@pytest.fixture(scope="module")
def made():
    return pictures.anew(from_a_camera(drawn((2000, 1500))))


@pytest.fixture
def shown(made):
    return Pictured(ALT, made)


@pytest.fixture
def browser(group, wren):
    return signed_in(group.organisation, wren)


def a_file(raw=b"", name="IMG_canary.JPG"):
    return SimpleUploadedFile(name, raw or from_a_camera(), "text/html")


def posted(post_number=1):
    return Post.objects.select_related("talk__group", "thread").get(number=post_number)


# --- said


def test_a_picture_is_sent_and_seen_small_then_large(group, browser, ash):
    page = text(browser.get(at(group, "new/")))
    assert 'enctype="multipart/form-data"' in page
    sent = {"title": "Kettle", "words": "Look", "alt": ALT, "key": field(page, "key"),
            "picture": a_file(from_a_camera(drawn((2000, 1500))))}  # fmt: skip
    assert browser.post(at(group, "new/"), sent).status_code == 303
    other = signed_in(group.organisation, ash)
    page = text(other.get(at(group, "1/")))
    src, alt, width, height = SRC.search(page).groups()
    assert (src, alt, width, height) == (at(group, "1/1/picture/"), ALT, "640", "480")
    assert "canary" not in page
    answer = other.get(src)
    assert Image.open(io.BytesIO(answer.content)).size == (640, 480)
    assert len(answer.content) <= 28_000
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Disposition" not in answer.headers
    page = text(other.get(at(group, "1/1/?large=1")))
    src, _alt, width, _height = SRC.search(page).groups()
    assert (src, width) == (at(group, "1/1/picture/?large=1"), "1600")
    assert Image.open(io.BytesIO(other.get(src).content)).size == (1600, 1200)


def test_a_picture_without_words_about_it_is_kept_while_they_are_asked_for(group, browser, wren):
    a_thread(wren, group)
    sent = {"words": "Look at this", "key": "71", "picture": a_file()}
    answer = browser.post(at(group, "1/reply/"), sent)
    page = text(answer)
    assert answer.status_code == 422
    assert "Say in a few words what can be seen" in page
    assert "A picture is kept here with your draft" in page
    assert "Look at this" in page
    again = {"words": "Look at this", "key": "71", "alt": ALT}
    assert browser.post(at(group, "1/reply/"), again).status_code == 303
    assert Draft.objects.count() == 0
    assert Picture.objects.get().post == posted(2)
    assert browser.get(at(group, "1/2/picture/")).status_code == 200


def test_what_is_kept_with_a_draft_comes_back_is_replaced_and_left_out(group, browser, wren):
    a_thread(wren, group)
    draft = {"words": "Begun", "key": "72", "alt": ALT, "keep": "1"}
    assert browser.post(at(group, "1/reply/"), {**draft, "picture": a_file()}).status_code == 303
    first = Picture.objects.get()
    assert first.draft == Draft.objects.get()
    page = text(browser.get(at(group, "1/reply/")))
    assert "A picture is kept here" in page
    assert field(page, "alt") == ALT
    browser.post(at(group, "1/reply/"), draft)
    assert Picture.objects.get() == first
    browser.post(at(group, "1/reply/"), {**draft, "picture": a_file(from_a_camera(drawn(seed=2)))})
    assert Picture.objects.get() != first
    sent = {"words": "Without it", "key": "72", "without": "on"}
    assert browser.post(at(group, "1/reply/"), sent).status_code == 303
    assert Picture.objects.count() == 0
    assert posted(2).shown.get("picture") is None


@pytest.mark.parametrize(
    ("raw", "words"),
    [(b"no picture", "could not read this as a picture"),
     (b"x" * (pictures.LARGEST + 1), "too large for us")],
    ids=["strange", "too large"],
)  # fmt: skip
@pytest.mark.parametrize("button", [{}, {"keep": "1"}], ids=["send", "keep"])
def test_a_picture_we_cannot_take_loses_no_words(group, browser, wren, *, raw, words, button):
    a_thread(wren, group)
    sent = {"words": "Long and dear words", "alt": ALT, "key": "73", "picture": a_file(raw)}
    answer = browser.post(at(group, "1/reply/"), {**sent, **button})
    page = text(answer)
    assert answer.status_code == 422
    assert words in page.partition('id="id_picture_error">')[2][:200]
    assert "Long and dear words" in page
    assert field(page, "alt") == ALT
    assert Picture.objects.count() == 0


def test_words_about_a_picture_that_did_not_come_ask_for_it(group, browser, wren):
    a_thread(wren, group)
    answer = browser.post(at(group, "1/reply/"), {"words": "Here", "alt": ALT, "key": "74"})
    assert answer.status_code == 422
    assert "Please choose the picture again" in text(answer)


def test_where_a_group_shows_none_there_is_no_field_and_no_way(group, browser, wren, lead, shown):
    thread = a_thread(wren, group, picture=shown)
    actions.change_talk(by=lead, group=group, pictures_allowed=False)
    assert 'name="picture"' not in text(browser.get(at(group, "1/reply/")))
    with pytest.raises(Refused):
        a_reply(wren, thread, picture=shown)
    answer = browser.post(at(group, "1/reply/"), {"words": "Y", "key": "1", "picture": a_file()})
    assert answer.status_code == 422
    assert "we show no pictures any more" in text(answer)
    assert Picture.objects.count() == 1
    assert browser.get(at(group, "1/1/picture/")).status_code == 200


def test_a_picture_always_has_words(group, wren, made):
    for alt in ("", "  \n ", "x" * 301):
        with pytest.raises(Refused):
            a_thread(wren, group, picture=Pictured(alt, made))
    with pytest.raises(Refused):
        a_thread(wren, group, picture=Pictured(ALT))
    assert Picture.objects.count() == Post.objects.count() == 0


# --- seen


def test_nobody_outside_learns_that_there_is_one(group, wren, ash, lead, shown):
    a_thread(wren, group, picture=shown)
    visitor = an_expected_visitor(group, lead)
    inside = signed_in(group.organisation, ash)
    assert inside.get(at(group, "1/1/picture/")).status_code == 200
    leave_group(by=member_for(group, viewer=ash))
    assert visitor.visit is not None
    for path in ("1/1/picture/", "1/1/picture/?large=1", "1/9/picture/", "8/1/picture/"):
        assert inside.get(at(group, path)).status_code == 404


def test_it_is_seen_by_whom_its_words_are_for(group, wren, ash, lead, shown):
    thread = a_thread(wren, group)
    a_reply(wren, thread, seen_by="facilitators", picture=shown)
    a_reply(wren, thread)
    assert signed_in(group.organisation, ash).get(at(group, "1/2/picture/")).status_code == 404
    mine = signed_in(group.organisation, wren)
    assert mine.get(at(group, "1/2/picture/")).status_code == 200
    assert mine.get(at(group, "1/3/picture/")).status_code == 404
    assert conversation_at(group, 1, viewer=lead).posts[1].picture["alt"] == ALT


def test_who_saves_data_or_would_rather_be_asked_gets_words_and_a_link(group, browser, ash, shown):
    a_thread(ash, group, picture=shown)
    lean = text(browser.get(at(group, "1/"), headers={"Save-Data": "on"}))
    browser.post(at(group, "mine/"), {"words": "", "pictures": "on"})
    assert 'name="pictures"' in text(browser.get(at(group, "mine/")))
    for page in (lean, text(browser.get(at(group, "1/")))):
        assert SRC.search(page) is None
        assert re.search(rf'<a href="{at(group, "1/1/")}">Show the picture \(\d+ kB\)</a>', page)
        assert ALT in page
        assert 'data-asks="Show the picture"' in page
    assert SRC.search(text(browser.get(at(group, "1/1/"))))


def test_what_folds_words_folds_their_picture(group, browser, ash, shown):
    a_thread(ash, group, words="One", notes=("loss",), picture=shown)
    a_thread(ash, group, words="Two", picture=shown)
    browser.post(at(group, "mine/"), {"folds": ["loss"], "words": "stove"})
    for number in ("1/", "2/"):
        page = text(browser.get(at(group, number)))
        start = page.index("Folded for you:")
        assert start < page.index("/1/picture/") < page.index("</details>", start)


def test_pictures_cost_a_page_no_question_more(group, browser, wren, made):
    thread = a_thread(wren, group)
    change_group(by=SYSTEM, group=group, ceiling=40)
    plain = len(_asked(browser, at(group, "1/")))
    for number in range(6):
        a_reply(wren, thread, picture=Pictured(f"{ALT} {number}", made))
    assert len(_asked(browser, at(group, "1/"))) == plain


def test_open_pages_are_sent_the_picture_with_the_words(group, wren, ash, shown):
    from holdspace.threads.live import TalkLine, listening_to
    from holdspace.threads.voices import voice_in

    thread = a_thread(wren, group)
    kind = listening_to(voice_in(group, ash), thread, seen=1, zone="UTC").kind
    a_reply(wren, thread, "Here it is", picture=shown)
    told = TalkLine().say(thread.pk, 1, [kind]).words[kind]
    assert "1/2/picture/" in told
    assert ALT in told


# --- kept


def test_it_is_sealed_and_all_are_of_one_length(group, wren, made, shown):
    little = pictures.anew(from_a_camera(drawn((60, 40))))
    thread = a_thread(wren, group, picture=shown)
    a_reply(wren, thread, picture=Pictured("A dot", little))
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT small, large FROM threads_picture")
        rows = [tuple(bytes(one) for one in row) for row in cursor.fetchall()]
    assert len({tuple(map(len, row)) for row in rows}) == 1
    assert not [one for row in rows for one in row if b"WEBP" in one or made.small[20:40] in one]


def test_an_unsigned_one_is_tied_to_nobody_and_takes_none_from_a_draft(group, browser, wren, lead):
    a_thread(lead, group)
    actions.change_talk(by=lead, group=group, unsigned_allowed=True)
    sent = {"words": "Nobody knows", "unsigned": "on", "key": "75", "picture": a_file()}
    answer = browser.post(at(group, "1/reply/"), sent)  # no alt: nothing is kept either
    assert answer.status_code == 422
    assert Draft.objects.count() == Picture.objects.count() == 0
    sent["picture"] = a_file()
    assert browser.post(at(group, "1/reply/"), {**sent, "alt": ALT}).status_code == 303
    row, post = Picture.objects.get(), posted(2)
    assert (row.post, row.scope) == (post, post.scope)
    assert post.scope not in {member_for(group, viewer=wren).scope, group.scope}
    browser.post(at(group, "1/reply/"), {**sent, "key": "76", "keep": "1", "picture": a_file()})
    answer = browser.post(at(group, "1/reply/"), {**sent, "key": "76", "alt": ALT, "picture": ""})
    assert "bears your name" in text(answer)
    assert Post.objects.count() == 2


def test_changed_words_keep_it_it_is_said_anew_and_taken_away(group, browser, wren, shown):
    a_thread(wren, group, "Nights", "One", picture=shown)
    page = text(browser.get(at(group, "1/1/edit/")))
    assert field(page, "alt") == ALT
    sent = {"title": "Nights", "words": "Two", "edition": "1", "alt": "A kettle, singing"}
    assert browser.post(at(group, "1/1/edit/"), sent).status_code == 303
    assert posted().shown["picture"]["alt"] == "A kettle, singing"
    actions.note_content(by=wren, post=posted(), notes=("loss",))
    assert "A kettle, singing" in text(browser.get(at(group, "1/1/")))
    answer = browser.post(at(group, "1/1/edit/"), {**sent, "edition": "3", "alt": " "})
    assert "what can be seen" in text(answer).partition('id="id_alt_error">')[2][:200]
    sent |= {"words": "Three", "edition": "3", "without_picture": "on", "alt": ""}
    assert browser.post(at(group, "1/1/edit/"), sent).status_code == 303
    assert Picture.objects.count() == 0
    assert browser.get(at(group, "1/1/picture/")).status_code == 404
    assert "picture/" not in text(browser.get(at(group, "1/1/")))


# --- ended


def test_it_goes_when_words_are_taken_back_or_put_away(group, wren, lead, shown):
    thread = a_thread(wren, group, picture=shown)
    a_reply(wren, thread, picture=shown)
    actions.take_back(by=wren, post=posted(1))
    assert [row.post.number for row in Picture.objects.all()] == [2]
    actions.put_away(by=lead, post=posted(2), why="It shows somebody's door")
    assert Picture.objects.count() == 0


@pytest.mark.parametrize("way", ["left", "erased", "old", "lost"])
def test_it_goes_with_who_wrote_it_and_with_time(group, wren, ash, shown, way):
    a_thread(wren, group, picture=shown)
    mine = member_for(group, viewer=wren)
    file = pictures.anew(from_a_camera(drawn(seed=3)))
    actions.keep_draft(by=wren, group=group, words="Begun", picture=file)
    assert Picture.objects.count() == 2
    talk = posted().talk
    if way == "left":
        actions.leave_words(by=SYSTEM, talk=talk.pk, member=mine.pk, taken_back=True)
    elif way == "erased":
        actions.erase_words(by=SYSTEM, talk=talk.pk, member=mine.pk)
    elif way == "old":
        with clock.at(clock.now() + dt.timedelta(days=400)):
            actions.purge(by=SYSTEM, talk=talk)
            actions.forget_drafts(by=SYSTEM)
    else:
        from holdspace.ledger.acts import outside_act

        with outside_act("a key is gone"):
            shred([mine.scope])
        browser = signed_in(group.organisation, ash)
        assert browser.get(at(group, "1/1/picture/")).status_code == 404
        actions.forget_unopenable(by=SYSTEM)
    assert Picture.objects.count() == 0


def test_ones_own_are_in_what_is_taken_along(group, wren, shown):
    a_thread(wren, group, picture=shown)
    told = privacy._export(member_for(group, viewer=wren).pk)
    assert told["posts"][0]["alt"] == ALT
    assert told["posts"][0]["image"].startswith("data:image/webp;base64,UklGR")
