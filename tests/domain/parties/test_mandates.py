"""Giving and revoking mandates, one after the other and at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.db import connection, transaction

from tests.domain.parties.factories import DAY, NOW, EnterpriseFactory, MandateFactory
from tests.patience import waiting_for_this
from tongguan.domain.parties import commands, problems, queries
from tongguan.domain.parties.models import Mandate
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.facilities.ledger.models import Entry
from tongguan.kernel.problems import ProblemError

pytestmark = pytest.mark.django_db


def codes(refusal: pytest.ExceptionInfo[ProblemError]) -> list[str]:
    return [fault.problem.code for fault in refusal.value.faults]


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


def test_an_unknown_enterprise_gives_none() -> None:
    with pytest.raises(ProblemError) as refusal:
        grant(principal_id=0, broker_id=0, by=SYSTEM)

    assert refusal.value.faults == (problems.UNKNOWN.at("", enterprise=0),)


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
            assert waiting_for_this(2)
        told = sorted(both)

    assert told == [[], ["PAR-025"]]
    assert Mandate.objects.count() == 1
    assert Entry.objects.filter(kind="MANDATE_GRANTED").count() == 1


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
    assert refusal.value.faults == (problems.MANDATE_UNKNOWN.at("", mandate=mandate.pk),)

    commands.revoke_mandate(mandate_id=mandate.pk, by=SYSTEM, now=NOW)
    with pytest.raises(ProblemError) as refusal:
        commands.revoke_mandate(mandate_id=mandate.pk, by=SYSTEM, now=NOW)
    assert refusal.value.faults == (problems.MANDATE_UNKNOWN.at("", mandate=mandate.pk),)


def test_an_administrator_lists_all_mandates_or_one_sides_page_by_page() -> None:
    admin = Actor("admin", "", roles=frozenset({Role.ADMINISTRATOR}))
    first, second = MandateFactory.create(), MandateFactory.create()
    ended = MandateFactory.create(broker=first.broker, revoked=True)
    past = MandateFactory.create(valid_from=date(2025, 1, 1), valid_until=DAY)

    def ids(**given: Any) -> list[int]:
        return [row.id for row in queries.all_mandates(viewer=admin, **given)]

    assert ids() == [first.pk, second.pk, ended.pk, past.pk]
    assert ids(running_on=DAY) == [first.pk, second.pk]
    assert ids(enterprise_id=first.broker_id) == [first.pk, ended.pk]
    assert ids(enterprise_id=first.principal_id) == [first.pk]
    assert ids(limit=1) == [first.pk]
    assert ids(after=(first.valid_until, first.pk), limit=1) == [second.pk]
    with pytest.raises(ProblemError):
        queries.all_mandates(viewer=working_for(first.broker_id))
