import pytest

from holdspace.kit import scope
from holdspace.organisations.tests.factories import an_organisation
from holdspace.staff import queries
from holdspace.staff.tests.factories import a_client, a_coordinator, a_staff_account

pytestmark = pytest.mark.django_db

COORDINATORS = [
    "/work/organisation/",
    "/work/organisation/cover/",
    "/work/opening/close/",
    "/work/opening/mail/",
    "/work/staff/invite/",
    "/work/staff/{account}/",
    "/work/staff/{account}/end/",
]
EVERYBODYS = ["/work/staff/", "/work/opening/"]


@pytest.mark.parametrize("path", COORDINATORS + EVERYBODYS)
def test_work_pages_are_for_whom_they_are_meant(
    path, organisation, coordinator_client, facilitator_client, anybody_client
):
    path = path.format(account=facilitator_client.staff.account)
    assert coordinator_client.get(path).status_code == 200
    others = 200 if path in EVERYBODYS else 403
    assert facilitator_client.get(path).status_code == others
    assert anybody_client.get(path).url == "/sign-in/"
    with scope.entered(an_organisation("Elsewhere").id):
        stranger = a_client("coordinator", name="Noor Ali")
    stranger.defaults["HTTP_HOST"] = f"{organisation.slug}.localhost"
    assert stranger.get(path).url == "/sign-in/"


@pytest.mark.parametrize(
    "path",
    [
        "/work/opening/open",
        "/work/opening/mail/send",
        "/work/opening/mail/enter",
        "/work/staff/{account}/offer-new-code",
        "/work/staff/{account}/end/",
        "/work/staff/invitations/{account}/withdraw",
    ],
)
def test_acts_of_coordinators_are_refused_to_others(path, facilitator_client, anybody_client):
    path = path.format(account=facilitator_client.staff.account)
    assert facilitator_client.post(path).status_code in {403, 404}
    assert anybody_client.post(path).url == "/sign-in/"


def test_roles_are_given_and_taken_on_one_page(organisation, coordinator_client):
    sam = a_staff_account("facilitator")
    path = f"/work/staff/{sam.account}/"
    coordinator_client.post(path, {"roles": ["care", "safety"]})
    assert queries.staff_pass(sam.account).roles == {"care", "safety"}
    assert coordinator_client.post(path, {"roles": ["king"]}).status_code == 422
    own = f"/work/staff/{coordinator_client.staff.account}/"
    assert coordinator_client.post(own, {"roles": []}).status_code == 403


def test_an_ended_account_is_nobody_from_the_next_page_on(organisation, coordinator_client):
    sam = a_client("facilitator", name="Sam Okafor")
    assert sam.get("/work/staff/").status_code == 200
    coordinator_client.post(f"/work/staff/{sam.staff.account}/end/")
    assert sam.get("/work/staff/").url == "/sign-in/"


def test_an_invitation_is_shown_once_and_can_be_taken_back(organisation, coordinator_client):
    said = {"name": "Sam Okafor", "shown_as": "Sam", "roles": ["facilitator"]}
    shown = coordinator_client.post("/work/staff/invite/", said, follow=True)
    assert "/staff/begin/" in shown.text
    assert coordinator_client.get("/work/staff/invited/").url == "/work/staff/"
    (link,) = queries.invitations_open(viewer=a_coordinator())
    coordinator_client.post(f"/work/staff/invitations/{link.id}/withdraw")
    assert queries.invitations_open(viewer=a_coordinator()) == []


def test_settings_and_cover_keep_what_was_typed(organisation, coordinator_client):
    page = coordinator_client.get("/work/organisation/")
    assert organisation.name in page.text
    wrong = coordinator_client.post("/work/organisation/", {"name": "New name", "adult_from": 3})
    assert wrong.status_code == 422
    assert "New name" in wrong.text
    wrong = coordinator_client.post(
        "/work/organisation/cover/", {"from_0": "18:00", "from_1": "22:00", "to_1": "18:00"}
    )
    assert wrong.status_code == 422
    assert 'value="22:00"' in wrong.text
    right = coordinator_client.post(
        "/work/organisation/cover/", {"from_0": "18:00", "to_0": "22:00"}
    )
    assert right.status_code == 303
    organisation.refresh_from_db()
    assert organisation.cover == [[0, "18:00", "22:00"]]


def test_settings_are_saved(organisation, coordinator_client):
    said = {
        "name": "New name", "country": "IE", "zone": "Europe/Dublin", "yarn": "slate",
        "mail_name": "Messages", "age_rule": "both", "adult_from": 18, "minors_from": 14,
        "languages": ["en", "ga"], "leave_to": "weather.example",
    }  # fmt: skip
    assert coordinator_client.post("/work/organisation/", said).status_code == 303
    organisation.refresh_from_db()
    assert organisation.languages == ["en", "ga"]
    assert organisation.leave_to == "https://weather.example"
    assert not organisation.wants_second_facilitator


def test_mail_is_tested_from_its_page(organisation, coordinator_client, settings, tmp_path):
    assert "not set up" in coordinator_client.get("/work/opening/mail/").text
    settings.DEMONSTRATION, settings.DATA = True, tmp_path
    wrong = coordinator_client.post("/work/opening/mail/send", {"to_address": "nowhere"})
    assert wrong.status_code == 422
    coordinator_client.post("/work/opening/mail/send", {"to_address": "me@example.org"})
    from holdspace.ledger.worker import run_due

    run_due()
    (file,) = (tmp_path / "mail").iterdir()
    code = file.read_text().split("code is ")[1][:6]
    wrong = coordinator_client.post("/work/opening/mail/enter", {"code": "1"})
    assert wrong.status_code == 422
    right = coordinator_client.post("/work/opening/mail/enter", {"code": code})
    assert right.url == "/work/opening/"
    assert "Mail works" in coordinator_client.get("/work/opening/").text


def test_the_list_of_colleagues_costs_the_same_for_one_and_for_four(
    organisation, coordinator_client, django_assert_max_num_queries
):
    for _more in range(3):
        with django_assert_max_num_queries(8):
            coordinator_client.get("/work/staff/")
        a_staff_account("facilitator")
