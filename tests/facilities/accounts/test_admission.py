"""Admitting persons and software, posting them, and letting them go."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from oauth2_provider.models import Application

from tests.facilities.accounts.factories import (
    ADMINISTRATOR,
    EMPLOYER,
    EVERYBODY,
    MONDAY,
    PASSWORD,
    PersonFactory,
    PostingFactory,
)
from tongguan.facilities.accounts import commands, problems, queries
from tongguan.facilities.accounts.models import ApiClient, Person, Posting
from tongguan.facilities.accounts.values import Actor, NewPosting, Role
from tongguan.facilities.ledger.models import Entry
from tongguan.kernel.problems import ProblemError

REVIEWER = NewPosting(Role.REVIEWER, office="0202")
LATER = MONDAY + timedelta(hours=1)

pytestmark = pytest.mark.django_db


def admit(**changes: object) -> int:
    given: dict[str, object] = {
        "username": "wang.fang",
        "password": PASSWORD,
        "name_zh": "王芳",
        "name_en": "Wang Fang",
        "email": "Wang.Fang@example.cn",
        "home_office": "0401",
        "postings": [REVIEWER],
        "by": ADMINISTRATOR,
        "now": MONDAY,
    }
    return commands.admit_person(**{**given, **changes})  # type: ignore[arg-type]


def codes(refusal: pytest.ExceptionInfo[ProblemError]) -> list[str]:
    return [fault.problem.code for fault in refusal.value.faults]


def test_an_administrator_admits_a_person_with_postings() -> None:
    id_ = admit()

    duties = queries.duties_of_person(id_, now=MONDAY)
    assert duties is not None
    assert duties.name == "wang.fang"
    assert duties.roles == {Role.REVIEWER}
    assert duties.posts == {(Role.REVIEWER, "0202", "", "")}
    assert duties.capacity == "0401 at 0202"
    person = Person.objects.get()
    assert person.check_password(PASSWORD)
    assert person.email == "wang.fang@example.cn"
    kinds = Entry.objects.order_by("number").values_list("kind", "by")
    assert list(kinds) == [("PERSON_ADMITTED", "admin"), ("POSTING_GRANTED", "admin")]


@pytest.mark.parametrize("somebody", EVERYBODY, ids=lambda actor: actor.name)
def test_nobody_else_admits_posts_or_dismisses(somebody: Actor) -> None:
    person = PersonFactory.create()
    posting = PostingFactory.create(person=person)

    for act in (
        lambda: admit(by=somebody),
        lambda: commands.register_client(
            name="erp", label="", postings=(), by=somebody, now=MONDAY
        ),
        lambda: commands.grant_posting(
            account=person.username, posting=REVIEWER, by=somebody, now=MONDAY
        ),
        lambda: commands.end_posting(posting_id=posting.pk, by=somebody, now=MONDAY),
        lambda: commands.dismiss_person(username=person.username, by=somebody, now=MONDAY),
        lambda: commands.withdraw_client(name="erp", by=somebody, now=MONDAY),
        lambda: (
            queries.people(viewer=somebody) if somebody.name != "auditor" else admit(by=somebody)
        ),
    ):
        with pytest.raises(ProblemError) as refusal:
            act()
        assert codes(refusal) == ["ACC-001"]

    assert Person.objects.count() == 1
    assert not Entry.objects.exists()


def test_all_faults_of_an_admission_are_told_at_once_and_nothing_is_kept() -> None:
    PersonFactory.create(username="taken", email="taken@example.cn")

    with pytest.raises(ProblemError) as refusal:
        admit(
            username="taken",
            email="TAKEN@example.cn",
            password="short",
            postings=[NewPosting(Role.GATE)],
        )

    assert codes(refusal) == ["ACC-002", "ACC-004", "ACC-005", "ACC-006"]
    assert Person.objects.count() == 1
    assert not Posting.objects.exists()
    assert not Entry.objects.exists()


def test_many_may_have_no_address() -> None:
    admit(email="")
    admit(username="li.qiang", email="")

    assert Person.objects.filter(email="").count() == 2


def test_a_posting_granted_counts_from_now_until_it_ends() -> None:
    id_ = admit(postings=())
    made = commands.grant_posting(
        account="wang.fang",
        posting=NewPosting(Role.INSPECTOR, office="0101"),
        by=ADMINISTRATOR,
        now=MONDAY,
    )

    commands.end_posting(posting_id=made, by=ADMINISTRATOR, now=LATER)

    before = queries.duties_of_person(id_, now=LATER - timedelta(seconds=1))
    after = queries.duties_of_person(id_, now=LATER)
    assert before is not None
    assert after is not None
    assert before.roles == {Role.INSPECTOR}
    assert after.roles == frozenset()
    entry = Entry.objects.get(kind="POSTING_ENDED")
    assert (entry.facts["account"], entry.facts["role"]) == ("wang.fang", "INSPECTOR")


def test_a_posting_ends_once() -> None:
    posting = PostingFactory.create()
    commands.end_posting(posting_id=posting.pk, by=ADMINISTRATOR, now=LATER)

    with pytest.raises(ProblemError) as refusal:
        commands.end_posting(posting_id=posting.pk, by=ADMINISTRATOR, now=LATER)

    assert refusal.value.faults == (problems.NO_POSTING.at("", posting=posting.pk),)


@pytest.mark.parametrize("account", ["nobody", "client:nobody"])
def test_only_an_account_that_is_there_can_be_posted(account: str) -> None:
    with pytest.raises(ProblemError) as refusal:
        commands.grant_posting(account=account, posting=REVIEWER, by=ADMINISTRATOR, now=MONDAY)

    assert refusal.value.faults == (problems.NO_ACCOUNT.at("", name=account),)


def test_a_posting_with_a_fault_is_not_granted() -> None:
    person = PersonFactory.create()

    with pytest.raises(ProblemError) as refusal:
        commands.grant_posting(
            account=person.username, posting=NewPosting(Role.GATE), by=ADMINISTRATOR, now=MONDAY
        )

    assert codes(refusal) == ["ACC-006"]
    assert not Posting.objects.exists()


def test_a_dismissed_person_has_no_duties_and_no_password() -> None:
    id_ = admit()

    commands.dismiss_person(username="wang.fang", by=ADMINISTRATOR, now=LATER)

    assert queries.duties_of_person(id_, now=LATER) is None
    assert not Person.objects.get().has_usable_password()
    assert Posting.objects.get().valid_until == LATER
    with pytest.raises(ProblemError) as refusal:
        commands.dismiss_person(username="wang.fang", by=ADMINISTRATOR, now=LATER)
    assert codes(refusal) == ["ACC-009"]


def test_a_name_is_never_given_again() -> None:
    admit()
    commands.dismiss_person(username="wang.fang", by=ADMINISTRATOR, now=LATER)

    with pytest.raises(ProblemError) as refusal:
        admit(email="")

    assert codes(refusal) == ["ACC-002"]


def test_software_is_admitted_with_a_secret_that_is_kept_as_a_hash() -> None:
    client_id, secret = commands.register_client(
        name="acme-erp",
        label="ACME ERP",
        postings=[NewPosting(Role.TRADER, employer=EMPLOYER)],
        by=ADMINISTRATOR,
        now=MONDAY,
    )

    duties = queries.duties_of_client(client_id, now=MONDAY)
    assert duties is not None
    assert (duties.name, duties.label, duties.person_id) == ("client:acme-erp", "ACME ERP", None)
    assert duties.enterprise_ids == {7}
    assert secret not in Application.objects.get().client_secret


def test_faults_of_software_are_told_at_once() -> None:
    ApiClient.objects.create(client_id="x", name="erp", label="", admitted_at=MONDAY)

    with pytest.raises(ProblemError) as refusal:
        commands.register_client(
            name="erp", label="", postings=[NewPosting(Role.GATE)], by=ADMINISTRATOR, now=MONDAY
        )

    assert codes(refusal) == ["ACC-022", "ACC-006", "ACC-002"]
    assert not Application.objects.exists()


def test_software_can_be_posted_further() -> None:
    client_id, _ = commands.register_client(
        name="erp", label="ERP", postings=(), by=ADMINISTRATOR, now=MONDAY
    )

    commands.grant_posting(
        account="client:erp",
        posting=NewPosting(Role.CARRIER, employer=EMPLOYER),
        by=ADMINISTRATOR,
        now=MONDAY,
    )

    duties = queries.duties_of_client(client_id, now=MONDAY)
    assert duties is not None
    assert duties.roles == {Role.CARRIER}


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "GATE", "office": "", "site": ""},
        {"role": "SYSTEM", "office": ""},
        {"role": "REVIEWER", "office": "0202", "district": "02"},
        {"role": "REVIEWER", "office": "020"},
        {"role": "BROKER", "office": ""},
        {"role": "ADMINISTRATOR", "office": "0202"},
        {"valid_until": MONDAY - timedelta(days=1)},
    ],
)
def test_the_database_too_refuses_a_posting_that_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PostingFactory.create(**wrong)


def test_the_language_chosen_is_remembered() -> None:
    person = PersonFactory.create()

    commands.choose_language(person_id=person.pk, language="en")

    assert Person.objects.get().language == "en"
