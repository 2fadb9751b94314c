"""Whose goods a bill is: facts of a manifest are told, and a bill is used, by who may declare."""

from typing import Any, Final

import pytest
from msgspec.structs import replace

from tests.domain.cargo.factories import BillFactory, CargoUnitFactory
from tests.domain.declarations.samples import BROKER, TRADER, sound
from tests.interfaces.scene import AGENT, LINES, RIVAL, Scene, declared, play
from tongguan.domain.cargo.models import Claim
from tongguan.domain.clearance.lifecycle import HoldKind, Why
from tongguan.domain.clearance.queries import holds_of
from tongguan.domain.declarations.values import Packages, Parties, Party, Submission
from tongguan.kernel.time import utc_now
from tongguan.processes.jobs import follow
from tongguan.processes.lodgement.lodge import check_only, lodge
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


def fitting(consignee: str) -> None:
    """Let a manifest name the sample's bill as it is declared."""
    BillFactory.create(number="BILLR-1", consignee=consignee)


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


@pytest.mark.parametrize(
    "consignee",
    [
        "",
        "TO ORDER",
        f"To the order of {TRADER.scc}",
        f"凭{TRADER.scc}指示",
        "Some company abroad, phone 0010880001",
        f"forwarder {AGENT.scc}",
        f"{LINES.code}",
        f"{RIVAL.scc} / {TRADER.scc}",
    ],
)
def test_a_bill_that_names_no_other_trader_by_code_is_open_to_who_holds_it(
    scene: Scene, consignee: str
) -> None:
    fitting(consignee)

    answer = lodged(declared(parties=RIVALS), scene.actor("rival"))

    assert answer.outcome is Outcome.ACCEPTED, answer.faults


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
