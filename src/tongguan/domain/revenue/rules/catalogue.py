"""Every rule an amount can come from: its name, its formula in words, its law, its function.

A stored amount names rule and version. A rule that changes gets a new version; the old one stays,
so that an amount of any year can be explained and computed again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final

from tongguan.domain.revenue.rules import (
    consumption_tax,
    customs_value,
    duty,
    lateness,
    value_added_tax,
)
from tongguan.kernel.text import _


class Style(Enum):
    """How a figure is written for people."""

    AMOUNT = "amount"
    PERCENT = "percent"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Figure:
    """One input of a formula: its words, and how it is written."""

    words: str
    style: Style


@dataclass(frozen=True, slots=True)
class Rule:
    """How one kind of amount is computed.

    Attributes:
        formula: with `{0}`, `{1}` … for the inputs, in order.
        compute: the function, from the inputs to the unrounded amount.
    """

    code: str
    version: int
    title: str
    formula: str
    inputs: tuple[Figure, ...]
    source: str
    compute: Callable[..., Decimal]


_PRICE: Final = Figure(_("price"), Style.AMOUNT)
_EXCHANGE: Final = Figure(_("exchange rate"), Style.PLAIN)
_COSTS: Final = Figure(_("share of freight, insurance and other costs"), Style.AMOUNT)
_VALUE: Final = Figure(_("customs value"), Style.AMOUNT)
_BASE: Final = Figure(_("customs value and duties levied"), Style.AMOUNT)
_VAT_BASE: Final = Figure(_("customs value, duties and consumption tax levied"), Style.AMOUNT)
_RATE: Final = Figure(_("rate"), Style.PERCENT)
_QUANTITY: Final = Figure(_("quantity"), Style.PLAIN)
_PER_UNIT: Final = Figure(_("amount by quantity"), Style.AMOUNT)
_EACH: Final = Figure(_("for so many units"), Style.PLAIN)
_SUM: Final = Figure(_("declared sum"), Style.AMOUNT)
_PER_CENT: Final = Figure(_("declared per cent"), Style.PLAIN)
_COST_BASE: Final = Figure(_("price it is taken on"), Style.AMOUNT)
_GROSS: Final = Figure(_("gross mass in kg"), Style.PLAIN)
_DAYS: Final = Figure(_("days"), Style.PLAIN)

_VALUE_LAW: Final = _("Customs Law, art. 55; Order 213")
_DUTY_LAW: Final = _("Decree 392, art. 36; from 1 December 2024 Tariff Law, ch. 3")
_CONSUMPTION_LAW: Final = _("Decree 539, arts 4 and 9")

# fmt: off
_ALL: Final = (
    Rule("import-value", 1, _("Customs value"), "{0} × {1} + {2}",
         (_PRICE, _EXCHANGE, _COSTS), _VALUE_LAW, customs_value.import_value),
    Rule("export-value", 1, _("Customs value"), "({0} × {1} + {2}) ÷ (1 + {3})",
         (_PRICE, _EXCHANGE, _COSTS, _RATE), _VALUE_LAW, customs_value.export_value),
    Rule("cost-total", 1, _("Declared as a sum"), "{0} × {1}",
         (_SUM, _EXCHANGE), _VALUE_LAW, customs_value.total),
    Rule("cost-percent", 1, _("Declared in per cent"), "{0} ÷ 100 × {1}",
         (_PER_CENT, _COST_BASE), _VALUE_LAW, customs_value.percent),
    Rule("cost-per-tonne", 1, _("Declared for each tonne"), "{0} × {1} × {2} ÷ 1000",
         (_SUM, _EXCHANGE, _GROSS), _VALUE_LAW, customs_value.per_tonne),
    Rule("insurance-presumed", 1, _("Insurance presumed"), "{0} × {1}",
         (_COST_BASE, _RATE), _VALUE_LAW, customs_value.presumed_insurance),
    Rule("insurance-presumed-within", 1, _("Insurance presumed"), "{0} × {1} ÷ (1 − {1})",
         (_COST_BASE, _RATE), _VALUE_LAW, customs_value.presumed_insurance_within),
    Rule("duty-ad-valorem", 1, _("Duty by value"), "{0} × {1}",
         (_VALUE, _RATE), _DUTY_LAW, duty.ad_valorem),
    Rule("duty-specific", 1, _("Duty by quantity"), "{0} × {1} ÷ {2}",
         (_QUANTITY, _PER_UNIT, _EACH), _DUTY_LAW, duty.specific),
    Rule("duty-compound", 1, _("Duty by value and quantity"), "{0} × {1} + {2} × {3} ÷ {4}",
         (_VALUE, _RATE, _QUANTITY, _PER_UNIT, _EACH), _DUTY_LAW, duty.compound),
    Rule("anti-dumping", 1, _("Anti-dumping duty"), "{0} × {1}",
         (_VALUE, _RATE), _("Decree 328"), duty.ad_valorem),
    Rule("countervailing", 1, _("Countervailing duty"), "{0} × {1}",
         (_VALUE, _RATE), _("Decree 329"), duty.ad_valorem),
    Rule("safeguard", 1, _("Safeguard duty"), "{0} × {1}",
         (_VALUE, _RATE), _("Decree 330"), duty.ad_valorem),
    Rule("consumption-ad-valorem", 1, _("Consumption tax by value"), "{0} ÷ (1 − {1}) × {1}",
         (_BASE, _RATE), _CONSUMPTION_LAW, consumption_tax.ad_valorem),
    Rule("consumption-specific", 1, _("Consumption tax by quantity"), "{0} × {1} ÷ {2}",
         (_QUANTITY, _PER_UNIT, _EACH), _CONSUMPTION_LAW, consumption_tax.specific),
    Rule("consumption-compound", 1, _("Consumption tax by value and quantity"),
         "({0} + {2} × {3} ÷ {4}) ÷ (1 − {1}) × {1} + {2} × {3} ÷ {4}",
         (_BASE, _RATE, _QUANTITY, _PER_UNIT, _EACH), _CONSUMPTION_LAW, consumption_tax.compound),
    Rule("vat", 1, _("Value added tax"), "{0} × {1}", (_VAT_BASE, _RATE),
         _("Decree 538, art. 14; from 1 January 2026 VAT Law, ch. 3"), value_added_tax.tax),
    Rule("late-declaration", 1, _("Late-declaration fee"), "{0} × {1} × {2}",
         (_VALUE, _RATE, _DAYS), _("Customs Law, art. 24; Order 128"),
         lateness.late_declaration),
)
# fmt: on

RULES: Final = {(rule.code, rule.version): rule for rule in _ALL}
