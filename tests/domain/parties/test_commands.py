"""Registering, classing and suspending enterprises."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.domain.parties.factories import (
    DAY,
    NOW,
    CreditRecordFactory,
    EnterpriseFactory,
    credit_code,
)
from tongguan.domain.parties import commands, problems, queries
from tongguan.domain.parties.models import CreditRecord, Enterprise
from tongguan.domain.parties.values import CreditClass, EnterpriseKind, EnterpriseRow, NewEnterprise
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.facilities.ledger.models import Entry
from tongguan.kernel.problems import ProblemError

TOMORROW = NOW + timedelta(days=1)
NEW = NewEnterprise(
    scc=credit_code(90001),
    customs_code="1111990001",
    name_zh="新企业",
    kind=EnterpriseKind.TRADER,
    home_office="0128",
    credit=CreditClass.GENERAL,
)
TRADER = Actor("trader", "", roles=frozenset({Role.TRADER}))

pytestmark = pytest.mark.django_db


def codes(refusal: pytest.ExceptionInfo[ProblemError]) -> list[str]:
    return [fault.problem.code for fault in refusal.value.faults]


def as_of(scc: str, day: date) -> EnterpriseRow:
    return queries.known([scc], day).answer()[scc]


def test_an_enterprise_is_registered_once_for_all_districts_with_its_class() -> None:
    made = commands.copy_in([NEW], by=SYSTEM, now=NOW)

    row = as_of(NEW.scc, DAY)
    assert made == {NEW.scc: row.id}
    assert (row.credit, row.registered_on, row.suspended) == (CreditClass.GENERAL, DAY, False)
    assert Entry.objects.get().kind == "ENTERPRISES_REGISTERED"


def test_the_day_of_registration_is_the_regions() -> None:
    late = NOW.replace(hour=17)

    commands.copy_in([NEW], by=SYSTEM, now=late)

    assert Enterprise.objects.get().registered_on == DAY + timedelta(days=1)


def test_an_enterprise_may_be_registered_before_today() -> None:
    id_ = commands.register(
        scc=NEW.scc,
        customs_code="",
        name_zh="银行",
        name_en="Bank",
        kind=EnterpriseKind.BANK,
        home_office="0201",
        credit=CreditClass.B,
        by=SYSTEM,
        now=NOW,
        since=date(2014, 1, 1),
    )

    row = as_of(NEW.scc, date(2014, 6, 1))
    assert (row.id, row.customs_code, row.credit) == (id_, "", CreditClass.B)


def test_a_second_registration_is_refused_and_all_of_them_are_told() -> None:
    EnterpriseFactory.create(scc=NEW.scc)
    EnterpriseFactory.create(customs_code="1111990002")
    other = NewEnterprise(
        scc=credit_code(90002),
        customs_code="1111990002",
        name_zh="另一企业",
        kind=EnterpriseKind.TRADER,
        home_office="0128",
        credit=CreditClass.GENERAL,
    )

    with pytest.raises(ProblemError) as refusal:
        commands.copy_in([NEW, other], by=SYSTEM, now=NOW)

    assert [fault.pointer for fault in refusal.value.faults] == ["#/0", "#/1"]
    assert codes(refusal) == ["PAR-002", "PAR-002"]
    assert Enterprise.objects.count() == 2
    assert not Entry.objects.exists()


def test_one_enterprise_twice_in_a_set_is_refused() -> None:
    with pytest.raises(ProblemError) as refusal:
        commands.copy_in([NEW, NEW], by=SYSTEM, now=NOW)

    assert codes(refusal) == ["PAR-002", "PAR-002"]


def test_faults_of_form_are_told_before_anything_is_written() -> None:
    with pytest.raises(ProblemError) as refusal:
        commands.register(
            scc="x",
            customs_code="x",
            name_zh="",
            name_en="",
            kind=EnterpriseKind.TRADER,
            home_office="",
            credit=CreditClass.GENERAL,
            by=SYSTEM,
            now=NOW,
        )

    assert codes(refusal) == ["PAR-001", "PAR-003", "PAR-004", "PAR-005"]
    assert not Enterprise.objects.exists()


def test_a_class_holds_until_the_next_one_begins() -> None:
    record = CreditRecordFactory.create(credit="A", valid_from=date(2014, 7, 1))
    id_, scc = record.enterprise_id, record.enterprise.scc

    commands.set_class(
        enterprise_id=id_, credit=CreditClass.CERTIFIED, reason="audit", by=SYSTEM, now=NOW
    )

    assert as_of(scc, DAY - timedelta(days=1)).credit is CreditClass.A
    assert as_of(scc, DAY).credit is CreditClass.CERTIFIED
    assert [row.credit for row in queries.classes_of(id_, viewer=officer("0128"))] == [
        CreditClass.CERTIFIED,
        CreditClass.A,
    ]


@pytest.mark.parametrize(
    ("credit", "day", "given"),
    [
        (CreditClass.AA, date(2014, 11, 30), True),
        (CreditClass.AA, date(2014, 12, 1), False),
        (CreditClass.GENERAL_CERTIFIED, date(2021, 10, 31), True),
        (CreditClass.GENERAL_CERTIFIED, date(2021, 11, 1), False),
        (CreditClass.SERIOUSLY_DISCREDITED, date(2026, 3, 31), False),
        (CreditClass.SERIOUSLY_DISCREDITED, date(2026, 4, 1), True),
    ],
)
def test_only_a_class_of_the_day_is_given(credit: CreditClass, day: date, given: bool) -> None:
    record = CreditRecordFactory.create(credit="B", valid_from=date(2014, 7, 1))
    id_, scc = record.enterprise_id, record.enterprise.scc
    act = partial(commands.set_class, enterprise_id=id_, reason="audit", by=SYSTEM, now=NOW)

    if given:
        act(credit=credit, since=day)
    else:
        with pytest.raises(ProblemError) as refusal:
            act(credit=credit, since=day)
        assert codes(refusal) == ["PAR-040"]

    assert as_of(scc, DAY).credit is (credit if given else CreditClass.B)


def test_a_class_set_twice_on_a_day_is_the_last_one() -> None:
    record = CreditRecordFactory.create()
    for credit in (CreditClass.ADVANCED, CreditClass.DISCREDITED):
        commands.set_class(
            enterprise_id=record.enterprise_id, credit=credit, reason="", by=SYSTEM, now=NOW
        )

    assert as_of(record.enterprise.scc, DAY).credit is CreditClass.DISCREDITED
    assert CreditRecord.objects.count() == 2


def test_an_enterprise_without_a_class_gets_its_first() -> None:
    enterprise = EnterpriseFactory.create()

    commands.set_class(
        enterprise_id=enterprise.pk, credit=CreditClass.ADVANCED, reason="", by=SYSTEM, now=NOW
    )

    assert as_of(enterprise.scc, DAY).credit is CreditClass.ADVANCED


def test_a_class_cannot_begin_before_the_one_in_force() -> None:
    record = CreditRecordFactory.create(valid_from=DAY)

    with pytest.raises(ProblemError) as refusal:
        commands.set_class(
            enterprise_id=record.enterprise_id,
            credit=CreditClass.ADVANCED,
            reason="",
            by=SYSTEM,
            now=NOW,
            since=DAY - timedelta(days=1),
        )

    assert refusal.value.faults == (problems.CLASS_BEFORE.at("", since=DAY),)


def test_a_class_that_has_not_begun_is_dropped_by_one_from_an_earlier_day() -> None:
    record = CreditRecordFactory.create(valid_from=DAY)
    give = partial(
        commands.set_class, enterprise_id=record.enterprise_id, reason="", by=SYSTEM, now=NOW
    )
    for months, credit in ((10, CreditClass.ADVANCED), (11, CreditClass.DISCREDITED)):
        give(credit=credit, since=DAY + timedelta(days=30 * months))
    give(credit=CreditClass.GENERAL, since=DAY + timedelta(days=30))
    given = CreditRecord.objects.order_by("valid_from").values_list("valid_from", "valid_until")

    assert [(begin, end) for begin, end in given] == [
        (DAY, DAY + timedelta(days=30)),
        (DAY + timedelta(days=30), None),
    ]

    give(credit=CreditClass.ADVANCED)

    [left] = CreditRecord.objects.all()
    assert (left.credit, left.valid_from, left.valid_until) == ("advanced", DAY, None)


def test_a_class_begins_within_a_year_or_is_refused() -> None:
    record = CreditRecordFactory.create(valid_from=DAY)
    give = partial(
        commands.set_class,
        enterprise_id=record.enterprise_id,
        credit=CreditClass.ADVANCED,
        reason="",
        by=SYSTEM,
        now=NOW,
    )
    give(since=DAY + commands.CLASS_AHEAD)

    with pytest.raises(ProblemError, match="PAR-041"):
        give(since=date(9999, 12, 31))


def test_the_database_too_refuses_two_classes_on_one_day() -> None:
    record = CreditRecordFactory.create()

    with pytest.raises(IntegrityError), transaction.atomic():
        CreditRecordFactory.create(enterprise=record.enterprise, valid_from=DAY)


def test_a_suspension_holds_from_today_until_it_ends_or_is_lifted() -> None:
    enterprise = EnterpriseFactory.create()
    id_, scc = enterprise.pk, enterprise.scc

    commands.suspend(
        enterprise_id=id_, reason="investigation", until=date(2026, 12, 1), by=SYSTEM, now=NOW
    )

    assert not as_of(scc, DAY - timedelta(days=1)).suspended
    assert as_of(scc, DAY).suspended
    assert as_of(scc, date(2026, 11, 30)).suspended
    assert not as_of(scc, date(2026, 12, 1)).suspended

    commands.lift_suspension(enterprise_id=id_, reason="cleared", by=SYSTEM, now=TOMORROW)

    assert not as_of(scc, DAY).suspended


@pytest.mark.parametrize("until", [DAY, DAY - timedelta(days=1)])
def test_a_suspension_that_would_be_over_is_refused_and_leaves_nothing(until: date) -> None:
    enterprise = EnterpriseFactory.create()

    with pytest.raises(ProblemError) as refusal:
        commands.suspend(
            enterprise_id=enterprise.pk, reason="late", until=until, by=SYSTEM, now=NOW
        )

    assert refusal.value.faults == (
        problems.SUSPENSION_OVER.at("#/valid_until", since=DAY, until=until),
    )
    assert not as_of(enterprise.scc, DAY).suspended
    assert not Entry.objects.filter(kind="ENTERPRISE_SUSPENDED").exists()


def test_only_a_suspension_that_holds_is_lifted() -> None:
    enterprise = EnterpriseFactory.create()
    id_ = enterprise.pk

    with pytest.raises(ProblemError) as never:
        commands.lift_suspension(enterprise_id=id_, reason="", by=SYSTEM, now=NOW)
    commands.suspend(
        enterprise_id=id_, reason="", until=DAY + timedelta(days=1), by=SYSTEM, now=NOW
    )
    with pytest.raises(ProblemError) as over:
        commands.lift_suspension(enterprise_id=id_, reason="", by=SYSTEM, now=TOMORROW)

    assert codes(never) == codes(over) == ["PAR-009"]
    assert not Entry.objects.filter(kind="SUSPENSION_LIFTED").exists()


@pytest.mark.parametrize(
    "act",
    [
        lambda by: commands.copy_in([NEW], by=by, now=NOW),
        lambda by: commands.set_class(
            enterprise_id=1, credit=CreditClass.A, reason="", by=by, now=NOW
        ),
        lambda by: commands.suspend(enterprise_id=1, reason="", by=by, now=NOW),
        lambda by: commands.lift_suspension(enterprise_id=1, reason="", by=by, now=NOW),
    ],
)
def test_a_trader_changes_nothing_in_the_register(act: Any) -> None:
    with pytest.raises(ProblemError) as refusal:
        act(TRADER)

    assert codes(refusal) == ["ACC-001"]


@pytest.mark.parametrize(
    "act",
    [
        lambda: commands.set_class(
            enterprise_id=0, credit=CreditClass.A, reason="", by=SYSTEM, now=NOW
        ),
        lambda: commands.suspend(enterprise_id=0, reason="", by=SYSTEM, now=NOW),
        lambda: commands.lift_suspension(enterprise_id=0, reason="", by=SYSTEM, now=NOW),
    ],
)
def test_an_unknown_enterprise_is_told(act: Any) -> None:
    with pytest.raises(ProblemError) as refusal:
        act()

    assert refusal.value.faults == (problems.UNKNOWN.at("", enterprise=0),)


def officer(office: str) -> Actor:
    return Actor("officer", "", roles=frozenset({Role.AUDITOR}), offices=frozenset({office}))
