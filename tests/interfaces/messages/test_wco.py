"""WCO declarations: what each group means here, and what is wrong with the shape of a document."""

from decimal import Decimal
from typing import Final

import pytest

from tests.interfaces.messages.reading import codes_of, fixture, read_of, reading_of
from tongguan.domain.declarations.values import (
    Change,
    Charge,
    Charges,
    Confirmations,
    Container,
    Document,
    Flow,
    Function,
    Kind,
    Mass,
    Offices,
    Packages,
    Party,
    Permit,
    Preference,
    Quantity,
    Regime,
    Submission,
    Tax,
)
from tongguan.interfaces.messages.values import Defaults

IMPORT: Final = fixture("wco_import.xml")
AMENDMENT: Final = fixture("wco_amendment.xml")


def declared(data: bytes = IMPORT) -> Submission:
    submission = read_of(data).submission
    assert submission is not None
    return submission


def changed(old: str, new: str, data: bytes = IMPORT) -> bytes:
    """Return the document with every such place changed."""
    assert old.encode() in data
    return data.replace(old.encode(), new.encode())


def told(data: bytes) -> set[tuple[str, str, str]]:
    """Return code, canonical path and place of what is at fault."""
    found = read_of(data)
    return {(fault.problem.code, fault.pointer, found.source_path(fault)) for fault in found.faults}


def test_a_declaration_is_read_with_nothing_at_fault() -> None:
    assert reading_of(IMPORT).sound
    assert codes_of(reading_of(IMPORT)) == []


def test_the_head_is_read() -> None:
    found = declared()

    assert (found.function, found.flow, found.kind) == (Function.ORIGINAL, Flow.IMPORT, Kind.FULL)
    assert found.reference == "EX-2026-0001"
    assert found.offices == Offices(declaration="0128", goods="0202")
    assert (found.transport.mode, found.transport.name) == ("2", "EXAMPLE STAR")
    assert (found.place.id, found.place.name) == ("TJG01", "EXAMPLE QUAY A")
    assert (found.countries.dispatch, found.countries.destination) == ("DEU", "CHN")
    assert (found.terms, found.ports.departure) == ("3", "DEHAM")
    assert (found.invoice.total, found.invoice.currency) == (Decimal("20031.00"), "EUR")
    assert found.remarks == "first remark\nsecond remark"
    assert found.guarantee == "GUARANTEE-1"
    assert found.documents == (Document(kind="1DAN", number="1108654"),)


def test_the_bill_is_the_transport_paper_among_the_previous_documents() -> None:
    assert declared().bill == "XMPL20261100101"
    assert declared(changed("<TypeCode>705", "<TypeCode>ZZZ")).bill == "UCR-1"


def test_parties_are_told_by_credit_code_where_the_id_is_one() -> None:
    parties = declared().parties

    assert parties.trader == Party(scc="91110113FAKE00013H", name="Example Machines")
    assert parties.overseas == Party(name="EXAMPLE WAELZLAGER GMBH")
    assert parties.declarant == Party(code="EXDECLARANT01")
    assert parties.agent == Party(scc="91120116FAKE00021U")


def test_tonnes_become_kilograms_and_no_unit_is_kilograms() -> None:
    found = declared()

    assert found.mass == Mass(gross=Decimal(3050))
    assert found.lines[0].mass == Mass(gross=Decimal(1500), net=Decimal(1320))


def test_costs_of_one_kind_are_added_and_deductions_are_below_zero() -> None:
    assert declared().charges == Charges(
        freight=Charge(mark="3", rate=Decimal("150.50"), currency="EUR"),
        other=Charge(mark="3", rate=Decimal("-7.00"), currency="EUR", kind="BA"),
    )


def test_costs_of_one_kind_in_two_currencies_are_told() -> None:
    data = changed('currencyID="EUR">50.50', 'currencyID="USD">50.50')

    assert told(data) == {("MSG-074", "#/charges/freight", "42A/67A/41A/58B#1:181")}


def test_a_line_is_read() -> None:
    line, second = declared().lines

    assert (line.number, line.commodity, line.name) == (1, "8482102000", "Ball bearings")
    assert line.classifications == ("TRA:4601",)
    assert line.quantity == line.first == Quantity(value=Decimal(2400), unit="006")
    assert (line.total, line.currency) == (Decimal("16440.00"), "EUR")
    assert (line.origin, line.destination) == ("DEU", "CHN")
    assert (line.levy_mode, line.valuation) == ("7", "1")
    assert line.preference == Preference(regime="300", quota="054077")
    assert line.taxes == (Tax(kind="A00", amount=Decimal("96.50"), currency="CNY", method="R"),)
    assert line.packages == (Packages(count=40, kind="22", marks="N/M"),)
    assert second.commodity == "40169310"


