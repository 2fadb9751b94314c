"""A summary releases taxable goods on a guarantee only, and waits for its second step."""

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client, override_settings
from msgspec.structs import replace

from tests.domain.cargo.factories import manifest
from tests.domain.declarations.samples import CONSIGNEE, with_line
from tests.interfaces.scene import AGENT, PASSWORD, RIVAL, Scene, declared, play
from tests.processes.test_coming import BILL, announced, arrive, declare
from tests.regions.test_jingjinji import PACK
from tongguan.domain.cargo import commands as cargo
from tongguan.domain.cargo.transports import declare_transport
from tongguan.domain.cargo.values import ManifestBill
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import Act, HoldKind, State, Why
from tongguan.domain.clearance.queries import holds_of, open_hold, state_of
from tongguan.domain.clearance.values import HoldRow
from tongguan.domain.declarations.values import Kind, Party, Submission
from tongguan.domain.parties.commands import set_class
from tongguan.domain.parties.values import CreditClass
from tongguan.domain.reference import queries as reference
from tongguan.domain.revenue import commands as revenue
from tongguan.domain.revenue.queries import charges_of
from tongguan.domain.revenue.registers import register_guarantee
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.ledger.queries import entries, verify
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import LOCAL, utc_now
from tongguan.processes import sandbox
from tongguan.processes.lodgement.lodge import lodge
from tongguan.processes.lodgement.values import Answer, Incoming

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene(db: None, tmp_path: Path) -> Iterator[Scene]:
    """Play in a region that takes declarations in two steps."""
    pack = tmp_path / "pack"
    shutil.copytree(PACK, pack)
    checks = pack / "parameters" / "checks.csv"
    words = checks.read_text("utf-8")
    assert "two_step,no," in words
    checks.write_text(words.replace("two_step,no,", "two_step,yes,"), "utf-8")
    kept = reference._KEPT
    with override_settings(REGION_DIR=pack):
        kept.pack = kept.whole = None
        yield play()
    kept.pack = kept.whole = None


def summary(reference: str = "R-1") -> Submission:
    return replace(declared(reference), kind=Kind.SUMMARY)


def of_bill() -> Submission:
    """Return a summary for the bill that the carrier announces."""
    return replace(summary(), bill=BILL, containers=(), entry_date=None)


def sent(one: Submission, now: datetime | None = None) -> Answer:
    [answer] = lodge([Incoming(one, None, bytes(32), "json")], by=SYSTEM, now=now or utc_now())
    return answer


def id_of(answer: Answer) -> DeclarationId:
    assert answer.declaration_id is not None, answer.faults
    return DeclarationId(UUID(str(answer.declaration_id)))


def held(id_: DeclarationId) -> dict[HoldKind, HoldRow]:
    return {row.kind: row for row in holds_of(id_) if row.ended_at is None}


def payable(answer: Answer) -> Decimal:
    assert answer.assessment is not None, answer.faults
    return answer.assessment.payable


def guaranteed(scene: Scene) -> str:
    today = utc_now().date()
    register_guarantee(
        number="G-1",
        enterprise_id=scene.firms["trader"],
        limit_cny=Decimal(1_000_000),
        valid_from=today - timedelta(days=1),
        valid_until=today + timedelta(days=99),
        by=SYSTEM,
        now=utc_now(),
    )
    return "G-1"


@pytest.mark.usefixtures("scene")
def test_a_summary_secures_what_the_whole_would_owe_whatever_it_claims() -> None:
    whole = sent(declared("R-0"))
    claiming = with_line(summary(), 2, levy_mode="3")

    answer = sent(claiming)

    assert payable(answer) == payable(whole) > 0
    payment = held(id_of(answer))[HoldKind.PAYMENT]
    assert (payment.why, payment.facts["amount"]) == (Why.SECURITY_DUE, str(payable(whole)))


@pytest.mark.usefixtures("scene")
def test_a_summary_waits_for_its_second_step_until_a_day_that_is_told() -> None:
    id_ = id_of(sent(summary()))

    second = held(id_)[HoldKind.SUPPLEMENT]

    first_day = utc_now().astimezone(LOCAL).date() + timedelta(days=14)
    assert second.why is Why.SECOND_STEP
    assert second.due_at is not None
    last = (second.due_at - timedelta(minutes=1)).astimezone(LOCAL).date()
    assert last == reference.snapshot().calendar.next_working(first_day)


def second_step_due(id_: DeclarationId) -> date:
    """Return the last day for the second step."""
    due = held(id_)[HoldKind.SUPPLEMENT].due_at
    assert due is not None
    return (due - timedelta(minutes=1)).astimezone(LOCAL).date()


@pytest.mark.usefixtures("scene")
def test_the_second_step_is_due_fourteen_days_from_the_transport_not_from_the_arrival() -> None:
    announced(datetime(2026, 11, 3, 2, tzinfo=UTC))
    declare(datetime(2026, 11, 3, 3, tzinfo=UTC))
    arrive(datetime(2026, 11, 9, 3, tzinfo=UTC))

    id_ = id_of(sent(of_bill(), datetime(2026, 11, 9, 6, tzinfo=UTC)))

    assert second_step_due(id_) == date(2026, 11, 17)


@pytest.mark.usefixtures("scene")
def test_the_second_step_of_an_advance_summary_is_due_anew_once_its_transport_is_declared() -> None:
    announced()
    id_ = id_of(sent(of_bill(), datetime(2026, 11, 27, 3, tzinfo=UTC)))
    before = second_step_due(id_)

    declare(datetime(2026, 12, 1, 3, tzinfo=UTC))
    arrive(datetime(2026, 12, 4, 3, tzinfo=UTC))

    assert before == date(2026, 12, 11)
    assert second_step_due(id_) == date(2026, 12, 15)
    [due] = [row.facts["due"] for row in entries(id_) if row.kind == "SECOND_STEP_DUE"]
    assert due == "2026-12-15"
    assert not verify().broken


