"""A small law of the tests' own: lists, rates and offices for the samples, in force always."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from tongguan.domain.reference.calendar import Calendar
from tongguan.domain.reference.values import (
    CodeRow,
    Codes,
    Demand,
    District,
    Exchange,
    ExchangeRow,
    LevyMatrix,
    LevyRow,
    Measure,
    Measures,
    Office,
    Parameters,
    PermitRule,
    PermitRules,
    Region,
    Site,
    SiteKind,
    Snapshot,
    Tariff,
    TariffLine,
)
from tongguan.kernel.time import DatedValue, Timeline

ALWAYS: Final = date(2000, 1, 1)
SOURCE: Final = "the tests' own law"

# fmt: off
PARAMETERS: Final[Mapping[str, str]] = {
    "value_rounding": "half-up-fen",
    "tax_rounding": "half-up-fen",
    "fee_rounding": "down-yuan",
    "tax_threshold": "50",
    "insurance_presumed": "0.003",
    "insurance_presumed_within": "no",
    "late_declaration_days": "14",
    "transit_declaration_days": "14",
    "office_hours": "08:30-17:00",
    "transit_request_days": "14",
    "late_declaration_rate": "0.0005",
    "late_declaration_threshold": "50",
    "payment_days": "15",
    "summons_days": "1",
    "supplement_days": "14",
    "surcharge_rate": "0.0005",
    "surcharge_threshold": "50",
    "levy_full": "1 6 7",
    "levy_shares": "2:0.5 3:0 8:0.5 9:0",
    "levy_stated": "4 5",
    "price_tolerance": "0.01",
    "mass_tolerance": "0.03",
    "lines_most": "999",
    "documents_most": "20",
    "advance_export_days": "3",
    "port_bound_goods": "8703",
    "port_bound_permits": "P",
    "sites_without_reports": "",
    "undeclared_days": "90",
    "calendar_warning_days": "60",
    "container_check_refuses": "no",
    "contract_needed": "0110",
    "record_needed": "0615",
    "recovery_years": "3",
    "two_step": "no",
    "two_step_classes": "advanced certified general",
}
CODES: Final[Mapping[str, str]] = {
    "attached_documents": "00000001 00000002",
    "container_sizes": "11 21",
    "countries": "CHN DEU KOR ZZZ",
    "currencies": "CNY EUR USD MOP",
    "delivery_terms": "1 2 3 4 5 7",
    "domestic_ports": "120001 110101",
    "domestic_regions": "11119 13019",
    "foreign_ports": "DEU063 KOR018",
    "levy_modes": "0 1 2 3 4 5 6 7 8 9",
    "levy_natures": "101 401 503",
    "packaging": "22 23",
    "permit_documents": "1 7 O v Y",
    "supervision_modes": "0110 0615",
    "transport_modes": "2 3 4 5",
    "units": "001 006 007 035 095",
}
LEGACY: Final[Mapping[str, str]] = {"DEU": "304"}
BEARING: Final = ("品牌类型", "出口享惠情况", "结构类型", "品牌", "型号", "GTIN", "CAS", "其他")
VALVE: Final = ("品牌类型", "出口享惠情况", "用途", "品牌", "型号", "GTIN", "CAS", "其他")
SEAL: Final = ("品牌类型", "出口享惠情况", "用途", "材质", "机器用", "品牌", "型号", "GTIN", "其他")
MOTOR: Final = ("品牌类型", "出口享惠情况", "直流", "功率", "品牌", "型号", "GTIN", "其他")
GAUGE: Final = ("品牌类型", "出口享惠情况", "功能", "对象", "品牌", "型号", "GTIN", "其他")
# fmt: on


def line(code: str, **changes: object) -> TariffLine:
    """Return a tariff line: 8 per cent MFN, 13 per cent VAT, kilograms, no controls."""
    base = TariffLine(
        code=code,
        name=code,
        name_en="",
        general=Decimal("0.3"),
        mfn=Decimal("0.08"),
        export=Decimal(0),
        consumption=Decimal(0),
        vat=Decimal("0.13"),
        first_unit="035",
        second_unit=None,
        controls="",
        elements=(),
        valid_from=ALWAYS,
        valid_until=None,
        source=SOURCE,
        demonstration=True,
    )
    return base._replace(**changes)  # type: ignore[arg-type]


LINES: Final = (
    line("8482102000", first_unit="006", second_unit="035", elements=BEARING),
    line("8481804090", first_unit="006", second_unit="035", elements=VALVE, mfn=Decimal("0.07")),
    line("4016931000", elements=SEAL),
    line("8501310000", first_unit="001", second_unit="035", elements=MOTOR, mfn=Decimal("0.12")),
    line("9026201090", first_unit="007", second_unit="035", elements=GAUGE, mfn=Decimal(0)),
    line("9026209090", first_unit="007", second_unit="035", elements=GAUGE, mfn=Decimal(0)),
    line("0501000000", controls="9B"),
    line("7204100000", controls="7"),
    line("2710122000", export=Decimal("0.2")),
)
LEVIES: Final[Mapping[str, str]] = {"101": "1 6 7", "401": "1 2 3 4 5 6 7 8 9", "503": "1 3 6 7"}
"""Levy modes that fit each nature of levy; 503 goes with supervision mode 0615 only."""


def rule(letter: str, on_import: str, on_export: str, **changes: object) -> PermitRule:
    """Return the rule of a letter: confirmed by the ministry, under every supervision mode."""
    base = PermitRule(
        letter=letter,
        on_import=Demand(on_import),
        on_export=Demand(on_export),
        agency="MOFCOM",
        licence_field=False,
        only_modes=frozenset(),
        not_modes=frozenset(),
        valid_from=ALWAYS,
        valid_until=None,
        source=SOURCE,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


RULES: Final = (
    rule("1", "refuse", "none", licence_field=True),
    rule("7", "refuse", "none"),
    rule("O", "refuse", "none"),
    rule("4", "none", "refuse", licence_field=True),
    rule("H", "hold", "hold"),
    rule("B", "none", "hold", agency="GACC"),
    rule("A", "tell", "none", agency=""),
    rule("8", "none", "forbid", agency=""),
    rule("9", "forbid", "none", agency=""),
)
OFFICES: Final = ("0100", "0101", "0115", "0117", "0128", "0200", "0202", "0207", "0401", "0421")


def law(
    *,
    lines: tuple[TariffLine, ...] = LINES,
    rates: Mapping[str, str] | None = None,
    measures: tuple[Measure, ...] = (),
    rules: tuple[PermitRule, ...] = RULES,
    **parameters: str,
) -> Snapshot:
    """Return the tests' law with changes to its parameters, tariff and exchange rates."""
    stated = {**PARAMETERS, **parameters}
    exchange = rates or {"EUR": "7.6", "USD": "7.1052"}
    return Snapshot(
        version="test",
        region=_region(),
        codes=Codes({table: _table(codes) for table, codes in CODES.items()}),
        tariff=Tariff({one.code: (one,) for one in lines}),
        exchange=Exchange(
            {
                currency: Timeline([ExchangeRow(currency, Decimal(rate), ALWAYS, None, SOURCE)])
                for currency, rate in exchange.items()
            }
        ),
        calendar=Calendar({}),
        parameters=Parameters(
            {
                name: Timeline([DatedValue(value, ALWAYS, None, SOURCE)])
                for name, value in stated.items()
            }
        ),
        permit_rules=PermitRules({one.letter: (one,) for one in rules}),
        measures=Measures({(one.commodity, one.levy, one.origin): (one,) for one in measures}),
        levies=LevyMatrix(
            {
                nature: (
                    LevyRow(
                        nature,
                        frozenset({"0615"} if nature == "503" else ()),
                        frozenset(modes.split()),
                        ALWAYS,
                        None,
                        SOURCE,
                    ),
                )
                for nature, modes in LEVIES.items()
            }
        ),
    )


def _region() -> Region:
    districts = tuple(
        District(code, code, code, ALWAYS, None, SOURCE) for code in ("01", "02", "04")
    )
    offices: dict[str, tuple[Office, ...]] = {
        code: (Office(code, code[:2], code, code, not code.endswith("00"), ALWAYS, None, SOURCE),)
        for code in OFFICES
    }
    zero = Decimal(0)
    sites: dict[str, tuple[Site, ...]] = {
        f"S{code}": (
            Site(
                code=f"S{code}",
                office=code,
                kind=SiteKind.SEAPORT,
                name_zh=code,
                name_en=code,
                latitude=zero,
                longitude=zero,
                gates=(),
                valid_from=ALWAYS,
                valid_until=None,
                source=SOURCE,
            ),
        )
        for code in ("0101", "0202")
    }
    return Region("试", "Test", districts, offices, sites, (), ())


def _table(codes: str) -> dict[str, tuple[CodeRow, ...]]:
    return {
        code: (CodeRow(code, code, code, LEGACY.get(code, ""), ALWAYS, None, SOURCE),)
        for code in codes.split()
    }