def test_licences_and_papers_stand_apart() -> None:
    line = declared().lines[0]

    assert line.permits == (
        Permit(
            kind="9101",
            number="LIC-1",
            status="XB",
            quantity=Quantity(value=Decimal("5.5"), unit="035"),
            amount=Decimal("9.00"),
            currency="EUR",
        ),
    )
    assert line.documents == (Document(kind="N380", number="INV-1"),)


def test_procedures_are_ours_by_their_form_and_others_as_they_stand() -> None:
    first, second = declared().lines

    assert first.regime == Regime(supervision="0110", levy="101")
    assert second.regime == Regime(requested="40", previous="00", additional=("1RD",))


def test_the_head_takes_what_all_lines_agree_in() -> None:
    agreed = changed(
        "<CurrentCode>40</CurrentCode><PreviousCode>00",
        "<CurrentCode>0110</CurrentCode><PreviousCode>101",
    )

    assert declared().regime == Regime()
    assert declared(agreed).regime == Regime(supervision="0110", levy="101")
    assert declared().packages == Packages(count=42, kind="22")
    assert declared().confirmations == Confirmations(relationship=True)


def test_containers_hold_the_lines_that_name_them_by_number_or_by_id() -> None:
    assert declared().containers == (
        Container(id="XMPU0000013", seals=("S-1", "S-2"), lines=(1,)),
        Container(id="XMPU0000029", lines=(2,)),
    )


@pytest.mark.parametrize(
    ("mark", "kind", "function", "advance"),
    [
        ("A", Kind.FULL, Function.ORIGINAL, False),
        ("D", Kind.FULL, Function.ORIGINAL, True),
        ("C", Kind.SUMMARY, Function.ORIGINAL, False),
        ("F", Kind.SUMMARY, Function.ORIGINAL, True),
        ("K", Kind.FULL, Function.ORIGINAL, True),
        ("Q", Kind.SUPPLEMENTARY, Function.ORIGINAL, False),
        ("Y", Kind.SUPPLEMENTARY, Function.COMPLETE, False),
    ],
)
def test_the_third_letter_tells_the_kind(
    mark: str, kind: Kind, function: Function, advance: bool
) -> None:
    found = declared(changed("<TypeCode>IMA", f"<TypeCode>IM{mark}"))

    assert (found.kind, found.function, found.advance) == (kind, function, advance)


def test_on_an_export_the_sides_change_and_the_office_of_exit_counts() -> None:
    data = changed("<TypeCode>IMA", "<TypeCode>EXA")
    data = changed("PresentationOffice", "ExitOffice", data)
    data = changed(
        "<Destination><CountryCode>CN",
        "<Consignee><Name>BUYER</Name></Consignee><Destination><CountryCode>KR",
        data,
    )

    found = declared(data)

    assert found.flow is Flow.EXPORT
    assert found.parties.trader.name == "EXAMPLE WAELZLAGER GMBH"
    assert found.parties.overseas.name == "BUYER"
    assert found.offices.goods == "0202"


def test_between_parts_of_one_territory_an_importer_makes_it_an_import() -> None:
    data = changed("<TypeCode>IMA", "<TypeCode>COA")
    leaving = changed("PresentationOffice", "ExitOffice", data)
    leaving = changed("Importer", "Consignee", leaving)

    assert declared(data).flow is Flow.IMPORT
    assert declared(leaving).flow is Flow.EXPORT


@pytest.mark.parametrize("mark", ["IMX", "XXA", "IM"])
def test_a_type_that_nobody_knows_is_refused(mark: str) -> None:
    data = changed("<TypeCode>IMA", f"<TypeCode>{mark}")

    assert read_of(data).submission is None
    assert told(data) == {("MSG-072", "#/kind", "42A:D013")}


@pytest.mark.parametrize("function", ["14", "1"])
def test_a_function_that_is_not_taken_is_refused(function: str) -> None:
    data = changed("<FunctionCode>9", f"<FunctionCode>{function}")

    assert told(data) == {("MSG-072", "#/function", "42A:017")}