def test_a_summary_is_secured_and_not_paid(scene: Scene) -> None:
    id_ = id_of(sent(summary()))
    trader = scene.actor("trader")

    with pytest.raises(ProblemError) as refusal:
        sandbox.pay(declaration_id=id_, by=trader, now=utc_now())
    before = held(id_)
    revenue.secure(declaration_id=id_, guarantee_number=guaranteed(scene), by=trader, now=utc_now())

    assert [fault.problem.code for fault in refusal.value.faults] == ["REV-007"]
    assert HoldKind.PAYMENT in before
    assert HoldKind.PAYMENT not in held(id_)
    assert HoldKind.SUPPLEMENT in held(id_)
    owed = charges_of(id_, viewer=trader)
    assert owed is not None
    assert (owed.row.secured_by, owed.row.paid_at) == ("G-1", None)


def seen(who: str, address: str) -> str:
    client = Client()
    assert client.login(username=who, password=PASSWORD)
    answer = client.get(address, HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_its_page_offers_a_guarantee_and_never_the_bank_and_says_when_the_rest_is_due(
    scene: Scene,
) -> None:
    id_ = id_of(sent(summary()))
    number = guaranteed(scene)
    address = f"/portal/declarations/{id_}/pay"

    before, listed = seen("trader", address), seen("trader", "/portal/payments")
    brokers = seen("broker", address)
    revenue.secure(
        declaration_id=id_, guarantee_number=number, by=scene.actor("trader"), now=utc_now()
    )
    after = seen("trader", address)

    assert "Secure with guarantee G-1" in before
    assert "not yours to draw on" in brokers
    assert "Secured on guarantee G-1" in after
    assert "Secure with guarantee" not in after
    for page in (before, brokers, after):
        assert "Pay at" not in page
        assert "The second step, the full declaration, is due by" in page
    assert "Secure" in listed


def test_what_includes_a_late_fee_is_offered_no_guarantee(scene: Scene) -> None:
    guaranteed(scene)
    first = utc_now() - timedelta(days=40)
    goods = declared("R-9")
    announced = manifest(bills=(ManifestBill("BILLR-9", 42, Decimal(3050), CONSIGNEE, "0202-01"),))
    cargo.receive_manifest(announced, by=SYSTEM, now=first)
    declare_transport(manifest="M1", at=first, by=SYSTEM, now=first)
    id_ = id_of(sent(goods))

    page = seen("trader", f"/portal/declarations/{id_}/pay")

    owed = charges_of(id_, viewer=scene.actor("trader"))
    assert owed is not None
    assert owed.assessment.fee > 0
    assert "no guarantee secures it" in page
    assert "Secure with guarantee" not in page


def test_a_discredited_trader_declares_in_one_step(scene: Scene) -> None:
    set_class(
        enterprise_id=scene.firms["trader"],
        credit=CreditClass.DISCREDITED,
        reason="smuggling",
        by=SYSTEM,
        now=utc_now(),
    )

    refused, whole = sent(summary()), sent(declared("R-2"))

    assert [(one.problem.code, one.pointer) for one in refused.faults] == [("LOD-009", "#/kind")]
    assert whole.declaration_id is not None


@pytest.mark.parametrize("credit", [CreditClass.DISCREDITED, CreditClass.GENERAL])
@pytest.mark.parametrize(("who", "declarant"), [("rival", RIVAL), ("agent", AGENT)])
def test_who_may_not_declare_for_a_trader_does_not_learn_its_class(
    scene: Scene, credit: CreditClass, who: str, declarant: Party
) -> None:
    set_class(
        enterprise_id=scene.firms["trader"], credit=credit, reason="x", by=SYSTEM, now=utc_now()
    )
    parties = replace(summary().parties, declarant=declarant)
    foreign = replace(summary(), parties=parties)
    stolen = summary()

    for one in (foreign, stolen):
        batch = [Incoming(one, None, bytes(32), "json")]
        [answer] = lodge(batch, by=scene.actor(who), now=utc_now())

        assert answer.declaration_id is None
        codes = {fault.problem.code for fault in answer.faults}
        assert "LOD-009" not in codes
        assert codes & {"LOD-002", "PAR-010", "PAR-014"}, codes


def test_a_released_summary_is_not_closed_before_its_second_step(scene: Scene) -> None:
    id_ = id_of(sent(summary()))
    guarantee = guaranteed(scene)
    revenue.secure(declaration_id=id_, guarantee_number=guarantee, by=SYSTEM, now=utc_now())
    arrival, now = open_hold(id_, HoldKind.ARRIVAL), utc_now()
    assert arrival

    with transaction.atomic(durable=True):
        locked = clearance.lock(id_)
        clearance.discharge(locked, arrival, by=SYSTEM, now=now)
        clearance.move(locked, Act.DEPART, by=SYSTEM, now=now)
        clearance.close(locked, by=SYSTEM, now=now)

    assert state_of(id_) is State.DEPARTED
    assert set(held(id_)) == {HoldKind.SUPPLEMENT}


@pytest.mark.usefixtures("scene")
def test_a_summary_whose_rates_are_not_known_is_refused_at_its_line() -> None:
    answer = sent(with_line(summary(), 2, commodity="401693"))

    assert answer.declaration_id is None
    refused = [one for one in answer.faults if not one.problem.warning]
    assert [(one.problem.code, one.pointer) for one in refused] == [
        ("LOD-007", "#/lines/2/commodity")
    ]
