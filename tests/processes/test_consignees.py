"""Whose goods a bill is: facts of a manifest are told, and a bill is used, by who may declare."""

from typing import Any, Final

import pytest
from msgspec.structs import replace

from tests.domain.cargo.factories import BillFactory, CargoUnitFactory, carrier
from tests.domain.declarations.samples import BROKER, TRADER, sound
from tests.interfaces.scene import AGENT, LINES, RIVAL, Scene, declared, play
from tongguan.domain.cargo.consignees import name_consignee
from tongguan.domain.cargo.models import Bill, Claim
from tongguan.domain.clearance.lifecycle import HoldKind, State, Why
from tongguan.domain.clearance.queries import holds_of, state_of
from tongguan.domain.clearance.values import HoldRow
from tongguan.domain.declarations.queries import by_bill
from tongguan.domain.declarations.values import Packages, Parties, Party, Submission
from tongguan.domain.review import revocations
from tongguan.domain.review.commands import close_review
from tongguan.facilities.ledger.queries import entries
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now
from tongguan.processes.jobs import follow
from tongguan.processes.lodgement.decide import prepared
from tongguan.processes.lodgement.lodge import check_only, decided, lodge
from tongguan.processes.lodgement.record import record
from tongguan.processes.lodgement.values import Checked, Incoming, Outcome
from tongguan.processes.manifests import compare

pytestmark = pytest.mark.django_db
NOBODY: Final = Party(scc="91110000FAKE99999X", name="nobody")
RIVALS: Final = Parties(
    trader=RIVAL, owner=RIVAL, declarant=RIVAL, overseas=sound().parties.overseas
)
OF_CARGO: Final = {"DEC-140", "DEC-141", "DEC-142", "DEC-143", "DEC-144", "DEC-145", "DEC-146"} | {
    "DEC-147",
    "DEC-148",
    "DEC-149",
}


@pytest.fixture
def scene() -> Scene:
    return play()


def manifested(consignee: str = "", **changes: Any) -> None:
    """Let a manifest name the sample's bill, with other packages in another container."""
    bill = BillFactory.create(
        number="BILLR-1", packages=7, consignee=consignee, manifest__office="0203", **changes
    )
    CargoUnitFactory.create(bill=bill, unit="XMPU0000055")


def fitting(consignee: str, **changes: Any) -> None:
    """Let a manifest name the sample's bill as it is declared."""
    BillFactory.create(number="BILLR-1", consignee=consignee, **changes)


def name(scene: Scene, consignee: str) -> None:
    """Let the carrier name the consignee of the sample's bill, and what follows happen."""
    what = {"number": "BILLR-1", "consignee": consignee, "reason": "bill presented"}
    name_consignee(**what, by=scene.actor("lines"), now=utc_now())
    follow(now=utc_now())


def asked(id_: Any) -> list[HoldRow]:
    """Return the holds in which customs asks who holds the bill."""
    return [row for row in holds_of(id_) if row.why is Why.HOLDER_UNPROVEN]


def checked(sent: Submission, by: Any) -> Checked:
    [answer] = check_only([Incoming(sent, None, bytes(32), "json")], by=by, now=utc_now())
    return answer


def codes(answer: Any) -> list[str]:
    return [fault.problem.code for fault in answer.faults]


def lodged(sent: Submission, by: Any) -> Any:
    [answer] = lodge([Incoming(sent, None, bytes(32), "json")], by=by, now=utc_now())
    return answer


@pytest.mark.parametrize(
    ("who", "parties"),
    [
        ("rival", {}),
        ("agent", {"declarant": BROKER}),
        ("agent", {"declarant": AGENT}),
        ("rival", {"trader": NOBODY, "declarant": RIVAL}),
        ("agent", {"trader": NOBODY, "declarant": AGENT}),
        ("lines", {"declarant": LINES}),
    ],
)
def test_who_may_not_declare_for_a_trader_is_told_the_same_with_and_without_a_manifest(
    scene: Scene, who: str, parties: dict[str, Party]
) -> None:
    sent = declared(parties=replace(sound().parties, **parties))
    before = checked(sent, scene.actor(who))
    assert before.outcome is Outcome.REJECTED

    manifested()

    after = checked(sent, scene.actor(who))
    assert (after.outcome, after.faults) == (before.outcome, before.faults)
    assert after.holds == before.holds == ()
    assert not OF_CARGO & set(codes(after))


@pytest.mark.parametrize("who", ["trader", "broker"])
def test_who_may_declare_for_a_trader_is_told_what_contradicts_the_manifest(
    scene: Scene, who: str
) -> None:
    own = {} if who == "broker" else {"declarant": TRADER}
    sent = declared(parties=replace(sound().parties, **own), packages=Packages(42, "22"))
    manifested(f"{TRADER.name} USCI+{TRADER.scc}")

    assert {"DEC-142", "DEC-145"} <= set(codes(checked(sent, scene.actor(who))))


