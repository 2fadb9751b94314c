"""Revoking and refusing: who may, on what ground, and what is free again afterwards."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from tests.interfaces.scene import Scene, declared, hold, lodged, open_kinds, play
from tongguan.domain.clearance.lifecycle import HoldKind, State, Why
from tongguan.domain.clearance.queries import holds_of, state_of
from tongguan.domain.revenue import commands as revenue
from tongguan.domain.revenue import registers
from tongguan.domain.revenue.models import Guarantee, Refund
from tongguan.domain.review.queries import revocation_of
from tongguan.domain.review.revocations import cancel, refuse
from tongguan.domain.review.values import Ground
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.facilities.ledger.queries import entries, verify
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now
from tongguan.processes import sandbox
from tongguan.processes.jobs import follow

pytestmark = pytest.mark.django_db(transaction=True)
GROUND = str(Ground.SHUT_OUT)


@pytest.fixture
def scene() -> Scene:
    return play()


@pytest.fixture
def accepted(scene: Scene) -> DeclarationId:
    """A declaration that waits, with nothing that forbids to revoke it."""
    return lodged(declared())


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(ProblemError) as refusal:
        act()
    return [fault.problem.code for fault in refusal.value.faults]


def revoke(
    id_: DeclarationId, scene: Scene, *, ground: str = GROUND, words: str = "shut out", by: str = ""
) -> None:
    who = scene.actor(by or "reviewer")
    cancel(declaration_id=id_, ground=ground, words=words, by=who, now=utc_now())


def test_a_revoked_declaration_waits_for_nothing_and_its_bill_is_free(
    scene: Scene, accepted: DeclarationId
) -> None:
    again = declared("R-2", bill="BILLR-1")

    revoke(accepted, scene)
    follow(now=utc_now())

    assert state_of(accepted) is State.CANCELLED
    assert open_kinds(accepted) == set()
    told = revocation_of(accepted)
    assert told
    assert (told.act, told.ground, told.words) == ("CANCEL", Ground.SHUT_OUT, "shut out")
    assert not verify(accepted).broken
    assert state_of(lodged(again)) is State.ACCEPTED


def test_what_was_paid_for_a_revoked_declaration_is_given_back_once(
    scene: Scene, accepted: DeclarationId
) -> None:
    hold(accepted, HoldKind.REVIEW, Why.SELECTED)
    owed = revenue.amount_due(accepted, at=utc_now())
    sandbox.pay(declaration_id=accepted, by=scene.actor("trader"), now=utc_now())

    revoke(accepted, scene)
    follow(now=utc_now())
    follow(now=utc_now())

    [refund] = Refund.objects.all()
    assert refund.amount == owed.amount
    assert [row.kind for row in entries(accepted)].count("REFUND_ORDERED") == 1


def test_what_a_guarantee_secured_is_credited_when_customs_refuses(
    scene: Scene, accepted: DeclarationId
) -> None:
    hold(accepted, HoldKind.CASE, Why.FINDING, finding="x")
    today = utc_now().date()
    registers.register_guarantee(
        number="G-1",
        enterprise_id=scene.firms["trader"],
        limit_cny=Decimal(9_000_000),
        valid_from=today.replace(month=1, day=1),
        valid_until=today.replace(year=today.year + 1, month=1, day=1),
        by=SYSTEM,
        now=utc_now(),
    )
    revenue.secure(
        declaration_id=accepted,
        guarantee_number="G-1",
        by=scene.actor("trader"),
        now=utc_now(),
    )
    drawn = Guarantee.objects.get().drawn_cny

    refuse(declaration_id=accepted, words="x-rayed", by=scene.actor("reviewer"), now=utc_now())
    follow(now=utc_now())

    assert drawn > 0
    assert Guarantee.objects.get().drawn_cny == 0
    assert state_of(accepted) is State.REFUSED
    assert all(row.ended_at for row in holds_of(accepted))


def test_revoking_needs_a_ground_and_words_and_all_faults_are_told(
    scene: Scene, accepted: DeclarationId
) -> None:
    told = refused(lambda: revoke(accepted, scene, ground="WHIM", words=" "))

    assert told == ["REV-109", "REV-110"]
    assert state_of(accepted) is State.ACCEPTED
    assert revocation_of(accepted) is None


def test_nothing_is_revoked_while_goods_are_inspected(
    scene: Scene, accepted: DeclarationId
) -> None:
    hold(accepted, HoldKind.INSPECTION, Why.SELECTED_GOODS)

    assert refused(lambda: revoke(accepted, scene)) == ["REV-111"]
    refuse(declaration_id=accepted, words="forbidden", by=scene.actor("reviewer"), now=utc_now())
    assert state_of(accepted) is State.REFUSED


def test_what_a_centre_stopped_is_taken_back_by_no_reviewer_and_refused_by_a_coordinator(
    scene: Scene, accepted: DeclarationId
) -> None:
    hold(accepted, HoldKind.INSTRUCTION, Why.STOPPED, reason="x")
    centre = Actor(
        "centre", "", 3, roles=frozenset({Role.COORDINATOR}), offices=frozenset({"0202"})
    )

    def refusing(by: Actor) -> None:
        refuse(declaration_id=accepted, words="forbidden", by=by, now=utc_now())

    assert refused(lambda: revoke(accepted, scene)) == ["REV-112"]
    assert refused(lambda: refusing(scene.actor("reviewer"))) == ["REV-112"]
    assert state_of(accepted) is State.ACCEPTED
    assert HoldKind.INSTRUCTION in open_kinds(accepted)

    refusing(centre)

    assert state_of(accepted) is State.REFUSED


def test_only_a_reviewer_who_may_see_it_revokes_and_a_final_state_stays(
    scene: Scene, accepted: DeclarationId
) -> None:
    trader = refused(lambda: revoke(accepted, scene, by="trader"))
    elsewhere = refused(lambda: revoke(accepted, scene, by="elsewhere"))
    revoke(accepted, scene)
    twice = refused(lambda: revoke(accepted, scene))

    assert (trader, elsewhere, twice) == (["ACC-001"], ["CLR-001"], ["CLR-003"])
