"""Declarations drawn with a fixed seed, each with the law it is under: 1 to 999 lines."""

from collections.abc import Iterator
from dataclasses import replace as changed
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Final

from msgspec.structs import replace

from tests.domain.declarations.samples import sound, sound_export
from tests.domain.law import law, line
from tests.domain.revenue.rules import plain_duty as plain
from tongguan.domain.declarations.values import (
    Charge,
    Charges,
    Line,
    Mass,
    Quantity,
    Regime,
    Submission,
)
from tongguan.domain.permits.coverage import relief_key
from tongguan.domain.permits.values import CertificateKind, CertificateRow, Held
from tongguan.domain.reference.values import (
    Levy,
    Measure,
    OriginRow,
    Origins,
    Snapshot,
    Tariff,
    TariffLine,
    Treatment,
)
from tongguan.domain.revenue.rules.coming import Coming

SEED: Final = 20261130
SINCE: Final = date(2000, 1, 1)
SIZES: Final = (1, 1, 1, 2, 2, 3, 4, 5, 7, 12, 31, 60)
MANY: Final = (120, 333, 998, 999)
ORIGINS: Final = ("DEU", "KOR", "ZZZ", "CHN")
TRADER: Final = 7
NUMBER: Final = "Z02020000001"
VAT_FROM: Final = date(2026, 8, 20)
"""A day on which value added tax changes in the drawn law; no holiday is near."""
REMEDIES: Final = {
    "ANTI_DUMPING": Levy.ANTI_DUMPING,
    "COUNTERVAILING": Levy.COUNTERVAILING,
    "SAFEGUARD": Levy.SAFEGUARD,
}


