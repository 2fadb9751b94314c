"""Reliefs: what each levy mode leaves on a certificate, and that nothing is left without one."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.declarations.samples import DAY, sound_export, with_line
from tests.domain.law import law, line
from tests.domain.revenue.rules.goods import GOODS, at_rates, declared, measure
from tongguan.domain.declarations.values import (
    Line,
    Preference,
    Quantity,
    Regime,
    Submission,
)
from tongguan.domain.permits import problems
from tongguan.domain.permits.coverage import origin_key, relief_key
from tongguan.domain.permits.values import CertificateKind, CertificateRow, Held
from tongguan.domain.reference.values import Levy
from tongguan.domain.revenue.notes import Note
from tongguan.domain.revenue.rules.assess import assess
from tongguan.domain.revenue.rules.explanation import explained
from tongguan.domain.revenue.values import Assessment
from tongguan.kernel.problems import Fault, Problem

TRADER: Final = 7
RATES: Final = at_rates(mfn="0.1", consumption="0.3", vat="0.13")
FULL: Final = Decimal("7757.15")
"""Duty 1,000.00, consumption tax 4,714.29, VAT 2,042.86 on 10,000."""
TOMORROW: Final = DAY + timedelta(days=1)


def certificate(**changes: Any) -> CertificateRow:
    """Return a relief certificate that covers 100,000 yuan of all goods under 3304."""
    base = CertificateRow(
        id=1,
        kind=CertificateKind.RELIEF,
        number="Z02020000001",
        holder_id=TRADER,
        basis="401",
        origin="",
        levy_modes=("2", "3", "4", "5", "8", "9"),
        frees=("DUTY", "VAT"),
        share=Decimal("0.4"),
        commodities=("3304",),
        granted=Decimal(100_000),
        drawn=Decimal(0),
        unit="CNY",
        valid_from=date(2026, 1, 1),
        valid_until=TOMORROW,
        issuer="a customs district",
        withdrawn_at=None,
    )
    return base._replace(**changes)


def claiming(mode: str, total: str = "10000", **changes: Any) -> Submission:
    """Return a declaration of one line that claims a relief of nature 401."""
    regime = Regime("0110", "401", "Z02020000001")
    return replace(declared(total, levy_mode=mode, **changes), regime=regime)


def held(*rows: CertificateRow) -> Held:
    """Return what the trader may count on."""
    keys = {CertificateKind.RELIEF: relief_key, CertificateKind.ORIGIN: origin_key}
    return Held({keys[row.kind](row.number): row for row in rows}, TRADER, DAY)


def owed(goods: Submission, *rows: CertificateRow) -> tuple[Assessment, list[Fault]]:
    """Return what is owed, and what is told."""
    faults: list[Fault] = []
    return assess(goods, reference=RATES, day=DAY, held=held(*rows), faults=faults), faults


@pytest.mark.parametrize(
    ("mode", "payable"),
    [
        ("1", "7757.15"),
        ("2", "5975.00"),
        ("3", "4285.71"),
        ("4", "5629.71"),
        ("5", "5629.71"),
        ("6", "7757.15"),
        ("7", "7757.15"),
        ("8", "5975.00"),
        ("9", "4285.71"),
    ],
)
def test_each_levy_mode_leaves_consumption_tax_whole_and_its_share_of_duty_and_vat(
    mode: str, payable: str
) -> None:
    # Mode 2: duty 500; tax 10,500 ÷ 0.7 × 0.3 = 4,500; VAT 15,000 × 13 % ÷ 2 = 975.
    # Modes 4 and 5, at 40 %: 400; 10,400 ÷ 0.7 × 0.3 = 4,457.14; 14,857.14 × 13 % × 0.4 = 772.57.
    assessment, faults = owed(claiming(mode), certificate())

    assert assessment.payable == Decimal(payable)
    assert faults == []
    assert not assessment.unproven


@pytest.mark.parametrize("drawn", ["0", "100000"])
def test_a_line_without_value_is_relieved_and_uses_nothing_of_a_balance_of_value(
    drawn: str,
) -> None:
    assessment, faults = owed(claiming("3", "0.00"), certificate(drawn=Decimal(drawn)))

    assert faults == []
    assert not assessment.unproven
    assert [(use.number, use.quantity) for use in assessment.used] == [("Z02020000001", Decimal(0))]
    assert assessment.payable == 0


def test_a_line_without_value_and_without_certificate_is_unproven_and_owes_nothing() -> None:
    assessment, faults = owed(claiming("3", "0.00"))

    assert [fault.problem for fault in faults] == [problems.CERTIFICATE_UNKNOWN]
    assert assessment.unproven
    assert assessment.payable == 0


def test_a_certificate_that_frees_consumption_tax_too_leaves_nothing() -> None:
    everything = certificate(frees=("CONSUMPTION", "DUTY", "VAT"))

    assessment, _ = owed(claiming("3"), everything)

    assert assessment.payable == 0


@pytest.mark.parametrize(
    ("mode", "payable"), [("2", "5975.00"), ("8", "5975.00"), ("4", "5629.71"), ("5", "5629.71")]
)
def test_a_mode_that_leaves_a_part_never_lowers_consumption_tax(mode: str, payable: str) -> None:
    everything = certificate(frees=("CONSUMPTION", "DUTY", "VAT"))

    assessment, faults = owed(claiming(mode), everything)

    assert assessment.payable == Decimal(payable)
    assert assessment.used[0].taxes == ("DUTY", "EXPORT_DUTY", "VAT")
    assert faults == []


def test_a_certificate_for_duty_alone_leaves_vat_whole_on_what_is_levied() -> None:
    assessment, _ = owed(claiming("3"), certificate(frees=("DUTY",)))

    levied = {total.tax: total.levied for total in assessment.totals}
    assert levied == {
        "DUTY": Decimal(0),
        "CONSUMPTION": Decimal("4285.71"),
        "VAT": Decimal("1857.14"),
    }


def test_trade_remedies_are_levied_whole_on_a_certificate() -> None:
    dumped = at_rates(measure(Levy.ANTI_DUMPING, "0.25", origin="DEU"), mfn="0.1", vat="0.13")

    assessment = assess(claiming("3"), reference=dumped, day=DAY, held=held(certificate()))

    assert {total.tax: total.levied for total in assessment.totals} == {
        "DUTY": 0,
        "ANTI_DUMPING": 2500,
        "VAT": 0,
    }


def test_export_duty_is_lowered_on_a_certificate_only() -> None:
    goods = Line(
        number=1,
        commodity=GOODS,
        total=Decimal(1000),
        currency="CNY",
        origin="CHN",
        levy_mode="3",
        regime=Regime(levy="401", record="Z02020000001"),
    )
    export = replace(sound_export(), lines=(goods,))
    reference = law(lines=(line(GOODS, export=Decimal("0.2")),))

    with_one = assess(export, reference=reference, day=DAY, held=held(certificate()))
    without = assess(export, reference=reference, day=DAY, held=held())

    assert with_one.payable == 0
    assert without.payable > 0
    assert without.unproven


BAD: Final[dict[str, tuple[dict[str, Any], Problem]]] = {
    "unknown": ({"number": "Z99999999999"}, problems.CERTIFICATE_UNKNOWN),
    "another's": ({"holder_id": 8}, problems.CERTIFICATE_UNKNOWN),
    "ended": ({"valid_until": DAY}, problems.CERTIFICATE_NOT_VALID),
    "not begun": ({"valid_from": TOMORROW}, problems.CERTIFICATE_NOT_VALID),
    "withdrawn": (
        {"withdrawn_at": datetime(2026, 1, 1, tzinfo=UTC)},
        problems.CERTIFICATE_WITHDRAWN,
    ),
    "other nature": ({"basis": "406"}, problems.CERTIFICATE_OF_OTHER),
    "other modes": ({"levy_modes": ()}, problems.CERTIFICATE_OF_OTHER),
    "other goods": ({"commodities": ("8482", "33059")}, problems.CERTIFICATE_OTHER_GOODS),
    "other unit": ({"unit": "035"}, problems.CERTIFICATE_OTHER_UNIT),
    "used up": ({"drawn": Decimal("90000.01")}, problems.CERTIFICATE_USED_UP),
    "too little": ({"granted": Decimal(1)}, problems.CERTIFICATE_USED_UP),
}
"""Certificates that do not grant what is claimed: what is changed, what is told."""


@pytest.mark.parametrize("mode", list("234589"))
@pytest.mark.parametrize(("changes", "problem"), BAD.values(), ids=BAD)
def test_a_certificate_that_does_not_grant_it_leaves_everything_and_tells_why(
    mode: str, changes: dict[str, Any], problem: Problem
) -> None:
    assessment, faults = owed(claiming(mode), certificate(**changes))

    assert assessment.payable == FULL
    assert [fault.problem for fault in faults] == [problem]
    assert all(fault.problem.warning for fault in faults)
    assert assessment.unproven
    assert not assessment.used
    unproven = [one.tax for one in assessment.charges if Note.RELIEF_UNPROVEN.value in one.notes]
    assert unproven == ["DUTY", "VAT"]


def test_a_relief_without_a_record_number_leaves_everything() -> None:
    bare = replace(claiming("3"), regime=Regime("0110", "401"))

    assessment, faults = owed(bare, certificate())

    assert assessment.payable == FULL
    assert [(one.problem, one.pointer) for one in faults] == [
        (problems.CERTIFICATE_NOT_NAMED, "#/regime/record")
    ]


def test_a_levy_mode_whose_share_the_certificate_does_not_state_leaves_everything() -> None:
    assessment, faults = owed(claiming("4"), certificate(share=None))

    assert assessment.payable == FULL
    assert [one.problem for one in faults] == [problems.CERTIFICATE_OF_OTHER]


def test_lines_draw_on_one_certificate_until_it_is_used_up() -> None:
    first = claiming("3", first=Quantity(Decimal(60), "035")).lines[0]
    second = replace(first, number=2, first=Quantity(Decimal("40.000001"), "035"))
    third = replace(first, number=3, first=Quantity(Decimal(40), "035"))
    goods = replace(claiming("3"), lines=(first, second, third))
    weighed = certificate(unit="035", granted=Decimal(100))

    assessment, faults = owed(goods, weighed)

    assert [(one.line, one.quantity) for one in assessment.used] == [
        (1, Decimal(60)),
        (3, Decimal(40)),
    ]
    assert [one.facts["needed"] for one in faults] == ["40.00001"]
    assert [one.facts["left"] for one in faults] == ["40"]


def test_a_line_may_name_its_own_record() -> None:
    own = Regime(levy=" 401 ", record=" z02020000001 ")
    goods = with_line(declared("10000"), levy_mode="3", regime=own)

    assessment, faults = owed(goods, certificate())

    assert (assessment.payable, faults) == (Decimal("4285.71"), [])


def test_what_lowered_a_tax_is_named_beside_it() -> None:
    assessment, _ = owed(claiming("2"), certificate())
    kept = Assessment.read(assessment.stored())

    notes = {one.tax: one.notes for one in explained(kept, str) if one.tax}

    named = "Granted by certificate Z02020000001."
    assert kept == assessment
    assert named in notes["DUTY"]
    assert named in notes["VAT"]
    assert notes["CONSUMPTION"] == ()


@given(
    mode=st.sampled_from("123456789"),
    name=st.sampled_from(sorted(BAD)),
    total=st.decimals("0.01", 10**6, places=2),
)
def test_nobody_pays_less_than_all_without_a_certificate_that_grants_it(
    mode: str, name: str, total: Decimal
) -> None:
    changes, _ = BAD[name]
    little = {"granted": total, "drawn": Decimal("0.001")}
    doubtful = certificate(**(little if problems.CERTIFICATE_USED_UP in BAD[name] else changes))

    assessment, _ = owed(claiming(mode, str(total)), doubtful)

    full, _ = owed(claiming("1", str(total)))
    assert assessment.payable == full.payable


ORIGIN: Final = certificate(
    kind=CertificateKind.ORIGIN, number="E1", basis="22", origin="DEU", levy_modes=(), frees=()
)


@pytest.mark.parametrize(
    ("changes", "note", "told"),
    [
        ({}, Note.NO_AGREEMENT_RATE, []),
        ({"holder_id": 8}, Note.ORIGIN_UNPROVEN, [problems.CERTIFICATE_UNKNOWN]),
        ({"basis": "03"}, Note.ORIGIN_UNPROVEN, [problems.CERTIFICATE_OF_OTHER]),
        ({"origin": "KOR"}, Note.ORIGIN_UNPROVEN, [problems.CERTIFICATE_OF_OTHER]),
        ({"commodities": ("84",)}, Note.ORIGIN_UNPROVEN, [problems.CERTIFICATE_OTHER_GOODS]),
        ({"valid_until": DAY}, Note.ORIGIN_UNPROVEN, [problems.CERTIFICATE_NOT_VALID]),
        ({"drawn": ORIGIN.granted}, Note.ORIGIN_UNPROVEN, [problems.CERTIFICATE_USED_UP]),
        (
            {"granted": Decimal("9999.99")},
            Note.ORIGIN_UNPROVEN,
            [problems.CERTIFICATE_USED_UP],
        ),
        ({"unit": "007"}, Note.ORIGIN_UNPROVEN, [problems.CERTIFICATE_OTHER_UNIT]),
    ],
)
def test_a_preference_counts_on_a_certificate_of_origin_that_is_known(
    changes: dict[str, Any], note: Note, told: list[object]
) -> None:
    goods = declared("10000", preference=Preference("22", " e1 "))

    assessment, faults = owed(goods, ORIGIN._replace(**changes))

    assert assessment.charges[0].notes == (note.value,)
    assert assessment.payable == FULL
    assert [one.problem for one in faults] == told


def test_a_certificate_of_origin_proves_no_more_lines_than_it_is_left_with() -> None:
    one = declared("10000", preference=Preference("22", "E1")).lines[0]
    pieces = replace(one, first=Quantity(Decimal(2400), "007"))
    goods = replace(
        declared("10000"), lines=tuple(replace(pieces, number=number) for number in (1, 2))
    )
    little = ORIGIN._replace(unit="007", granted=Decimal(5000), drawn=Decimal(200))

    assessment, faults = owed(goods, little)
    last, told = owed(goods, little._replace(drawn=Decimal(201)))

    assert [(use.line, use.quantity, use.kind) for use in assessment.used] == [
        (1, Decimal(2400), "ORIGIN"),
        (2, Decimal(2400), "ORIGIN"),
    ]
    assert faults == []
    assert [use.line for use in last.used] == [1]
    assert [one.problem for one in told] == [problems.CERTIFICATE_USED_UP]


def test_what_was_granted_stays_when_the_taxes_are_computed_anew() -> None:
    goods = replace(
        claiming("3"), lines=(claiming("3").lines[0], replace(claiming("2").lines[0], number=2))
    )
    little = certificate(granted=Decimal(10_000))
    before, _ = owed(goods, little)
    faults: list[Fault] = []

    anew = assess(goods, reference=RATES, day=DAY, earlier=before, faults=faults)

    assert [one.line for one in before.used] == [1]
    assert before.unproven
    assert anew == before
    assert faults == []


def test_a_proven_preference_stays_proven_when_the_taxes_are_computed_anew() -> None:
    goods = declared("10000", preference=Preference("22", "E1"))
    before, _ = owed(goods, ORIGIN)

    anew = assess(goods, reference=RATES, day=DAY, earlier=before)

    assert anew == before
