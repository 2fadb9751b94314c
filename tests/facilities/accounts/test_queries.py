"""Who somebody is, by the postings in force; who holds a role; what administrators list."""

from datetime import timedelta

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from tests.facilities.accounts.factories import (
    ADMINISTRATOR,
    MONDAY,
    PersonFactory,
    PostingFactory,
)
from tongguan.facilities.accounts import queries
from tongguan.facilities.accounts.models import ApiClient
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.kernel.problems import ProblemError

pytestmark = pytest.mark.django_db


def test_all_postings_in_force_count_together() -> None:
    person = PersonFactory.create(home_office="0202")
    PostingFactory.create(person=person, office="0202")
    PostingFactory.create(person=person, role="COORDINATOR", office="", district="04")
    PostingFactory.create(person=person, at_gate=True)
    PostingFactory.create(person=person, role="BROKER", office="", enterprise_id=7)

    duties = queries.duties_of_person(person.pk, now=MONDAY)

    assert duties is not None
    assert duties.roles == {Role.REVIEWER, Role.COORDINATOR, Role.GATE, Role.BROKER}
    assert duties.posts == {
        (Role.REVIEWER, "0202", "", ""),
        (Role.COORDINATOR, "", "04", ""),
        (Role.GATE, "", "", "0202-01"),
        (Role.BROKER, "", "", ""),
    }
    assert duties.sites == {"0202-01"}
    assert duties.enterprise_ids == {7}
    assert duties.capacity == "0202 at 0202, 04"


def test_postings_to_come_and_postings_ended_do_not_count() -> None:
    person = PersonFactory.create()
    PostingFactory.create(person=person, valid_from=MONDAY + timedelta(seconds=1))
    PostingFactory.create(person=person, valid_from=MONDAY - timedelta(days=9), valid_until=MONDAY)

    duties = queries.duties_of_person(person.pk, now=MONDAY)

    assert duties is not None
    assert duties.roles == frozenset()


def test_a_person_is_called_in_the_readers_language() -> None:
    person = PersonFactory.create()

    with translation.override("zh-hans"):
        assert person.get_full_name() == "王芳"
    with translation.override("en"):
        assert person.get_full_name() == "Wang Fang"
        assert PersonFactory.build(name_en="").get_full_name() == "王芳"
        assert PersonFactory.build(name_en="", name_zh="", username="x").get_full_name() == "x"


def test_nobody_stands_behind_an_unknown_client() -> None:
    assert queries.duties_of_client("unknown", now=MONDAY) is None


def test_who_holds_a_role_at_an_office_is_found_through_office_district_and_region() -> None:
    for username, place in (
        ("here", {"office": "0202"}),
        ("district", {"office": "", "district": "02"}),
        ("region", {"office": ""}),
        ("elsewhere", {"office": "0101"}),
        ("other", {"office": "0202", "role": "INSPECTOR"}),
    ):
        PostingFactory.create(person__username=username, **place)
    PostingFactory.create(person__username="dismissed", person__is_active=False)

    found = queries.posted(Role.REVIEWER, office="0202", district="02", now=MONDAY)

    assert found == ("district", "here", "region")


def test_names_are_told_in_both_languages() -> None:
    PersonFactory.create(username="wang.fang")

    assert queries.names(["wang.fang", "system"]) == {"wang.fang": ("Wang Fang", "王芳")}


def test_people_are_listed_page_by_page() -> None:
    for username in ("b1", "a1", "c1"):
        PersonFactory.create(username=username)

    first = queries.people(viewer=ADMINISTRATOR, limit=2)
    second = queries.people(viewer=ADMINISTRATOR, after=first[-1].username)

    assert [row.username for row in first] == ["a1", "b1"]
    assert [row.username for row in second] == ["c1"]
    assert queries.people(viewer=ADMINISTRATOR, name="b1") == first[1:]


def test_software_is_listed_page_by_page() -> None:
    for name in ("b1", "a1", "c1"):
        ApiClient.objects.create(client_id=name, name=name, label=name, admitted_at=MONDAY)

    first = queries.clients(viewer=ADMINISTRATOR, limit=2)
    second = queries.clients(viewer=ADMINISTRATOR, after=first[-1].name)

    assert [row.name for row in first] == ["a1", "b1"]
    assert [row.name for row in second] == ["c1"]
    assert queries.clients(viewer=ADMINISTRATOR, name="b1") == first[1:]
    with pytest.raises(ProblemError):
        queries.clients(viewer=Actor("li.qiang", ""))


def test_postings_of_many_are_read_in_one_statement(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    person = PersonFactory.create(username="wang.fang")
    client = ApiClient.objects.create(client_id="x", name="erp", label="", admitted_at=MONDAY)
    first = PostingFactory.create(person=person)
    second = PostingFactory.create(person=person, office="0101")
    PostingFactory.create(person=person, valid_until=MONDAY)
    of_software = PostingFactory.create(person=None, client=client)
    PostingFactory.create()

    with django_assert_num_queries(1):
        found = queries.postings_of(
            ["client:erp", "wang.fang", "nobody"], viewer=ADMINISTRATOR, now=MONDAY
        )

    ids = {account: [row.id for row in rows] for account, rows in found.items()}
    assert ids == {
        "client:erp": [of_software.pk],
        "wang.fang": [first.pk, second.pk],
        "nobody": [],
    }
    with pytest.raises(ProblemError):
        queries.postings_of(["wang.fang", "x"], viewer=Actor("wang.fang", ""), now=MONDAY)


def test_a_person_sees_his_own_postings_and_nobody_elses() -> None:
    posting = PostingFactory.create(person__username="wang.fang")
    herself = Actor("wang.fang", "王芳")

    [row] = queries.postings(account="wang.fang", viewer=herself, now=MONDAY)

    assert (row.id, row.role, row.office) == (posting.pk, Role.REVIEWER, "0202")
    assert queries.postings(account="wang.fang", viewer=ADMINISTRATOR, now=MONDAY) == (row,)
    with pytest.raises(ProblemError):
        queries.postings(account="wang.fang", viewer=Actor("li.qiang", ""), now=MONDAY)
    assert queries.postings(account="client:x", viewer=ADMINISTRATOR, now=MONDAY) == ()