def test_an_amendment_is_a_patch_with_reason_words_and_what_it_changes() -> None:
    found = read_of(AMENDMENT)

    assert found.sound
    assert found.submission is not None
    assert found.submission.function is Function.AMEND
    assert found.submission.of == "042120260000000018"
    assert found.submission.flow is Flow.EXPORT
    assert found.submission.change == Change(reason="28", words="weight was mistyped")
    assert [(line.number, line.mass) for line in found.submission.lines] == [
        (2, Mass(net=Decimal(62)))
    ]
    assert found.changed == ("#/lines/0/mass/net", "#")


def test_what_lacks_its_own_id_or_amount_is_passed_over() -> None:
    data = changed("<ID>4601</ID>", "")
    data = changed("<ID>XMPU0000013</ID>", "", data)
    amount = '<OtherChargeDeductionAmount currencyID="EUR">7.00</OtherChargeDeductionAmount>'
    data = changed(amount, "", data)
    data = changed("<CurrentCode>1RD</CurrentCode>", "<PreviousCode>99</PreviousCode>", data)
    data = changed("<PreviousCode>101", "<PreviousCode>1", data)

    found = declared(data)

    assert found.lines[0].classifications == ()
    assert [container.id for container in found.containers] == ["XMPU0000029"]
    assert found.charges.other is None
    assert found.lines[0].regime == Regime(supervision="0110")
    assert found.lines[1].regime == Regime(requested="40", previous="00")


def test_an_amendment_without_pointers_says_no_place() -> None:
    start, end = AMENDMENT.index(b"<Pointer>"), AMENDMENT.rindex(b"</Pointer>") + 10
    data = AMENDMENT[:start] + AMENDMENT[end:]

    assert read_of(data).changed == ()


@pytest.mark.parametrize(("mark", "function"), [("INV", Function.CANCEL), ("GPR", Function.ARRIVE)])
def test_additional_messages_cancel_and_present_goods(mark: str, function: Function) -> None:
    assert declared(changed("<TypeCode>COR", f"<TypeCode>{mark}", AMENDMENT)).function is function


def test_an_additional_message_of_another_type_is_refused() -> None:
    data = changed("<TypeCode>COR", "<TypeCode>XYZ", AMENDMENT)

    assert told(data) == {("MSG-072", "#/function", "42A:D013")}


def test_offices_that_the_message_lacks_are_those_of_the_client() -> None:
    client = Defaults(Offices("0110", "0111", "0112", "0113"))

    found = read_of(changed("<DeclarationOfficeID>0128</DeclarationOfficeID>", ""), defaults=client)

    assert found.submission is not None
    assert found.submission.offices == Offices("0110", "0202", "0112", "0113")


def test_codes_without_a_counterpart_are_told_with_their_places() -> None:
    data = changed("<TypeCode>CT</TypeCode>", "<TypeCode>NA</TypeCode>")
    data = changed('unitCode="SET"', 'unitCode="QQQ"', data)
    data = changed("<ExportCountry><ID>DE", "<ExportCountry><ID>ZG", data)
    data = changed("FCA", "XYZ", data)
    data = changed("<MethodCode>R", "<MethodCode>Z", data)
    data = changed('unitCode="TNE"', 'unitCode="LTR"', data)

    assert told(data) == {
        ("MSG-041", "#/lines/0/packages/0/kind", "42A/67A/68A#1/93A#1:141"),
        ("MSG-041", "#/lines/1/packages/0/kind", "42A/67A/68A#2/93A#1:141"),
        ("MSG-041", "#/lines/0/quantity/unit", "42A/67A/68A#1/23A/65A:130"),
        ("MSG-041", "#/countries/dispatch", "42A/67A/95B:062"),
        ("MSG-041", "#/terms", "42A/67A/22B:090"),
        ("MSG-041", "#/lines/0/levy_mode", "42A/67A/68A#1/23A/50A#1/94A:107"),
        ("MSG-041", "#/mass/gross", "42A:131"),
    }


def test_valuation_marks_of_another_form_are_told() -> None:
    data = changed("<AdditionCode>0000", "<AdditionCode>155")

    assert told(data) == {("MSG-040", "#/lines/1/adjustments", "42A/67A/68A#2/39B:188")}
    assert declared(data).confirmations == Confirmations(relationship=True)
