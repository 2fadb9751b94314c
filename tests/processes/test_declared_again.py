"""Who is selected, revoked and declares the same goods again is not drawn anew."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from tests.domain.declarations.samples import BROKER, DAY, TRADER, sound
from tests.domain.parties.factories import mandated
from tests.domain.risk.cases import in_force
from tests.domain.risk.examples import share
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import Act, HoldKind
from tongguan.domain.risk.active import forget
from tongguan.domain.risk.commands import record_outcome
from tongguan.domain.risk.criteria import Share
from tongguan.domain.risk.models import CarriedCheck
from tongguan.domain.risk.queries import recomputed, told_to_auditor, told_to_officer
from tongguan.domain.risk.rules.carrying import undone
from tongguan.domain.risk.seeds import commit_seed
from tongguan.domain.risk.values import Reason, Selection
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.kernel.identifiers import DeclarationId
from tongguan.processes.jobs import follow
from tongguan.processes.lodgement.lodge import lodge
from tongguan.processes.lodgement.values import Answer, Incoming

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
CHECKS = {HoldKind.REVIEW, HoldKind.INSPECTION}


@pytest.fixture
def registered(db: None) -> None:
    forget()
    mandated(TRADER, BROKER)


def drawn_at(documents: str, sample: str) -> None:
    shares = {"documents": documents, "sample": sample}
    in_force(*(of_all(name, part) for name, part in shares.items()), now=NOW)


def of_all(treatment: str, part: str) -> Share:
    return share(treatment, part, id=0, credit="general", mode="regional")


def lodged(reference: str, bill: str = "XMPL1") -> Answer:
    sent = sound(reference=reference, bill=bill, containers=())
    [answer] = lodge([Incoming(sent, None, sha256().digest(), "json")], by=SYSTEM, now=NOW)
    assert answer.declaration_id is not None, answer.faults
    return answer


def id_of(answer: Answer) -> DeclarationId:
    return DeclarationId(answer.declaration_id)  # type: ignore[arg-type]


def checks(answer: Answer) -> set[HoldKind]:
    return {hold.kind for hold in answer.holds} & CHECKS


def revoke(answer: Answer, act: Act = Act.CANCEL) -> None:
    clearance.move(clearance.lock(id_of(answer)), act, by=SYSTEM, now=NOW)
    follow(now=NOW)


@pytest.mark.usefixtures("registered")
@pytest.mark.parametrize("act", [Act.CANCEL, Act.REFUSE])
def test_a_check_that_was_not_done_is_met_by_whoever_declares_the_bill_again(act: Act) -> None:
    drawn_at("1", "1")
    first = lodged("R1")
    revoke(first, act)
    drawn_at("0", "0")

    again, other = lodged("R2"), lodged("R3", bill="XMPL2")

    assert (checks(first), checks(again), checks(other)) == (CHECKS, CHECKS, set())
    found = recomputed(id_of(again))
    assert found is not None
    assert found.same
    assert {reason.figure for reason in found.recorded.reasons} == {first.number}
    assert [one.facts["figure"] for one in told_to_auditor(id_of(again))] == [first.number] * 2
    assert first.number not in str(told_to_officer(id_of(again)))


@pytest.mark.usefixtures("registered")
def test_a_check_that_was_done_is_not_owed() -> None:
    drawn_at("1", "1")
    first = lodged("R1")
    for treatment in ("documents", "sample"):
        record_outcome(
            declaration_id=id_of(first),
            treatment=treatment,
            finding="",
            office="0202",
            by=SYSTEM,
            now=NOW,
        )
    revoke(first)
    drawn_at("0", "0")

    assert checks(lodged("R2")) == set()
    assert not CarriedCheck.objects.exists()


@pytest.mark.usefixtures("registered")
def test_asking_again_under_other_references_never_wins_a_draw() -> None:
    commit_seed(DAY, now=NOW, make=lambda: bytes(range(32)))
    drawn_at("0", "0.5")
    place = 0
    while not checks(answer := lodged(f"R{place}", bill=f"XMPL{place}")):
        place += 1
    bill = f"XMPL{place}"

    for turn in range(20):
        revoke(answer)
        answer = lodged(f"AGAIN{turn}", bill=bill)
        assert checks(answer) == {HoldKind.INSPECTION}


def test_one_inspection_answers_for_all_reasons_that_asked_for_one() -> None:
    reasons = (
        Reason("profile", "goods", "full", criterion=1, words="Open all.", lines=(2,)),
        Reason("random", "random", "scan"),
        Reason("random", "random", "documents"),
        Reason("profile", "goods", "documents", acted=False, criterion=2),
    )
    chosen = Selection(
        documents=True, goods=True, treatment="full", reasons=reasons, seed_day=DAY, set_version=""
    )

    left = undone(chosen, {"full"}, number="N1")
    everything = undone(chosen, set(), number="N1")

    assert [(one.source, one.treatment, one.figure) for one in left] == [
        ("carried", "documents", "N1")
    ]
    assert [(one.treatment, one.words, one.lines) for one in everything] == [
        ("full", "Open all.", ()),
        ("scan", "", ()),
        ("documents", "", ()),
    ]
