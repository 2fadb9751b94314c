"""DecMessage: every block read by name and place, whatever envelope, encoding and spelling."""

from datetime import date
from decimal import Decimal
from typing import Final

import pytest

from tests.interfaces.messages.reading import codes_of, fixture, read_of, reading_of
from tongguan.domain.declarations.values import (
    Charge,
    Charges,
    Confirmations,
    Container,
    Flow,
    Function,
    Inland,
    Kind,
    Line,
    Mass,
    Mode,
    Offices,
    Party,
    Permit,
    Place,
    Preference,
    Quantity,
    Submission,
)
from tongguan.interfaces.messages.values import Defaults, Format

IMPORT: Final = fixture("dec_import.xml")


def declared(data: bytes = IMPORT) -> Submission:
    submission = read_of(data).submission
    assert submission is not None
    return submission


def changed(old: str, new: str, data: bytes = IMPORT) -> bytes:
    """Return the document with one place changed."""
    assert data.count(old.encode()) == 1
    return data.replace(old.encode(), new.encode())


def head(elements: str) -> bytes:
    """Return a short message with these elements in its head."""
    return (
        f"<DecMessage><DecHead><IEFlag>I</IEFlag>{elements}</DecHead>"
        "<DecSign><OperType>C</OperType></DecSign></DecMessage>"
    ).encode()


def line(elements: str, flow: str = "I") -> Line:
    """Return the one line of a short message."""
    data = (
        f"<DecMessage><DecHead><IEFlag>{flow}</IEFlag></DecHead><DecLists><DecList>{elements}"
        "</DecList></DecLists><DecSign><OperType>C</OperType></DecSign></DecMessage>"
    )
    [found] = declared(data.encode()).lines
    return found


def test_a_message_is_read_with_nothing_at_fault() -> None:
    reading = reading_of(IMPORT)

    assert reading.format is Format.SINGLE_WINDOW
    assert reading.sound
    assert codes_of(reading) == []


def test_the_head_is_read() -> None:
    found = declared()

    assert found.reference == "I01282026112000777"
    assert (found.function, found.kind, found.flow) == (Function.ORIGINAL, Kind.FULL, Flow.IMPORT)
    assert found.mode_asked is Mode.LOCAL_DECLARED
    assert found.offices == Offices(declaration="0128", goods="0202", inspection="0101")
    assert found.bill == "XMPL20261100777"
    assert found.mass == Mass(gross=Decimal(3050), net=Decimal("2800.5"))
    assert (found.packages.count, found.packages.kind, found.packages.marks) == (42, "22", "N/M")
    assert (found.terms, found.contract, found.entry_date) == (
        "3",
        "EX-2026-0777",
        date(2026, 11, 19),
    )
    assert (found.countries.trading, found.countries.dispatch) == ("DEU", "DEU")
    assert (found.ports.departure, found.ports.call) == ("DEU063", "DEU063")
    assert (found.regime.supervision, found.regime.levy) == ("0110", "101")
    assert found.regime.record == "B01260000001"
    assert found.released_on_guarantee
    assert found.remarks == "备注 & 说明"


def test_places_transport_and_the_leg_inside_the_country_are_read() -> None:
    found = declared()

    assert found.place == Place(id="TJG01", name="示例码头A区", port="120001", inspection="TJG02")
    assert (found.transport.mode, found.transport.name) == ("2", "EXAMPLE STAR")
    assert found.transport.voyage == "020W"
    assert found.transport.inland == Inland(mode="4", name="TRUCK-01", voyage="7")


def test_codes_lose_full_width_signs_and_names_keep_them() -> None:
    trader = declared().parties.trader

    assert trader == Party(
        scc="91110113FAKE00013H", code="1111900001", name="北京示例（精密）机械有限公司"
    )


def test_a_charge_of_nothing_is_none() -> None:
    assert declared().charges == Charges(
        freight=Charge(mark="3", rate=Decimal(1500), currency="USD"),
        insurance=Charge(mark="1", rate=Decimal("0.3")),
    )


def test_confirmations_are_read_by_place_and_nine_says_nothing() -> None:
    assert declared().confirmations == Confirmations(
        relationship=False, price_effect=None, royalties=True, formula_price=None
    )


def test_containers_are_read_with_seals_of_the_transit_and_old_sizes() -> None:
    assert declared().containers == (
        Container(id="XMPU0000013", size="11", shared=True, seals=("S-1", "S-2"), lines=(1, 2)),
    )


def test_licences_stand_at_the_head_and_at_the_line() -> None:
    found = declared()

    assert found.permits == (
        Permit(number="26-AA-100001"),
        Permit(kind="7", number="26-AB-200002"),
    )
    assert found.lines[1].permits == (
        Permit(
            kind="411",
            number="EX-LIC-1",
            line=3,
            quantity=Quantity(value=Decimal("85.5"), unit="035"),
        ),
    )