def cases(count: int) -> Iterator[plain.Case]:
    """Yield cases, always the same ones."""
    random = Random(SEED)
    made = 0
    while made < count:
        case = _case(random, MANY[made // 25 % 4] if made % 25 == 24 else random.choice(SIZES))
        try:
            plain.owed(case)
        except plain.TieError:
            continue
        made += 1
        yield case


def _case(random: Random, size: int) -> plain.Case:
    importing = random.random() < 0.85
    codes = [f"{at:010}" for at in range(1, random.randint(1, 6) + 1)]
    rates = {code: _rates(random) for code in codes}
    alike = random.random() < 0.3
    goods: list[plain.Goods] = []
    for _ in range(size):
        if alike and goods and random.random() < 0.8:
            goods.append(random.choice(goods))
            continue
        code = random.choice(codes)
        has_remedies = bool(rates[code].remedies)
        goods.append(
            plain.Goods(
                code=code,
                price=_number(random, 100, 10 ** random.randint(3, 7), 2),
                currency=random.choice(("CNY", "CNY", "USD", "EUR")),
                origin=random.choice(
                    tuple(one for one in ORIGINS if one != "ZZZ" or not has_remedies)
                ),
                mode=random.choice("111123456789"),
                litres=_number(random, 1, 10**7, 3),
                own=_own(random, importing=importing),
            )
        )
    return plain.Case(
        importing=importing,
        terms=random.choice("123437" if importing else "1234"),
        gross_kg=_number(random, 1000, 10**9, 3),
        costs=_costs(random, importing=importing),
        goods=tuple(goods),
        rates=rates,
        exchange={
            "CNY": Fraction(1),
            "USD": _number(random, 60000, 80000, 4),
            "EUR": _number(random, 70000, 90000, 4),
        },
        whole_yuan=random.random() < 0.1,
        insurance=random.choice((Fraction(3, 1000), Fraction(0), Fraction(5, 1000))),
        insurance_within=random.random() < 0.2,
        threshold=random.choice((Fraction(50), Fraction(50), Fraction(0))),
        days=_days(random),
        vat_from=VAT_FROM,
        vat_then=random.choice((Fraction(6, 100), Fraction(13, 100))),
        certificate=random.choice(
            (
                None,
                frozenset({"DUTY", "VAT"}),
                frozenset({"DUTY", "VAT"}),
                frozenset({"DUTY"}),
                frozenset({"DUTY", "VAT", "CONSUMPTION"}),
            )
        ),
        general_origins=frozenset({"ZZZ"} if random.random() < 0.8 else {"ZZZ", "KOR"}),
    )


def _days(random: Random) -> plain.Days:
    """Return days of July and August: declared in time, late, in advance, or in transit."""
    accepted = date(2026, 8, 10) + timedelta(days=random.randint(0, 15))
    transport, transit, reached = None, random.random() < 0.3, None
    if random.random() < 0.8:
        transport = accepted + timedelta(days=random.choice((-40, -25, -16, -15, -14, -3, 0, 2, 9)))
    if transit and random.random() < 0.7:
        reached = (transport or accepted) + timedelta(days=random.randint(0, 12))
    return plain.Days(accepted, transport, transit, reached)


def _rates(random: Random) -> plain.Rates:
    remedies = tuple(
        (kind, origin, _number(random, 1, 20000, 4))
        for kind in REMEDIES
        for origin in ("DEU", "KOR")
        if random.random() < 0.08
    )
    mfn = random.choice((Fraction(0), _number(random, 0, 6500, 4)))
    by_quantity = random.random() < 0.15
    general = mfn + _number(random, 1, 20000, 4)
    return plain.Rates(
        general=general,
        mfn=mfn,
        export=random.choice((Fraction(0), _number(random, 0, 5000, 4))),
        consumption=random.choice((Fraction(0), Fraction(0), _number(random, 1, 5600, 4))),
        vat=random.choice((Fraction(0), Fraction(9, 100), Fraction(13, 100), Fraction(17, 100))),
        duty_each=(_number(random, 1, 900, 2), Fraction(1)) if by_quantity else None,
        consumption_each=(
            (_number(random, 1, 25000, 2), Fraction(random.choice((1, 988, 962))))
            if random.random() < 0.15
            else None
        ),
        remedies=remedies,
    )


def _costs(random: Random, *, importing: bool) -> dict[str, plain.Cost]:
    found = {}
    for kind in ("freight", "insurance", "other"):
        if random.random() < 0.6:
            found[kind] = _cost(random, small=not importing)
    return found


def _own(random: Random, *, importing: bool) -> tuple[tuple[str, plain.Cost], ...]:
    if random.random() > (0.15 if importing else 0.03):
        return ()
    kinds = random.sample(("freight", "insurance", "other"), random.choice((1, 1, 2, 3)))
    return tuple((kind, _cost(random, small=True)) for kind in kinds)


def _cost(random: Random, *, small: bool) -> plain.Cost:
    mark = random.choice((1, 3, 3) if small else (1, 2, 3, 3))
    rate = _number(random, 1, 90 if small else 10 ** random.randint(2, 6), 2)
    if mark == 1:
        rate = min(rate, Fraction(30))
    return plain.Cost(mark, rate, random.choice(("CNY", "USD")))


def _number(random: Random, least: int, most: int, places: int) -> Fraction:
    return Fraction(random.randint(least, most), 10**places)


def submission_of(case: plain.Case) -> Submission:
    """Return a case as it is declared."""
    lines = tuple(
        Line(
            number=at,
            commodity=one.code,
            total=_decimal(one.price),
            currency=one.currency,
            origin=one.origin,
            levy_mode=one.mode,
            first=Quantity(_decimal(one.litres), "095"),
            charges=_charges(dict(one.own)) if one.own else None,
        )
        for at, one in enumerate(case.goods, start=1)
    )
    head = sound() if case.importing else sound_export()
    return replace(
        head,
        lines=lines,
        terms=case.terms,
        charges=_charges(case.costs),
        regime=Regime("0110", "401", NUMBER),
        mass=Mass(_decimal(case.gross_kg), _decimal(case.gross_kg)),
    )


def law_of(case: plain.Case) -> Snapshot:
    """Return the law that a case is under."""
    measures: list[Measure] = []
    for code, rates in case.rates.items():
        for levy, each in (
            (Levy.DUTY, rates.duty_each),
            (Levy.CONSUMPTION, rates.consumption_each),
        ):
            if each is not None:
                amount, units = map(_decimal, each)
                measures.append(Measure(code, levy, "", amount, "095", units, SINCE, None, "drawn"))
        measures += [
            Measure(
                code, REMEDIES[kind], origin, _decimal(rate), "", Decimal(1), SINCE, None, "drawn"
            )
            for kind, origin, rate in rates.remedies
        ]
    found = law(
        lines=(),
        rates={name: str(_decimal(rate)) for name, rate in case.exchange.items() if name != "CNY"},
        measures=tuple(measures),
        value_rounding="half-up-yuan" if case.whole_yuan else "half-up-fen",
        insurance_presumed=str(_decimal(case.insurance)),
        insurance_presumed_within="yes" if case.insurance_within else "no",
        tax_threshold=str(_decimal(case.threshold)),
    )
    rows = {
        code: (OriginRow(code, Treatment.GENERAL, SINCE, None, "drawn"),)
        for code in case.general_origins
        if code != "ZZZ"
    }
    tariff = Tariff({code: _lines(code, rates, case) for code, rates in case.rates.items()})
    return changed(found, origins=Origins(rows), tariff=tariff)


def coming_of(case: plain.Case) -> Coming:
    """Return how the goods of a case came, as it was reported."""
    days = case.days
    return Coming(days.transport, transit=days.transit, reached=days.reached)


def held_for(case: plain.Case) -> Held:
    """Return the certificate of a case as its trader holds it."""
    if case.certificate is None:
        return Held({}, TRADER, case.days.accepted)
    certificate = CertificateRow(
        id=1,
        kind=CertificateKind.RELIEF,
        number=NUMBER,
        holder_id=TRADER,
        basis="401",
        origin="",
        levy_modes=tuple("234589"),
        frees=tuple(sorted(case.certificate)),
        share=Decimal("0.4"),
        commodities=("0000",),
        granted=Decimal(10) ** 15,
        drawn=Decimal(0),
        unit="CNY",
        valid_from=SINCE,
        valid_until=date(2030, 1, 1),
        issuer="a customs district",
        withdrawn_at=None,
    )
    return Held({relief_key(NUMBER): certificate}, TRADER, case.days.accepted)


def _lines(code: str, rates: plain.Rates, case: plain.Case) -> tuple[TariffLine, ...]:
    """Return the tariff's line of a code before and after value added tax changes."""
    before = line(
        code,
        general=_decimal(rates.general),
        mfn=_decimal(rates.mfn),
        export=_decimal(rates.export),
        consumption=_decimal(rates.consumption),
        vat=_decimal(rates.vat),
        valid_until=case.vat_from,
    )
    then = before._replace(vat=_decimal(case.vat_then), valid_from=case.vat_from, valid_until=None)
    return before, then


def _charges(costs: dict[str, plain.Cost]) -> Charges:
    found = {
        kind: Charge(str(cost.mark), _decimal(cost.rate), cost.currency)
        for kind, cost in costs.items()
    }
    return Charges(**found)


def _decimal(value: Fraction) -> Decimal:
    """Return a fraction that has few places as a decimal, exactly."""
    return Decimal(value.numerator) / Decimal(value.denominator)
