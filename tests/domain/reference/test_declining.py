"""What waits for a second person is withdrawn by who loaded it, or declined by another."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest
from django.db import IntegrityError, transaction

from tests.domain.reference.test_tariff_file import ROW, sheet
from tests.facilities.accounts.factories import PersonFactory
from tongguan.domain.reference.commands import (
    approve_tariff,
    confirm_rate,
    load_tariff,
    propose_rate,
)
from tongguan.domain.reference.declining import decline_calendar, decline_rate, decline_tariff
from tongguan.domain.reference.holidays import approve_calendar, load_calendar
from tongguan.domain.reference.models import CalendarRelease, RateCorrection, TariffRelease
from tongguan.domain.reference.queries import renew, snapshot
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.facilities.ledger.models import Entry
from tongguan.kernel.problems import ProblemError

pytestmark = pytest.mark.django_db

NOW: Final = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
LATER: Final = NOW + timedelta(hours=1)
WANG: Final = Actor("wang", "王", 1, roles=frozenset({Role.REVENUE}))
LI: Final = Actor("li", "李", 2, roles=frozenset({Role.ADMINISTRATOR}))
CLERK: Final = Actor("shen", "沈", 3, roles=frozenset({Role.REVIEWER}))


def tariff() -> int:
    return load_tariff(
        sheet(ROW), name="x", source="x", valid_from=date(2027, 1, 1), by=WANG, now=NOW
    ).release


def calendar() -> int:
    row = b"day,kind,source\n2026-10-13,holiday,a notice\n"
    return load_calendar(row, name="x", backdated="announced late", by=WANG, now=NOW).release


def rate(cny: str = "7.25", now: datetime = NOW) -> int:
    return propose_rate(
        currency="USD",
        month=date(2026, 11, 1),
        rate=cny,
        reason="misread",
        source="PBoC",
        by=WANG,
        now=now,
    )


Act = Callable[..., None]
Model = type[TariffRelease] | type[CalendarRelease] | type[RateCorrection]
CASES: Final[dict[str, tuple[Callable[[], int], Act, Act, Model, str]]] = {
    "tariff": (tariff, decline_tariff, approve_tariff, TariffRelease, "REF-081"),
    "calendar": (calendar, decline_calendar, approve_calendar, CalendarRelease, "REF-081"),
    "rate": (rate, decline_rate, confirm_rate, RateCorrection, "REF-025"),
}
every_kind = pytest.mark.parametrize("kind", CASES)


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Let each test see what it loads, and none what another had."""
    renew()
    yield
    renew()


def codes_of(refusal: pytest.ExceptionInfo[ProblemError]) -> list[str]:
    return [fault.problem.code for fault in refusal.value.faults]


@every_kind
@pytest.mark.parametrize("by", [WANG, LI], ids=["who loaded it", "another"])
def test_what_was_declined_never_comes_in_force(kind: str, by: Actor) -> None:
    load, decline, approve, model, gone = CASES[kind]
    number = load()
    renew()
    before = snapshot().version

    decline(number, reason=" the wrong file ", by=by, now=LATER)

    for act in (approve, decline):
        with pytest.raises(ProblemError) as refusal:
            act(number, **({"reason": "x"} if act is decline else {}), by=LI, now=LATER)
        assert codes_of(refusal) == [gone]
    renew()
    assert snapshot().version == before
    row = model.objects.values("declined_by", "declined_at", "decline_reason").get()
    assert tuple(row.values()) == (by.name, LATER, "the wrong file")
    entry = Entry.objects.order_by("number").last()
    assert entry is not None
    assert (entry.kind, entry.by) == (f"{kind.upper()}_DECLINED", by.name)
    assert entry.facts["reason"] == "the wrong file"


@every_kind
def test_the_same_is_loaded_anew_after_it_was_declined_and_approved_then(kind: str) -> None:
    load, decline, approve, _model, _gone = CASES[kind]
    first = load()
    renew()
    before = snapshot().version
    decline(first, reason="too early", by=WANG, now=NOW)

    again = load()
    approve(again, by=LI, now=LATER)
    renew()

    assert again != first
    assert snapshot().version != before


@every_kind
def test_only_a_person_with_the_role_who_signed_in_and_says_why_declines(kind: str) -> None:
    load, decline, _approve, model, _gone = CASES[kind]
    number = load()

    told = []
    for by, reason in (
        (CLERK, "x"),
        (SYSTEM, "x"),
        (replace(LI, signed_in=False), "x"),
        (LI, "  "),
    ):
        with pytest.raises(ProblemError) as refusal:
            decline(number, reason=reason, by=by, now=NOW)
        told += codes_of(refusal)

    assert told == ["ACC-001", "ACC-014", "ACC-016", "REF-084"]
    assert model.objects.filter(declined_at=None).count() == 1


@every_kind
def test_what_is_in_force_is_not_declined(kind: str) -> None:
    load, decline, approve, model, gone = CASES[kind]
    number = load()
    approve(number, by=LI, now=NOW)

    with pytest.raises(ProblemError) as refusal:
        decline(number, reason="x", by=LI, now=LATER)

    assert codes_of(refusal) == [gone]
    values = {"declined_by": "li", "declined_at": NOW, "decline_reason": "x"}
    with (
        pytest.raises(IntegrityError, match=f"{kind}_declined_while_it_waits"),
        transaction.atomic(),
    ):
        model.objects.update(**values)


@every_kind
def test_what_somebody_loaded_whose_account_was_withdrawn_is_cleared_away(kind: str) -> None:
    load, decline, _approve, model, _gone = CASES[kind]
    number = load()
    PersonFactory.create(username="wang", is_active=False)

    decline(number, reason="left the service", by=LI, now=NOW)

    assert model.objects.exclude(declined_at=None).count() == 1


def test_a_rate_that_waited_does_not_undo_another_of_its_month() -> None:
    first, second = rate("7.25"), rate("7.20")
    confirm_rate(second, by=LI, now=LATER)

    with pytest.raises(ProblemError) as refusal:
        confirm_rate(first, by=LI, now=LATER + timedelta(hours=4))

    assert codes_of(refusal) == ["REF-083"]
    again = rate("7.25", LATER)
    confirm_rate(again, by=LI, now=LATER + timedelta(hours=5))
    renew()
    found = snapshot().exchange.rate("USD", date(2026, 11, 24))
    assert found is not None
    assert str(found.rate.normalize()) == "7.25"
