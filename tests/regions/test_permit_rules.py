"""What the first region asks for by each letter of the tariff's column of controls."""

from datetime import date

import pytest

from tests.regions.test_jingjinji import DAY, OPENING, PACK
from tongguan.domain.reference.rules.pack import read_pack
from tongguan.domain.reference.values import Demand, Snapshot


@pytest.fixture(scope="module")
def region() -> Snapshot:
    """Return the law of the region."""
    found, _faults = read_pack(PACK)
    return found


def test_each_of_the_51_letters_has_a_rule_on_every_day_since_the_region_opened(
    region: Snapshot,
) -> None:
    for day in (OPENING, date(2018, 5, 31), date(2018, 6, 1), DAY):
        letters = region.codes.valid("permit_documents", day)

        assert len(letters) == 51
        assert region.permit_rules.on(day).keys() == letters


@pytest.mark.parametrize(
    ("day", "letter", "flow", "demand", "agency"),
    [
        (date(2018, 5, 31), "A", "import", Demand.HOLD, "AQSIQ"),
        (date(2018, 6, 1), "A", "import", Demand.TELL, ""),
        (date(2018, 5, 31), "B", "export", Demand.HOLD, "AQSIQ"),
        (date(2018, 6, 1), "B", "export", Demand.HOLD, "GACC"),
        (DAY, "B", "import", Demand.NONE, "GACC"),
        (DAY, "1", "import", Demand.REFUSE, "MOFCOM"),
        (DAY, "4", "export", Demand.REFUSE, "MOFCOM"),
        (DAY, "4", "import", Demand.NONE, "MOFCOM"),
        (DAY, "8", "export", Demand.FORBID, ""),
        (DAY, "9", "import", Demand.FORBID, ""),
        (DAY, "6", "import", Demand.TELL, ""),
        (DAY, "t", "import", Demand.TELL, ""),
    ],
)
def test_what_a_letter_asks_for_is_dated_and_has_a_direction(
    region: Snapshot, day: date, letter: str, flow: str, demand: Demand, agency: str
) -> None:
    rule = region.permit_rules.on(day)[letter]

    assert (rule.demand(flow, "0110"), rule.agency) == (demand, agency)


@pytest.mark.parametrize(
    ("letter", "flow", "asked", "passed"),
    [
        ("7", "import", {"0110", "4019", "3010"}, {"0615", "0214", "1233", "2600"}),
        ("O", "import", {"0110", "2025"}, {"0615", "5034"}),
        ("v", "import", {"0615", "0214"}, {"0110", "2600"}),
        ("4", "export", {"0110", "3010"}, {"0615", "0214", "4019"}),
        ("x", "export", {"0615", "0214"}, {"0110", "4019"}),
        ("y", "export", {"4019"}, {"0110", "0615"}),
    ],
)
def test_processing_trade_and_border_trade_have_letters_of_their_own(
    region: Snapshot, letter: str, flow: str, asked: set[str], passed: set[str]
) -> None:
    rule = region.permit_rules.on(DAY)[letter]

    assert {rule.demand(flow, mode) for mode in asked} == {Demand.REFUSE}
    assert {rule.demand(flow, mode) for mode in passed} == {Demand.NONE}


def test_whatever_holds_or_refuses_names_an_agency_of_the_day(region: Snapshot) -> None:
    for day in (OPENING, date(2018, 6, 1), DAY):
        for rule in region.permit_rules.on(day).values():
            if {rule.on_import, rule.on_export} & {Demand.REFUSE, Demand.HOLD}:
                assert region.codes.has("agencies", rule.agency, day), (day, rule.letter)
