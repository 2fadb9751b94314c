"""Certificates: registered once, drawn exactly at acceptance, given back, and never beyond."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace as changed
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from msgspec.structs import replace

from tests.domain.declarations.samples import with_line
from tests.interfaces.scene import Scene, declared, open_kinds, play
from tongguan.domain.clearance.lifecycle import HoldKind, Why
from tongguan.domain.clearance.queries import holds_of
from tongguan.domain.declarations.values import Preference, Regime, Submission
from tongguan.domain.permits import problems
from tongguan.domain.permits.certificates import register_certificate, withdraw_certificate
from tongguan.domain.permits.models import Certificate, CertificateUse
from tongguan.domain.permits.queries import all_certificates
from tongguan.domain.permits.rules.registration import Wrong
from tongguan.domain.permits.values import CertificateKind, Freed, NewCertificate
from tongguan.domain.review.revocations import refuse
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.ledger.models import Entry
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now
from tongguan.processes.jobs import follow
from tongguan.processes.lodgement.lodge import check_only, lodge
from tongguan.processes.lodgement.values import Answer, Incoming

pytestmark = pytest.mark.django_db(transaction=True)
PARALLEL = 100
NUMBER = "Z02020000001"
USED = Decimal("85.5")
"""The third line of the sample weighs so many kilograms."""


@pytest.fixture
def scene() -> Scene:
    return play()


def new(scene: Scene, **changes: Any) -> NewCertificate:
    """Return a relief certificate of the trader's for 1,000 kg of the sample's third line."""
    today = utc_now().date()
    base = NewCertificate(
        kind=CertificateKind.RELIEF,
        number=NUMBER,
        holder_id=scene.firms["trader"],
        basis="401",
        commodities=("4016",),
        granted=Decimal(1000),
        unit="035",
        valid_from=today - timedelta(days=9),
        valid_until=today + timedelta(days=9),
        issuer="Tianjin Customs",
        levy_modes=("2", "3"),
        frees=(Freed.DUTY, Freed.VAT),
    )
    return changed(base, **changes)


def grant(scene: Scene, **changes: Any) -> None:
    register_certificate(certificate=new(scene, **changes), by=SYSTEM, now=utc_now())


def claiming(reference: str = "R-1", number: str = NUMBER) -> Submission:
    regime = Regime("0110", "401", number)
    return replace(with_line(declared(reference), 2, levy_mode="3"), regime=regime)


def sent(*submissions: Submission) -> list[Answer]:
    batch = [Incoming(one, None, bytes(32), "json") for one in submissions]
    return lodge(batch, by=SYSTEM, now=utc_now())


def payable(answer: Answer) -> Decimal:
    assert answer.assessment is not None, answer.faults
    return answer.assessment.payable


def id_of(answer: Answer) -> DeclarationId:
    return DeclarationId(UUID(str(answer.declaration_id)))


def drawn() -> Decimal:
    return Certificate.objects.get(number=NUMBER).drawn


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(ProblemError) as refusal:
        act()
    return [fault.problem.code for fault in refusal.value.faults]


def test_a_relief_is_granted_at_acceptance_and_its_certificate_debited(scene: Scene) -> None:
    grant(scene)
    [full] = sent(declared("R-0"))

    [answer] = sent(claiming())

    assert payable(answer) < payable(full)
    assert answer.faults == ()
    assert drawn() == USED
    [use] = CertificateUse.objects.all()
    assert (use.declaration_id, use.line, use.quantity) == (answer.declaration_id, 3, USED)
    entry = Entry.objects.get(kind="CERTIFICATE_DEBITED")
    told = {name: entry.facts[name] for name in ("certificate", "line", "quantity")}
    assert told == {"certificate": NUMBER, "line": "3", "quantity": "85.5 035"}
    assert HoldKind.REVIEW not in open_kinds(id_of(answer))


def test_a_line_without_value_is_relieved_and_leaves_the_balance_as_it_is(scene: Scene) -> None:
    grant(scene, unit="CNY", granted=Decimal(100))
    # One sen is 0.0005 yuan: the customs value of the line rounds to 0.00.
    sen = {"price": Decimal("0.0001"), "total": Decimal("0.01"), "currency": "JPY"}

    [answer] = sent(with_line(claiming(), 2, **sen))

    assert answer.declaration_id is not None, answer.faults
    assert [fault.problem for fault in answer.faults if "PER" in fault.problem.code] == []
    assert HoldKind.REVIEW not in open_kinds(id_of(answer))
    assert drawn() == 0
    assert not CertificateUse.objects.exists()
    assert not Entry.objects.filter(kind="CERTIFICATE_DEBITED").exists()


def test_who_exempts_himself_owes_everything_and_waits_for_an_officer(scene: Scene) -> None:
    [full] = sent(declared("R-0"))

    [answer] = sent(claiming())

    assert payable(answer) == payable(full)
    assert [(one.problem, one.pointer) for one in answer.faults if "PER" in one.problem.code] == [
        (problems.CERTIFICATE_UNKNOWN, "#/regime/record")
    ]
    assert {HoldKind.REVIEW, HoldKind.PAYMENT} <= open_kinds(id_of(answer))
    [review] = [one for one in holds_of(id_of(answer)) if one.kind is HoldKind.REVIEW]
    assert review.why is Why.RELIEF_UNPROVEN


def test_a_certificate_of_origin_is_debited_and_proves_no_more_than_it_is_left_with(
    scene: Scene,
) -> None:
    origin = {"kind": CertificateKind.ORIGIN, "basis": "22", "origin": "DEU"}
    grant(scene, granted=USED * 2 - 1, levy_modes=(), frees=(), **origin)
    claimed = Preference("22", NUMBER)

    batch = [with_line(declared(f"R-{place}"), 2, preference=claimed) for place in (1, 2)]
    first, second = sent(*batch)
    [third] = sent(with_line(declared("R-3"), 2, preference=claimed))

    def told(answer: Answer) -> list[object]:
        return [one.problem for one in answer.faults if "PER" in one.problem.code]

    assert [told(one) for one in (first, second, third)] == [
        [],
        [problems.CERTIFICATE_USED_UP],
        [problems.CERTIFICATE_USED_UP],
    ]
    assert drawn() == USED
    assert CertificateUse.objects.get().declaration_id == first.declaration_id

    refuse(declaration_id=id_of(first), words="x", by=scene.actor("reviewer"), now=utc_now())
    follow(now=utc_now())

    assert drawn() == 0


def test_declarations_of_one_batch_share_what_is_left(scene: Scene) -> None:
    grant(scene, granted=USED * 2 + 1)
    [full] = sent(declared("R-0"))

    answers = sent(*(claiming(f"R-{place}") for place in range(1, 4)))

    assert [payable(one) < payable(full) for one in answers] == [True, True, False]
    assert [one.problem for one in answers[2].faults if "PER" in one.problem.code] == [
        problems.CERTIFICATE_USED_UP
    ]
    assert drawn() == USED * 2


def test_checking_and_lodging_again_draw_nothing(scene: Scene) -> None:
    grant(scene)
    one = claiming()

    check_only([Incoming(one, None, bytes(32), "json")], by=SYSTEM, now=utc_now())
    checked = drawn()
    first, again = sent(one), sent(one)

    assert checked == 0
    assert again[0].number == first[0].number
    assert drawn() == USED


def test_what_is_refused_gives_back_what_it_drew(scene: Scene) -> None:
    grant(scene)
    [answer] = sent(claiming())
    reviewer = scene.actor("reviewer")

    refuse(declaration_id=id_of(answer), words="prohibited", by=reviewer, now=utc_now())
    follow(now=utc_now())
    follow(now=utc_now())

    assert drawn() == 0
    assert CertificateUse.objects.get().credited_at is not None
    assert Entry.objects.filter(kind="CERTIFICATE_CREDITED").count() == 1


def test_a_hundred_at_once_never_draw_more_than_was_granted(scene: Scene) -> None:
    grant(scene, granted=USED * 37 + 1)
    [full] = sent(declared("R-0"))

    def declare(place: int) -> bool:
        try:
            [answer] = sent(claiming(f"R-{place}"))
        finally:
            connection.close()
        return payable(answer) < payable(full)

    with ThreadPoolExecutor(8) as pool:
        relieved = list(pool.map(declare, range(1, PARALLEL + 1)))

    assert relieved.count(True) == 37
    assert drawn() == USED * 37
    assert CertificateUse.objects.count() == 37


def test_what_is_withdrawn_grants_nothing_more_and_stays_drawn(scene: Scene) -> None:
    grant(scene)
    sent(claiming())

    withdraw_certificate(kind=CertificateKind.RELIEF, number=NUMBER, by=SYSTEM, now=utc_now())
    [answer] = sent(claiming("R-2"))
    again = refused(
        lambda: withdraw_certificate(
            kind=CertificateKind.RELIEF, number=NUMBER, by=SYSTEM, now=utc_now()
        )
    )
    anew = refused(lambda: grant(scene))

    assert problems.CERTIFICATE_WITHDRAWN in [one.problem for one in answer.faults]
    assert drawn() == USED
    assert (again, anew) == (["PER-032"], ["PER-030"])
    assert all_certificates(CertificateKind.RELIEF, usable_on=utc_now().date()) == ()
    assert [one.number for one in all_certificates(CertificateKind.RELIEF)] == [NUMBER]


def test_a_certificate_is_registered_once_and_by_those_who_may(scene: Scene) -> None:
    grant(scene)
    grant(scene)

    other = refused(lambda: grant(scene, granted=Decimal(5)))
    stranger = refused(
        lambda: register_certificate(
            certificate=new(scene), by=scene.actor("trader"), now=utc_now()
        )
    )

    assert (other, stranger) == (["PER-030"], ["ACC-001"])
    assert Certificate.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"number": ""}, Wrong.NUMBER),
        ({"number": "\u0410-1"}, Wrong.NUMBER),
        ({"number": "Z" * 36}, Wrong.NUMBER),
        ({"granted": Decimal(0)}, Wrong.BALANCE),
        ({"valid_until": utc_now().date() - timedelta(days=9)}, Wrong.PERIOD),
        ({"unit": "999"}, Wrong.UNIT),
        ({"commodities": ()}, Wrong.GOODS),
        ({"commodities": ("4016", "8")}, Wrong.GOODS),
        ({"commodities": ("",)}, Wrong.GOODS),
        ({"issuer": ""}, Wrong.ISSUER),
        ({"basis": "101"}, Wrong.NATURE),
        ({"basis": "000"}, Wrong.NATURE),
        ({"levy_modes": ()}, Wrong.MODES),
        ({"levy_modes": ("1", "3")}, Wrong.MODES),
        ({"frees": ()}, Wrong.FREES),
        ({"levy_modes": ("2",), "frees": tuple(Freed)}, Wrong.CONSUMPTION),
        (
            {"levy_modes": ("4", "8"), "frees": tuple(Freed), "share": Decimal("0.4")},
            Wrong.CONSUMPTION,
        ),
        ({"levy_modes": ("4",)}, Wrong.SHARE),
        ({"share": Decimal("0.5")}, Wrong.SHARE),
        ({"levy_modes": ("4",), "share": Decimal(1)}, Wrong.SHARE),
        ({"kind": CertificateKind.ORIGIN, "basis": "22", "origin": "XXX"}, Wrong.ORIGIN),
        ({"kind": CertificateKind.ORIGIN, "basis": "", "origin": "DEU"}, Wrong.ORIGIN),
    ],
)
def test_what_grants_nothing_that_can_be_given_is_not_registered(
    scene: Scene, changes: dict[str, Any], wrong: Wrong
) -> None:
    with pytest.raises(ProblemError) as refusal:
        grant(scene, **changes)

    [fault] = refusal.value.faults
    assert (fault.problem, fault.facts["wrong"]) == (problems.CERTIFICATE_GRANTS_NOTHING, wrong)
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("number", ["z02020000001", "Ｚ0202 0000001", "Z0202\u200b0000001 "])
def test_a_certificate_is_registered_and_withdrawn_however_its_number_is_written(
    scene: Scene, number: str
) -> None:
    certificate = new(scene, number=number)
    register_certificate(certificate=certificate, by=SYSTEM, now=utc_now())
    register_certificate(certificate=new(scene), by=SYSTEM, now=utc_now())

    assert Certificate.objects.get().number == NUMBER
    withdraw_certificate(kind=CertificateKind.RELIEF, number=number, by=SYSTEM, now=utc_now())
    assert Certificate.objects.get().withdrawn_at is not None
