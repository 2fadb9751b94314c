"""Every amount says how it came about."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from tests.domain.declarations.samples import DAY, fob, sound
from tests.domain.law import law
from tongguan.domain.revenue.rules.assess import assess
from tongguan.domain.revenue.rules.catalogue import RULES, Figure, Style
from tongguan.domain.revenue.rules.explanation import explained, shown
from tongguan.domain.revenue.values import Assessment, ExplainedInput

ASSESSED = assess(fob(), reference=law(), day=DAY)


def test_a_duty_shows_its_formula_figures_and_sources() -> None:
    duty = next(one for one in explained(ASSESSED, str) if one.tax == "DUTY")

    assert duty.line == 1
    assert duty.formula == "customs value × rate"
    assert duty.worked == "130,008.61 × 8 %"
    assert duty.amount == Decimal("10400.69")
    assert duty.rule == "duty-ad-valorem/1"
    assert duty.source == "Decree 392, art. 36; from 1 December 2024 Tariff Law, ch. 3"
    assert duty.inputs == (
        ExplainedInput("customs value", "130,008.61"),
        ExplainedInput("rate", "8 %", "the tests' own law (2000-01-01)"),
    )


def test_costs_come_first_then_values_then_taxes() -> None:
    titles = [one.title for one in explained(ASSESSED, str)]

    assert titles[:3] == ["Freight", "Insurance", "Customs value"]
    assert titles[-1] == "value added tax"


def test_words_are_put_into_the_readers_language() -> None:
    told = explained(ASSESSED, lambda words: f"<{words}>")

    assert told[2].formula.startswith("<price> × <exchange rate> + <share")
    assert told[2].title == "<Customs value>"


def test_what_stands_beside_an_amount_is_told() -> None:
    little = assess(sound(lines=sound().lines[2:3]), reference=law(tax_threshold="99999"), day=DAY)

    duty = explained(little, str)[-2]

    assert duty.levied == 0
    assert duty.notes == ("Not levied: this tax stays below the least amount of one declaration.",)


@pytest.mark.parametrize(
    ("style", "value", "text"),
    [
        (Style.AMOUNT, "213156", "213,156.00"),
        (Style.AMOUNT, "1877.710", "1,877.71"),
        (Style.PERCENT, "0.0650", "6.5 %"),
        (Style.PERCENT, "0", "0 %"),
        (Style.PLAIN, "7.1052", "7.1052"),
        (Style.PLAIN, "20000", "20,000"),
    ],
)
def test_figures_are_shown_as_people_write_them(style: Style, value: str, text: str) -> None:
    assert shown(Figure("", style), Decimal(value)) == text


def test_a_price_in_yuan_names_no_exchange_rate() -> None:
    yuan = sound(lines=tuple(replace(line, currency="CNY") for line in sound().lines))

    value = explained(assess(yuan, reference=law(), day=DAY), str)[0]

    assert value.worked == "16,440.00 × 1 + 0.00"
    assert [one.source for one in value.inputs] == ["", "", ""]


def test_rules_take_as_many_figures_as_they_name() -> None:
    for rule in RULES.values():
        figures = [Decimal("0.5")] * len(rule.inputs)

        assert isinstance(rule.compute(*figures), Decimal)
        assert rule.formula.format(*figures)


KEPT = (
    '{"format":1,"day":"2026-11-20","value_rounding":"half-up-fen",'
    '"tax_rounding":"half-up-fen","fee_rounding":"down-yuan",'
    '"sources":[["PBoC","2026-11-01"],["Tariff 2026","2026-01-01"]],"costs":[],'
    '"values":[[1,"213156.00","import-value",1,["30000","7.1052","0"],0]],'
    '"charges":[[1,"DUTY","31973.40","31973.40","duty-ad-valorem",1,["213156.00","0.15"],1,[]]],'
    '"totals":[["DUTY","31973.40","31973.40"]],"value":"213156.00","payable":"31973.40"}'
)
"""An assessment as it was first kept. It has to be readable for good."""


def test_an_assessment_kept_by_the_first_release_reads_the_same() -> None:
    kept = Assessment.read(KEPT)

    assert kept.stored().decode() == KEPT
    assert kept.sources[1].valid_from == date(2026, 1, 1)
    assert explained(kept, str)[1].worked == "213,156.00 × 15 %"


def test_a_source_without_a_day_is_named_alone() -> None:
    kept = Assessment.read(KEPT.replace('["PBoC","2026-11-01"]', '["PBoC"]'))

    assert explained(kept, str)[0].inputs[1].source == "PBoC"
    assert explained(kept, str)[0].inputs[0].source == ""


def test_a_form_of_assessment_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="form 2 "):
        Assessment.read(KEPT.replace('"format":1', '"format":2'))