def test_a_certificate_of_origin_goes_to_its_line() -> None:
    first, second = declared().lines

    assert first.preference == Preference(
        agreement="22", certificate="DKR0001", line=4, origin="KOR"
    )
    assert second.preference is None


def test_old_numbers_are_a_country_or_a_currency_by_the_field() -> None:
    found = line("<OriginCountry>142</OriginCountry><TradeCurr>142</TradeCurr>")

    assert (found.origin, found.currency) == ("CHN", "CNY")


def test_the_net_mass_of_a_line_is_its_quantity_in_kilograms() -> None:
    first, second = declared().lines

    assert (first.mass.net, second.mass.net) == (Decimal(1320), Decimal("85.5"))
    assert second.second == Quantity()


def test_an_export_has_its_two_countries_swapped_back() -> None:
    elements = "<OriginCountry>KOR</OriginCountry><DestinationCountry>CHN</DestinationCountry>"

    exported, imported = line(elements, flow="E"), line(elements)

    assert (exported.origin, exported.destination) == ("CHN", "KOR")
    assert (imported.origin, imported.destination) == ("KOR", "CHN")


@pytest.mark.parametrize(
    ("mark", "function", "kind", "mode"),
    [
        ("", Function.ORIGINAL, Kind.FULL, None),
        ("Z", Function.ORIGINAL, Kind.FULL, None),
        ("SS", Function.ORIGINAL, Kind.FULL, Mode.LOCAL_RELEASED),
        ("SD0", Function.ORIGINAL, Kind.FULL, Mode.LOCAL_DECLARED),
        ("  5", Function.ORIGINAL, Kind.SUMMARY, None),
        ("  6", Function.COMPLETE, Kind.FULL, None),
        ("Z 5", Function.ORIGINAL, Kind.SUMMARY, None),
        ("ML", Function.ORIGINAL, Kind.BONDED_LIST, None),
        ("ZC    Z", Function.ORIGINAL, Kind.FULL, None),
    ],
)
def test_the_type_counts_by_place_with_its_leading_blanks(
    mark: str, function: Function, kind: Kind, mode: Mode | None
) -> None:
    found = declared(head(f"<Type>{mark}</Type>"))

    assert (found.function, found.kind, found.mode_asked) == (function, kind, mode)


@pytest.mark.parametrize("mark", ["QQ", "5", "  7"])
def test_a_type_that_nobody_knows_is_refused(mark: str) -> None:
    reading = reading_of(head(f"<Type>{mark}</Type>"))

    [fault] = reading.reads[0].faults
    assert (fault.problem.code, fault.facts["place"]) == ("MSG-040", "DecHead/Type")


def test_transit_is_marked_by_either_of_two_fields() -> None:
    assert declared(head("<DeclTrnRel>1</DeclTrnRel>")).mode_asked is Mode.TRANSIT
    assert declared(head("<EdiId>3</EdiId>")).mode_asked is Mode.TRANSIT
    assert declared(head("<EdiId>1</EdiId>")).mode_asked is None


def test_two_marks_that_disagree_are_told() -> None:
    reading = reading_of(head("<Type>SS</Type><DeclTrnRel>1</DeclTrnRel>"))

    assert codes_of(reading) == ["MSG-071"]


@pytest.mark.parametrize("mark", ["A", "B", "E", "G"])
def test_a_message_that_is_saved_only_is_a_draft(mark: str) -> None:
    data = changed("<OperType>C</OperType>", f"<OperType>{mark}</OperType>")

    found = read_of(data)

    assert found.draft
    assert found.submission is not None
    assert [fault.problem.code for fault in found.faults] == ["MSG-070"]


def test_a_message_with_transit_is_lodged_by_its_own_mark() -> None:
    assert not read_of(changed("<OperType>C</OperType>", "<OperType>D</OperType>")).draft


def test_the_second_step_names_the_first_by_number_or_by_sequence() -> None:
    both = head("<Type>  6</Type><EntryId>020220251000000033</EntryId><SeqNo>I2025</SeqNo>")
    sequence = head("<Type>  6</Type><SeqNo>I20250000000000033</SeqNo>")

    assert declared(both).of == "020220251000000033"
    assert declared(sequence).of == "I20250000000000033"
    assert declared(head("<SeqNo>I20250000000000033</SeqNo>")).of is None


def test_offices_that_the_message_lacks_are_those_of_the_client() -> None:
    client = Defaults(Offices("0110", "0111", "0112", "0113"))

    found = read_of(head("<CustomMaster>0128</CustomMaster>"), defaults=client).submission

    assert found is not None
    assert found.offices == Offices("0128", "0111", "0112", "0113")


def test_an_old_office_of_quarantine_is_no_office_of_inspection() -> None:
    assert declared(head("<PurpOrgCode>110000</PurpOrgCode>")).offices.inspection is None
