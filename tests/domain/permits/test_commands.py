"""Licences: asked of their agency, confirmed or declined, debited exactly, given back."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection

from tests.domain.permits.cases import USED, Play, asking, begin
from tests.interfaces.scene import open_kinds
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.queries import holds_of
from tongguan.domain.permits import commands
from tongguan.domain.permits.balances import draw
from tongguan.domain.permits.models import Licence
from tongguan.domain.permits.queries import requests_of, waiting
from tongguan.domain.permits.values import Answer
from tongguan.domain.review.revocations import refuse
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.kernel.identifiers import HoldId
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now
from tongguan.processes.jobs import follow

pytestmark = pytest.mark.django_db(transaction=True)
PARALLEL = 100


@pytest.fixture
def stage() -> Play:
    return begin()


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(ProblemError) as refusal:
        act()
    return [fault.problem.code for fault in refusal.value.faults]


def drawn() -> Decimal:
    return Licence.objects.get().drawn


def test_a_licence_named_on_a_line_waits_for_the_agency_that_confirms_its_kind(
    stage: Play,
) -> None:
    id_, hold = asking()

    [row] = waiting(viewer=stage.ministry)

    assert (row.hold_id, row.agency, row.number) == (hold, "MOFCOM", "L-1")
    assert (row.quantity, row.unit, row.left) == (USED, "035", None)
    [held] = [one for one in holds_of(id_) if one.kind is HoldKind.PERMIT]
    assert str(held.turn) == "AGENCY"
    assert waiting(viewer=stage.rival) == ()


def test_a_licence_of_a_kind_that_no_agency_confirms_holds_nothing(stage: Play) -> None:
    id_, hold = asking(kind="A")

    assert hold is None
    assert requests_of(id_) == ()


def test_confirming_debits_the_licence_and_ends_the_hold(stage: Play) -> None:
    id_, hold = asking()
    assert hold
    stage.grant("100")

    stage.confirm(hold)

    assert drawn() == USED
    assert HoldKind.PERMIT not in open_kinds(id_)
    [row] = requests_of(id_)
    assert (row.answer, row.answered_by, row.left) == (Answer.CONFIRMED, "MOFCOM", 100 - USED)


def test_a_licence_is_confirmed_only_where_it_covers_the_declaration(stage: Play) -> None:
    id_, hold = asking()
    assert hold
    today = utc_now().date()
    unknown = refused(lambda: stage.confirm(hold))
    stage.grant("85.4")
    little = refused(lambda: stage.confirm(hold))
    Licence.objects.all().delete()
    stage.grant("100", unit="007")
    other_unit = refused(lambda: stage.confirm(hold))
    Licence.objects.all().delete()
    stage.grant("100", valid_until=today - timedelta(days=1))
    over = refused(lambda: stage.confirm(hold))
    Licence.objects.all().delete()
    stage.grant("100", holder_id=stage.scene.firms["rival"])
    of_another = refused(lambda: stage.confirm(hold))

    assert unknown == of_another == ["PER-002"]
    assert little == other_unit == ["PER-004"]
    assert over == ["PER-003"]
    assert drawn() == 0
    assert HoldKind.PERMIT in open_kinds(id_)


def test_another_agency_is_not_asked_and_what_is_answered_is_not_asked_again(stage: Play) -> None:
    _id, hold = asking()
    assert hold
    stage.grant()

    stranger = refused(lambda: commands.confirm(hold_id=hold, by=stage.rival, now=utc_now()))
    stage.confirm(hold)
    again = refused(lambda: stage.confirm(hold))

    assert stranger == again == ["PER-001"]
    assert drawn() == USED


def test_what_is_left_of_a_licence_is_told_in_digits(stage: Play) -> None:
    _id, hold = asking()
    assert hold
    stage.grant("80")

    with pytest.raises(ProblemError) as refusal:
        stage.confirm(hold)

    [fault] = refusal.value.faults
    assert fault.told(str)["detail"] == "85.5 035 are needed of licence L-1, 80 035 are left."


def test_declining_gives_customs_a_case_with_the_agencys_words(stage: Play) -> None:
    id_, hold = asking()
    assert hold

    wordless = refused(
        lambda: commands.decline(hold_id=hold, words=" ", by=stage.ministry, now=utc_now())
    )
    commands.decline(hold_id=hold, words="forged", by=stage.ministry, now=utc_now())

    assert wordless == ["PER-005"]
    [case] = [row for row in holds_of(id_) if row.kind is HoldKind.CASE]
    assert case.facts == {"finding": "1 L-1: forged"}
    assert HoldKind.PERMIT not in open_kinds(id_)


def test_a_refused_declaration_gives_back_what_it_used(stage: Play) -> None:
    id_, hold = asking()
    other, _hold = asking("R-2")
    assert hold
    stage.grant()
    stage.confirm(hold)

    reviewer = stage.scene.actor("reviewer")
    for one in (id_, other):
        refuse(declaration_id=one, words="prohibited", by=reviewer, now=utc_now())
    follow(now=utc_now())
    follow(now=utc_now())

    assert drawn() == 0
    assert [row.answer for row in requests_of(other)] == [Answer.WITHDRAWN]
    assert waiting(viewer=stage.ministry) == ()


def test_a_hundred_parallel_confirmations_never_use_more_than_was_granted(stage: Play) -> None:
    asked = [asking(f"R-{place}")[1] for place in range(PARALLEL)]
    stage.grant(str(USED * 37 + 1))

    def use(hold: HoldId | None) -> list[str]:
        assert hold
        try:
            stage.confirm(hold)
        except ProblemError as error:
            return [fault.problem.code for fault in error.faults]
        finally:
            connection.close()
        return []

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(use, asked))

    assert told.count([]) == 37
    assert told.count(["PER-004"]) == PARALLEL - 37
    assert drawn() == USED * 37


def test_a_licence_is_registered_once_by_its_own_agency(stage: Play) -> None:
    stage.grant("100")
    stage.grant("100")

    other = refused(lambda: stage.grant("200"))
    nothing = refused(lambda: stage.grant("0", number="L-2"))
    not_theirs = refused(lambda: stage.grant("5", kind="Q", number="L-3"))
    agency = refused(
        lambda: commands.register_agency(
            code="MOFCOM", enterprise_id=stage.scene.firms["rival"], by=SYSTEM, now=utc_now()
        )
    )

    assert (other, nothing, not_theirs) == (["PER-006"], ["PER-009"], ["PER-007"])
    assert agency == ["PER-008"]
    assert Licence.objects.count() == 1


@pytest.mark.parametrize("quantity", ["0", "-1500", "NaN", "-Infinity"])
def test_nothing_is_drawn_for_a_quantity_that_is_not_above_zero(stage: Play, quantity: str) -> None:
    stage.grant("100")

    assert draw(Licence.objects.all(), Decimal(50))
    assert not draw(Licence.objects.all(), Decimal(quantity))
    assert drawn() == 50


def test_a_licence_is_found_however_its_number_is_written(stage: Play) -> None:
    _id, hold = asking()
    assert hold
    stage.grant(number=" ｌ - 1\u200b")

    stage.confirm(hold)

    assert (Licence.objects.get().number, drawn()) == ("L-1", USED)


@pytest.mark.parametrize("number", ["", " ", "\u3000\u200b", "L" * 41, "\u0410-1", "L\u202e1"])
def test_a_licence_without_a_number_is_not_registered(stage: Play, number: str) -> None:
    assert refused(lambda: stage.grant(number=number)) == ["PER-013"]


@pytest.mark.parametrize("granted", ["NaN", "Infinity", "1E+14", "0.000001"])
def test_a_licence_grants_a_quantity_that_balances_can_keep(stage: Play, granted: str) -> None:
    assert refused(lambda: stage.grant(granted)) == ["PER-009"]