@pytest.mark.parametrize(
    "consignee",
    [
        str(TRADER.scc),
        str(TRADER.code),
        f"USCI+{TRADER.scc}",
        f"Example Precision Ltd ({TRADER.code})",
        f"{TRADER.name},{str(TRADER.scc).lower()}",
    ],
)
def test_a_rival_neither_uses_nor_reads_a_bill_whose_manifest_names_another_trader(
    scene: Scene, consignee: str
) -> None:
    sent = declared(parties=RIVALS, packages=Packages(9, "22"))
    fitting(consignee)

    for answer in (checked(sent, scene.actor("rival")), lodged(sent, scene.actor("rival"))):
        assert answer.outcome is Outcome.REJECTED
        assert [code for code in codes(answer) if code in OF_CARGO] == ["DEC-149"]
    assert not Claim.objects.exists()
    assert lodged(declared(), scene.actor("broker")).outcome is Outcome.ACCEPTED


TO_ORDER: Final = [
    "TO ORDER",
    f"To the order of {TRADER.scc}",
    f"凭{TRADER.scc}指示",
    f"forwarder {AGENT.scc}",
    f"{LINES.code}",
]
UNNAMED: Final = ["", f"{TRADER.name} Tianjin branch", "Some company abroad, phone 0010880001"]


@pytest.mark.parametrize("consignee", TO_ORDER)
def test_goods_of_a_bill_to_order_or_to_a_forwarder_wait_until_customs_saw_who_holds_it(
    scene: Scene, consignee: str
) -> None:
    fitting(consignee)
    sent = declared(parties=RIVALS)
    before = [hold.why for hold in checked(sent, scene.actor("rival")).holds]

    answer = lodged(sent, scene.actor("rival"))

    assert answer.outcome is Outcome.ACCEPTED, answer.faults
    assert Why.HOLDER_UNPROVEN in before
    [hold] = asked(answer.declaration_id)
    assert (hold.kind, hold.facts["bill"]) == (HoldKind.REVIEW, "BILLR-1")


@pytest.mark.parametrize(
    "consignee",
    [f"{RIVAL.scc} / {TRADER.scc}", str(RIVAL.code), str(RIVAL.name), f" {RIVAL.name}. ", *UNNAMED],
)
def test_goods_wait_for_no_proof_where_the_manifest_names_the_trader_or_nobody(
    scene: Scene, consignee: str
) -> None:
    fitting(consignee)

    answer = lodged(declared(parties=RIVALS), scene.actor("rival"))

    assert answer.outcome is Outcome.ACCEPTED, answer.faults
    assert asked(answer.declaration_id) == []


def test_a_manifest_that_comes_later_and_names_nobody_is_asked_after_once(scene: Scene) -> None:
    id_ = lodged(declared(parties=RIVALS), scene.actor("rival")).declaration_id
    follow(now=utc_now())
    assert asked(id_) == []

    fitting("TO ORDER")
    compare({id_}, utc_now())
    compare({id_}, utc_now())

    assert len(asked(id_)) == 1


@pytest.mark.parametrize("arrived", [False, True], ids=["expected", "arrived"])
def test_the_carrier_names_the_holder_of_a_bill_to_order_and_nothing_is_left_to_prove(
    scene: Scene, *, arrived: bool
) -> None:
    fitting("TO ORDER", manifest__carrier_id=scene.firms["lines"], here=arrived)
    id_ = lodged(declared(), scene.actor("broker")).declaration_id
    assert len(asked(id_)) == 1

    name(scene, f"USCI+{TRADER.scc}")

    assert [hold.ended_by for hold in asked(id_)] == ["system"]
    [entry] = [one for one in entries(Bill.objects.get().pk) if one.kind == "CONSIGNEE_NAMED"]
    assert (entry.facts["before"], entry.facts["reason"]) == ("TO ORDER", "bill presented")


def test_goods_wait_again_when_the_carrier_takes_back_whom_it_named(scene: Scene) -> None:
    fitting("TO ORDER", manifest__carrier_id=scene.firms["lines"])
    id_ = lodged(declared(), scene.actor("broker")).declaration_id
    name(scene, f"USCI+{TRADER.scc}")

    name(scene, "TO ORDER")
    name(scene, "TO THE ORDER OF A BANK")

    assert [hold.ended_by for hold in asked(id_)] == ["", "system"]


