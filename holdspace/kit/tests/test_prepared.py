"""A prepared question gives what the queryset would have given, and never another one's answer."""

import datetime as dt

import pytest
from django.db.models import Count, F, OuterRef, Subquery

from holdspace.groups.models import Agreement, Group
from holdspace.groups.tests.factories import a_group
from holdspace.kit import clock, scope
from holdspace.kit.prepared import BakedIn, prepared
from holdspace.ledger.acts import outside_act
from holdspace.organisations.models import Organisation
from holdspace.organisations.tests.factories import an_organisation

pytestmark = pytest.mark.django_db


def _numbered():
    """A question over two tables, with a column left out, one added and one compared with a day."""
    latest = Agreement.objects.filter(group=OuterRef("pk")).order_by().values("group")
    many = Subquery(latest.annotate(many=Count("pk")).values("many"))
    rows = Group.objects.select_related("organisation").defer("style").annotate(versions=many)
    return rows.order_by("name")


@prepared()
def _named(*, names, since):
    return _numbered().filter(name__in=names, confirmed_on__gte=since)


@prepared("many")
def _first(*, many):
    return Group.objects.order_by("name").values_list("name", flat=True)[:many]


@prepared()
def _codes(*, ids):
    return Group.objects.filter(id__in=ids).values_list("id", "code")


def _columns(row):
    return {name: value for name, value in vars(row).items() if name != "_state"}


def test_the_rows_are_those_of_the_queryset(organisation):
    names = [a_group(name).name for name in ("Amber", "Birch", "Cedar")]
    since = clock.today() - dt.timedelta(days=1)
    for many in (3, 2, 1):
        asked = {"names": names[:many], "since": since}
        plain = list(_numbered().filter(name__in=names[:many], confirmed_on__gte=since))
        ours = _named(**asked)
        assert [_columns(one) for one in ours] == [_columns(one) for one in plain]
        assert [_columns(one.organisation) for one in ours] == [vars_of_house(organisation)] * many
        assert ours == plain
        assert ours[0].versions == plain[0].versions
    assert _named(names=names, since=since + dt.timedelta(days=2)) == []


def vars_of_house(organisation):
    return _columns(Organisation.objects.get(id=organisation.id))


def test_a_row_lives_on_like_any_other(organisation, django_assert_num_queries):
    group = a_group("Amber")
    (found,) = _named(names=["Amber"], since=group.confirmed_on)
    with django_assert_num_queries(1):
        assert found.style == group.style
    with django_assert_num_queries(0):
        assert found.organisation.name == organisation.name
    with outside_act("test"):
        found.name = "Aspen"
        found.save()
    assert Group.objects.get().name == "Aspen"


def test_the_second_lock_holds_at_every_asking(organisation):
    here = a_group("Amber")
    elsewhere = an_organisation("Elsewhere", "elsewhere")
    with scope.entered(elsewhere.id):
        there = a_group("Birch")
    for _ in range(2):
        assert _first(many=9) == ["Amber"]
        assert _codes(ids=[here.id, there.id]) == [(here.id, here.code)]
        with scope.entered(elsewhere.id):
            assert _first(many=9) == ["Birch"]
            assert _codes(ids=[here.id, there.id]) == [(there.id, there.code)]
        with scope.everywhere("a test"):
            assert _first(many=9) == ["Amber", "Birch"]


def test_outside_every_organisation_it_is_refused():
    for _ in range(2):
        with pytest.raises(scope.OutsideOrganisation):
            _first(many=1)


def test_lists_of_any_length_and_limits(organisation):
    ids = {a_group(f"Group {n}").id for n in range(6)}
    for many in range(7):
        wanted = sorted(ids)[:many]
        assert {one for one, _code in _codes(ids=wanted)} == set(wanted)
        assert len(_first(many=many + 1)) == min(many + 1, 6)


def test_it_is_built_once(organisation, django_assert_num_queries):
    built = []

    @prepared()
    def named(*, name):
        built.append(name)
        return Group.objects.filter(name=name)

    group = a_group("Amber")
    with django_assert_num_queries(3):
        assert [named(name="Amber"), named(name="Birch"), named(name="Amber")] == [
            [group], [], [group],
        ]  # fmt: skip
    assert len(built) == 1


@pytest.mark.parametrize("having", [
    {"id": 2**40}, {"confirmed_on": dt.date(2026, 1, 1)}, {"organisation__scope": 2**50},
])  # fmt: skip
def test_what_belongs_to_one_asking_is_refused(organisation, having):
    @prepared()
    def baked(*, name):
        return Group.objects.filter(name=name, **having)

    with pytest.raises(BakedIn):
        baked(name="Amber")


def test_nothing_and_the_unknown_are_refused(organisation):
    @prepared()
    def at(*, town):
        return Group.objects.filter(town=town)

    for odd in (None, 1.5, object()):
        with pytest.raises(TypeError):
            at(town=odd)
    with pytest.raises(TypeError):
        at("London")


def test_prefetches_and_dictionaries_are_refused(organisation):
    @prepared()
    def fetched(*, name):
        return Group.objects.filter(name=name).prefetch_related("agreements")

    @prepared()
    def told(*, name):
        return Group.objects.filter(name=name).annotate(same=F("name")).values("same")

    for question in (fetched, told):
        with pytest.raises(TypeError):
            question(name="Amber")
