"""What holds for every assessment: it adds up, it can be computed again, dearer never owes less."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.declarations.samples import DAY, sound, with_line
from tests.domain.law import LINES, law, line
from tongguan.domain.declarations.values import Charge, Charges, Line, Mass, Submission
from tongguan.domain.reference.values import Snapshot, TariffLine
from tongguan.domain.revenue.rules.assess import assess
from tongguan.domain.revenue.rules.explanation import Amount, recomputed
from tongguan.domain.revenue.values import Assessment

MONEY = st.decimals("0.01", 10**8, places=2)
RATES = st.decimals(0, "0.9", places=4)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Submission, Snapshot]:
    """Return any import with any rates, terms and costs."""
    rows: list[TariffLine] = []
    lines: list[Line] = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        code = f"{number:010}"
        rows.append(line(code, mfn=draw(RATES), consumption=draw(RATES), vat=draw(RATES)))
        lines.append(
            Line(
                number=number,
                commodity=code,
                total=draw(MONEY),
                currency=draw(st.sampled_from(("CNY", "USD", "EUR"))),
                origin="DEU",
                levy_mode=draw(st.sampled_from("123456789")),
            )
        )
    charges = Charges(
        freight=draw(st.none() | st.builds(Charge, st.just("1"), MONEY.map(lambda m: m % 90))),
        insurance=draw(st.none() | st.builds(Charge, st.just("3"), MONEY, st.just("USD"))),
    )
    submission = sound(
        lines=tuple(lines),
        terms=draw(st.sampled_from("123457")),
        charges=charges,
        mass=Mass(Decimal(100), Decimal(90)),
    )
    return submission, law(lines=tuple(rows))


@given(case=cases())
def test_every_kept_amount_is_computed_again_from_its_derivation(
    case: tuple[Submission, Snapshot],
) -> None:
    submission, reference = case
    owed = assess(submission, reference=reference, day=DAY)

    kept = Assessment.read(owed.stored())

    assert kept == owed
    amounts: list[Amount] = [*kept.costs, *kept.values, *kept.charges]
    for amount in amounts:
        assert recomputed(amount, kept) == amount.amount


@given(case=cases())
def test_totals_are_the_sums_of_their_lines(case: tuple[Submission, Snapshot]) -> None:
    submission, reference = case
    owed = assess(submission, reference=reference, day=DAY)

    for total in owed.totals:
        charges = [charge for charge in owed.charges if charge.tax == total.tax]
        assert sum(charge.amount for charge in charges) == total.computed
        assert sum(charge.levied for charge in charges) == total.levied
        assert total.levied == 0 or total.levied >= 50
    assert sum(total.levied for total in owed.totals) == owed.payable
    assert sum(value.amount for value in owed.values) == owed.value
    assert owed.payable >= 0


@given(price=MONEY, more=MONEY)
def test_dearer_goods_never_owe_less(price: Decimal, more: Decimal) -> None:
    reference = law(lines=LINES)

    def owed(total: Decimal) -> Decimal:
        return assess(with_line(sound(), total=total), reference=reference, day=DAY).payable

    assert owed(price + more) >= owed(price)


@given(case=cases())
def test_goods_at_no_rate_owe_nothing(case: tuple[Submission, Snapshot]) -> None:
    submission, _ = case
    zero = Decimal(0)
    free = tuple(
        line(one.commodity or "", mfn=zero, consumption=zero, vat=zero) for one in submission.lines
    )

    assert assess(submission, reference=law(lines=free), day=DAY).payable == 0


@given(case=cases())
def test_who_holds_no_certificate_pays_all_whatever_he_claims(
    case: tuple[Submission, Snapshot],
) -> None:
    submission, reference = case
    full = replace(submission, lines=tuple(replace(one, levy_mode="1") for one in submission.lines))

    claimed = assess(submission, reference=reference, day=DAY)

    assert claimed.payable == assess(full, reference=reference, day=DAY).payable
    assert not claimed.used
