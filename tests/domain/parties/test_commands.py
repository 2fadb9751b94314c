"""Registering, classing and suspending enterprises; giving and revoking mandates."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.domain.parties.factories import (
    DAY,
    NOW,
    CreditRecordFactory,
    EnterpriseFactory,
    MandateFactory,
    credit_code,
)
from tongguan.domain.parties import commands, problems, queries
from tongguan.domain.parties.models import CreditRecord, Enterprise, Mandate
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

    commands.set_class(enterprise_id=id_, credit=CreditClass.AA, reason="audit", by=SYSTEM, now=NOW)

    assert as_of(scc, DAY - timedelta(days=1)).credit is CreditClass.A
    assert as_of(scc, DAY).credit is CreditClass.AA
    assert [row.credit for row in queries.classes_of(id_, viewer=officer("0128"))] == [
        CreditClass.AA,
        CreditClass.A,
    ]


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
        lambda: grant(principal_id=0, broker_id=0, by=SYSTEM),
    ],
)
def test_an_unknown_enterprise_is_told(act: Any) -> None:
    with pytest.raises(ProblemError) as refusal:
        act()

    assert refusal.value.faults == (problems.UNKNOWN.at("", enterprise=0),)


def officer(office: str) -> Actor:
    return Actor("officer", "", roles=frozenset({Role.AUDITOR}), offices=frozenset({office}))


def working_for(*ids: int) -> Actor:
    return Actor("wang.fang", "", roles=frozenset({Role.TRADER}), own_ids=frozenset(ids))


def grant(**given: Any) -> int:
    period = {"valid_from": DAY, "valid_until": date(2027, 1, 1)}
    return commands.grant_mandate(**{**period, "now": NOW, **given})


def test_a_trader_mandates_a_broker_of_another_district() -> None:
    trader = EnterpriseFactory.create(home_office="0401")
    broker = EnterpriseFactory.create(broker=True)

    id_ = grant(
        principal_id=trader.pk,
        broker_id=broker.pk,
        flow="import",
        chapters=("90", "84", "84"),
        signature="MEUCIQ…",
        by=working_for(trader.pk),
    )

    [row] = queries.mandates({(trader.pk, broker.pk)}, DAY).answer().values()
    assert (row.id, row.flow, row.chapters) == (id_, "import", ("84", "90"))
    made = Mandate.objects.get()
    assert (made.signed_by, made.signed_at, made.signature) == ("wang.fang", NOW, "MEUCIQ…")
    assert Entry.objects.get().kind == "MANDATE_GRANTED"


def test_nobody_gives_anothers_mandate() -> None:
    trader, broker = EnterpriseFactory.create(), EnterpriseFactory.create(broker=True)

    with pytest.raises(ProblemError) as refusal:
        grant(principal_id=trader.pk, broker_id=broker.pk, by=working_for(broker.pk))

    assert refusal.value.faults == (problems.NOT_YOUR_MANDATE.at(""),)
    assert not Mandate.objects.exists()


def test_the_same_mandate_is_given_once_and_again_after_it_was_revoked() -> None:
    trader, broker = EnterpriseFactory.create(), EnterpriseFactory.create(broker=True)
    between = {"principal_id": trader.pk, "broker_id": broker.pk, "by": SYSTEM}
    id_ = grant(**between, chapters=("90", "84"))

    with pytest.raises(ProblemError) as refusal:
        grant(**between, chapters=("84", "90"))
    assert codes(refusal) == ["PAR-025"]
    assert Mandate.objects.count() == 1

    grant(**between, chapters=("84",))
    commands.revoke_mandate(mandate_id=id_, by=SYSTEM, now=NOW)
    grant(**between, chapters=("84", "90"))
    assert Mandate.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_who_give_the_same_mandate_at_the_same_moment_give_one() -> None:
    trader, broker = EnterpriseFactory.create(), EnterpriseFactory.create(broker=True)

    def give(_: int) -> list[str]:
        try:
            grant(principal_id=trader.pk, broker_id=broker.pk, chapters=("84", "90"), by=SYSTEM)
        except ProblemError as refusal:
            return [fault.problem.code for fault in refusal.faults]
        finally:
            connection.close()
        return []

    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic(), connection.cursor() as cursor:
            # Both may look, and neither may write before both have looked.
            cursor.execute("LOCK TABLE parties_mandate IN SHARE MODE")
            both = pool.map(give, range(2))
            assert waiting_for("parties_mandate", 2)
        told = sorted(both)

    assert told == [[], ["PAR-025"]]
    assert Mandate.objects.count() == 1
    assert Entry.objects.filter(kind="MANDATE_GRANTED").count() == 1


def waiting_for(table: str, count: int) -> bool:
    """Return whether so many come to wait for a table within ten seconds."""
    until = time.monotonic() + 10
    asked = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass"
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(asked, [table])
            if cursor.fetchone() == (count,):
                return True
    return False


def test_of_two_that_ran_before_the_database_forbade_it_the_first_runs_on() -> None:
    migration = import_module("tongguan.domain.parties.migrations.0002_mandate_given_once")
    first = MandateFactory.create(chapters=["84"])
    same = {"principal": first.principal, "broker": first.broker, "chapters": ["84"]}
    ended = MandateFactory.create(**same, revoked=True)
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX mandate_given_once")
        again = MandateFactory.create(**same)
        wider = MandateFactory.create(**{**same, "chapters": []})

        cursor.execute(migration.LEAVE_ONE)

    runs = set(Mandate.objects.filter(revoked_at=None).values_list("pk", flat=True))
    assert runs == {first.pk, wider.pk}
    assert Mandate.objects.get(pk=again.pk).revoked_by == "system"
    assert Mandate.objects.get(pk=ended.pk).revoked_by == "wang.fang"


def test_nobody_mandates_himself() -> None:
    broker = EnterpriseFactory.create(broker=True)

    with pytest.raises(ProblemError) as refusal:
        grant(principal_id=broker.pk, broker_id=broker.pk, by=working_for(broker.pk))

    assert refusal.value.faults == (problems.TO_ITSELF.at("#/broker", name=broker.name_zh),)
    assert not Mandate.objects.exists()


def test_all_faults_of_a_mandate_are_told_at_once() -> None:
    trader, other = EnterpriseFactory.create(), EnterpriseFactory.create()

    with pytest.raises(ProblemError) as refusal:
        grant(
            principal_id=trader.pk,
            broker_id=other.pk,
            valid_until=DAY,
            chapters=("8",),
            by=working_for(trader.pk),
        )

    assert codes(refusal) == ["PAR-021", "PAR-020", "PAR-022"]


@pytest.mark.parametrize("side", ["principal_id", "broker_id"])
def test_either_side_revokes_and_it_counts_from_that_day(side: str) -> None:
    mandate = MandateFactory.create()
    pair = (mandate.principal_id, mandate.broker_id)

    commands.revoke_mandate(mandate_id=mandate.pk, by=working_for(getattr(mandate, side)), now=NOW)

    [row] = queries.mandates({pair}, DAY).answer().values()
    assert row.revoked_on == DAY
    assert not row.in_force(DAY)


def test_a_mandate_is_revoked_once_and_by_nobody_else() -> None:
    mandate = MandateFactory.create()

    with pytest.raises(ProblemError) as refusal:
        commands.revoke_mandate(mandate_id=mandate.pk, by=working_for(0), now=NOW)
    assert codes(refusal) == ["PAR-023"]

    commands.revoke_mandate(mandate_id=mandate.pk, by=SYSTEM, now=NOW)
    with pytest.raises(ProblemError) as refusal:
        commands.revoke_mandate(mandate_id=mandate.pk, by=SYSTEM, now=NOW)
    assert refusal.value.faults == (problems.MANDATE_UNKNOWN.at("", mandate=mandate.pk),)