def test_what_a_reviewer_saw_stays_proven_when_the_carrier_names_nobody_again(
    scene: Scene,
) -> None:
    fitting("TO ORDER", manifest__carrier_id=scene.firms["lines"])
    id_ = lodged(declared(), scene.actor("broker")).declaration_id
    [hold] = asked(id_)
    close_review(
        declaration_id=id_,
        hold_id=hold.id,
        finding="",
        words="bill of lading seen",
        by=scene.actor("reviewer"),
        now=utc_now(),
    )

    name(scene, "TO THE ORDER OF A BANK")

    assert len(asked(id_)) == 1


def test_a_consignee_that_is_named_while_a_declaration_is_decided_on_is_reviewed(
    scene: Scene,
) -> None:
    fitting(f"USCI+{RIVAL.scc}", manifest__carrier_id=scene.firms["lines"])
    by = scene.actor("rival")
    sent = prepared(Incoming(declared(parties=RIVALS), None, bytes(32), "json"))
    [decision] = ready = decided([sent], by=by, now=utc_now(), numbers={})

    name(scene, f"USCI+{TRADER.scc}")
    record(ready, by=by, now=utc_now())
    follow(now=utc_now())

    assert decision.outcome is Outcome.ACCEPTED
    [id_] = by_bill(["BILLR-1"])["BILLR-1"]
    assert Why.MANIFEST_DIFFERS in {row.why for row in holds_of(id_)}


@pytest.mark.parametrize("arrived", [False, True], ids=["expected", "arrived"])
def test_a_bill_that_the_carrier_makes_out_to_another_is_closed_to_everybody_else(
    scene: Scene, *, arrived: bool
) -> None:
    fitting("TO ORDER", manifest__carrier_id=scene.firms["lines"], here=arrived)

    name(scene, f"USCI+{TRADER.scc}")

    refused = lodged(declared(parties=RIVALS), scene.actor("rival"))
    assert "DEC-149" in codes(refused)
    held = lodged(declared(), scene.actor("broker"))
    assert held.outcome is Outcome.ACCEPTED
    assert asked(held.declaration_id) == []


def test_a_person_decides_where_two_claim_a_bill_and_then_the_holder_declares_it(
    scene: Scene,
) -> None:
    fitting("TO ORDER", manifest__carrier_id=scene.firms["lines"])
    first = lodged(declared(parties=RIVALS), scene.actor("rival")).declaration_id
    assert "DEC-140" in codes(lodged(declared(), scene.actor("broker")))

    name(scene, f"USCI+{TRADER.scc}")

    [review] = [row for row in holds_of(first) if row.why is Why.MANIFEST_DIFFERS]
    assert review.kind is HoldKind.REVIEW
    assert state_of(first) is State.ACCEPTED
    assert "DEC-140" in codes(lodged(declared(), scene.actor("broker")))
    reviewer = scene.actor("reviewer")
    revocations.refuse(declaration_id=first, words="not his goods", by=reviewer, now=utc_now())
    follow(now=utc_now())
    assert lodged(declared(), scene.actor("broker")).outcome is Outcome.ACCEPTED


def test_a_consignee_is_named_by_the_bills_carrier_alone_with_a_reason(scene: Scene) -> None:
    fitting("TO ORDER", manifest__carrier_id=scene.firms["lines"])
    what: dict[str, Any] = {"number": "BILLR-1", "consignee": str(TRADER.scc), "reason": "x"}
    lines = scene.actor("lines")

    for by, changes, code in (
        (scene.actor("trader"), {}, "ACC-001"),
        (carrier(scene.firms["agent"]), {}, "CAR-001"),
        (lines, {"number": "NONE"}, "CAR-001"),
        (lines, {"reason": " "}, "CAR-028"),
        (lines, {"consignee": " "}, "CAR-052"),
        (lines, {"consignee": "x" * 151}, "CAR-052"),
    ):
        with pytest.raises(ProblemError) as refusal:
            name_consignee(**{**what, **changes}, by=by, now=utc_now())
        assert [fault.problem.code for fault in refusal.value.faults] == [code]
    name_consignee(**what, by=lines, now=utc_now())
    name_consignee(**what, by=lines, now=utc_now())

    assert [one.kind for one in entries(Bill.objects.get().pk)] == ["CONSIGNEE_NAMED"]


def test_a_manifest_that_comes_later_and_names_another_trader_is_reviewed_and_told_no_further(
    scene: Scene,
) -> None:
    id_ = lodged(declared(parties=RIVALS), scene.actor("rival")).declaration_id
    follow(now=utc_now())

    manifested(f"USCI+{TRADER.scc}")
    compare({id_}, utc_now())
    compare({id_}, utc_now())

    [hold] = [row for row in holds_of(id_) if row.why is Why.MANIFEST_DIFFERS]
    assert hold.kind is HoldKind.REVIEW
    told = hold.facts["differences"]
    assert "BILLR-1" in told
    assert not any(fact in told for fact in ("0203", "7 ", "XMPU0000055", str(TRADER.name)))
