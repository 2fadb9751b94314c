"""For every fault of form, code and logic, the smallest declaration that has it."""

from datetime import timedelta
from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from tests.domain.declarations.samples import (
    DAY,
    LINES,
    fob,
    of_lines,
    sound,
    sound_export,
    with_line,
)
from tongguan.domain.declarations import problems
from tongguan.domain.declarations.values import (
    Change,
    Charge,
    Charges,
    Confirmations,
    Container,
    Document,
    Function,
    Invoice,
    Kind,
    Mass,
    Offices,
    Packages,
    Party,
    Permit,
    Place,
    Preference,
    Quantity,
    Regime,
    Submission,
    Transport,
)
from tongguan.kernel.problems import Problem

ONE: Final = Container(id="XMPU0000013", size="11")
BASE: Final = sound()


OWN: Final = Charges(Charge("3", Decimal(1), "EUR"), Charge("3", Decimal(1), "EUR"))


def charged(**costs: Charge) -> Submission:
    """Return the import sold FOB, with other costs."""
    return replace(fob(), charges=Charges(**costs))


def in_total(amount: str, currency: str = "EUR") -> Charge:
    """Return a cost stated as a sum."""
    return Charge(mark="3", rate=Decimal(amount), currency=currency)


def party(**changes: str | None) -> Submission:
    """Return the sound import with changes to the trader."""
    parties = BASE.parties
    return sound(parties=replace(parties, trader=replace(parties.trader, **changes)))


# fmt: off
EXAMPLES: Final[tuple[tuple[Problem, str, Submission], ...]] = (
    (problems.MISSING, "#/reference", sound(reference=None)),
    (problems.MISSING, "#/bill", sound(bill=None)),
    (problems.MISSING, "#/bill",
     sound(transport=Transport(mode="4", name="津A12345"), bill=None)),
    (problems.MISSING, "#/bill", sound(transport=Transport(mode="6"), bill=None)),
    (problems.MISSING, "#/transport/name", sound(transport=Transport(mode="2", voyage="1"))),
    (problems.MISSING, "#/transport/voyage", sound(transport=Transport(mode="2", name="STAR"))),
    (problems.MISSING, "#/parties/trader/scc",
     party(scc=None, code=None)),
    (problems.MISSING, "#/confirmations/royalties",
     sound(confirmations=Confirmations(relationship=False, price_effect=False))),
    (problems.MISSING_ON_LINE, "#/lines/3/origin", with_line(BASE, 3, origin=None)),
    (problems.MISSING_ON_LINE, "#/lines/0/commodity", with_line(BASE, commodity=None)),
    (problems.TOO_LONG, "#/reference", sound(reference="R" * 36)),
    (problems.TOO_LONG, "#/lines/0/name", with_line(BASE, name="轴" * 513)),
    (problems.UNREADABLE_CHARACTERS, "#/remarks", sound(remarks="see\x00below")),
    (problems.UNREADABLE_CHARACTERS, "#/lines/1/name", with_line(BASE, 1, name="阀\x1b[0m")),
    (problems.UNREADABLE_CHARACTERS, "#/containers/0/seals/0",
     sound(containers=(replace(ONE, seals=("S\x00",)),))),
    (problems.UNREADABLE_CHARACTERS, "#/contract", sound(contract="合同\ud800")),
    (problems.UNREADABLE_CHARACTERS, "#/bill", sound(bill="XM\u202ePL")),
    (problems.UNREADABLE_CHARACTERS, "#/transport/voyage",
     sound(transport=Transport(mode="2", name="EXAMPLE STAR", voyage="02\n0W"))),
    (problems.UNREADABLE_CHARACTERS, "#/parties/overseas/name",
     sound(parties=replace(sound().parties, overseas=Party(name="EXAMPLE\u202eGMBH")))),
    (problems.UNREADABLE_CHARACTERS, "#/lines/0/name", with_line(BASE, name="轴承\n阀")),
    (problems.NOT_AN_IDENTIFIER, "#/bill", sound(bill="XMPL2026110010\u0410")),
    (problems.NOT_AN_IDENTIFIER, "#/containers/0/id",
     sound(containers=(replace(ONE, id="\u0425MPU0000013"),))),
    (problems.NOT_AN_IDENTIFIER, "#/containers/0/seals/0",
     sound(containers=(replace(ONE, seals=("\u0405-1",)),))),
    (problems.NOT_AN_IDENTIFIER, "#/reference", sound(reference="\u0391-1")),
    (problems.NOT_AN_IDENTIFIER, "#/permits/0/number", sound(permits=(Permit("7", "\u0410B1"),))),
    (problems.NOT_AN_IDENTIFIER, "#/lines/1/record_item", with_line(BASE, 1, record_item="\u0417")),
    (problems.NO_NUMBER, "#/lines/1/total", with_line(BASE, 1, total=Decimal("NaN"))),
    (problems.NO_NUMBER, "#/mass/net", sound(mass=Mass(Decimal(3050), Decimal("Infinity")))),
    (problems.NOT_ABOVE_ZERO, "#/lines/0/quantity/value",
     with_line(BASE, quantity=Quantity(Decimal(-2400), "006"))),
    (problems.TOO_MANY_DIGITS, "#/lines/0/price", with_line(BASE, price=Decimal("6.8500001"))),
    (problems.TOO_MANY_DIGITS, "#/mass/gross", sound(mass=Mass(Decimal(10) ** 13, Decimal(2800)))),
    (problems.UNKNOWN_CODE, "#/transport/mode",
     sound(transport=Transport(mode="Q", name="STAR", voyage="1"))),
    (problems.UNKNOWN_CODE, "#/lines/2/origin", with_line(BASE, 2, origin="QQQ")),
    (problems.UNKNOWN_CODE, "#/documents/0/kind", sound(documents=(Document(kind="99999999"),))),
    (problems.UNKNOWN_CODE, "#/permits/0/kind", sound(permits=(Permit(kind="?", number="1"),))),
    (problems.UNKNOWN_CODE, "#/containers/0/size", sound(containers=(replace(ONE, size="Q"),))),
    (problems.UNKNOWN_CODE, "#/lines/1/permits/0/kind",
     with_line(BASE, 1, permits=(Permit(kind="!", number="1"),))),
    (problems.OLD_CODE, "#/lines/2/origin", with_line(BASE, 2, origin="304")),
    (problems.NO_LINES, "#/lines", sound(lines=(), containers=())),
    (problems.TOO_MANY_LINES, "#/lines", of_lines(1000)),
    (problems.LINE_NUMBER, "#/lines/1/number", with_line(BASE, 1, number=7)),
    (problems.OFFICE_UNKNOWN, "#/offices/declaration",
     sound(offices=Offices(declaration="9999", goods="0202"))),
    (problems.OFFICE_UNKNOWN, "#/offices/payment",
     sound(offices=Offices(declaration="0128", goods="0202", payment="2200"))),
    (problems.OFFICE_IS_DEPARTMENT, "#/offices/goods",
     sound(offices=Offices(declaration="0128", goods="0200"))),
    (problems.SITE_UNKNOWN, "#/place/id", sound(place=Place(id="NOWHERE", port="120001"))),
    (problems.SITE_UNKNOWN, "#/place/inspection",
     sound(place=replace(BASE.place, inspection="NOWHERE"))),
    (problems.SITE_OF_OTHER_OFFICE, "#/place/id", sound(place=Place(id="S0101", port="120001"))),
    (problems.MISSING, "#/place/name", sound(place=Place(port="120001"))),
    (problems.NET_ABOVE_GROSS, "#/mass/net", sound(mass=Mass(Decimal(2800), Decimal("2800.5")))),
    (problems.NET_ABOVE_GROSS_ON_LINE, "#/lines/0/mass/net",
     with_line(BASE, mass=Mass(Decimal(1319), Decimal(1320)))),
    (problems.LINES_ABOVE_GROSS, "#/mass/gross", sound(mass=Mass(Decimal(2700), Decimal(2700)))),
    (problems.LINES_NOT_NET, "#/mass/net", sound(mass=Mass(Decimal(3050), Decimal(2500)))),
    (problems.PACKAGES_COUNT, "#/packages/count", sound(packages=Packages(count=-1, kind="22"))),
    (problems.CREDIT_CODE, "#/parties/trader/scc", party(scc="91110113FAKE00013J")),
    (problems.CUSTOMS_CODE, "#/parties/trader/code", party(code="11119")),
    (problems.WAYBILL_CHECK, "#/bill", sound_export(bill="00012345670")),
    (problems.CONTAINER_CHECK, "#/containers/0/id",
     sound(containers=(replace(ONE, id="XMPU0000014"),))),
    (problems.CONTAINER_NUMBER, "#/containers/0/id", sound(containers=(replace(ONE, id=""),))),
    (problems.CONTAINER_TWICE, "#/containers/1/id", sound(containers=(ONE, ONE))),
    (problems.CONTAINER_LINES, "#/containers/0/lines",
     sound(containers=(replace(ONE, lines=(1, 6)),))),
    (problems.COMMODITY_FORM, "#/lines/0/commodity", with_line(BASE, commodity="848210")),
    (problems.COMMODITY_UNKNOWN, "#/lines/0/commodity", with_line(BASE, commodity="9999999999")),
    (problems.FIRST_UNIT, "#/lines/0/first/unit",
     with_line(BASE, first=Quantity(Decimal(2400), "007"))),
    (problems.SECOND_UNIT, "#/lines/0/second", with_line(BASE, second=Quantity())),
    (problems.NO_SECOND_UNIT, "#/lines/2/second",
     with_line(BASE, 2, second=Quantity(Decimal(3), "007"))),
    (problems.QUANTITIES_DIFFER, "#/lines/0/quantity/value",
     with_line(BASE, first=Quantity(Decimal(2401), "006"))),
    (problems.PRICE_TIMES_QUANTITY, "#/lines/0/total", with_line(BASE, total=Decimal(17440))),
    (problems.ELEMENTS_MISSING, "#/lines/0/elements", with_line(BASE, elements="4|3|深沟球")),
    (problems.ELEMENTS_MISSING, "#/lines/0/elements", with_line(BASE, elements="|3|球|牌|型")),
    (problems.TOO_MANY_ELEMENTS, "#/lines/0/elements", with_line(BASE, elements="4|3|" + "a|" * 9)),
    (problems.NO_EXCHANGE_RATE, "#/lines/0/currency", with_line(BASE, currency="MOP")),
    (problems.NO_EXCHANGE_RATE, "#/charges/freight/currency",
     charged(freight=in_total("1", "MOP"), insurance=in_total("1"))),
    (problems.NO_EXCHANGE_RATE, "#/charges/insurance/currency",
     charged(freight=in_total("1"), insurance=in_total("1", "MOP"))),
    (problems.NO_EXCHANGE_RATE, "#/charges/other/currency",
     sound(charges=Charges(other=in_total("1", "MOP")))),
    (problems.LINES_ALIKE, "#/lines/5",
     sound(lines=(*LINES, replace(LINES[2], number=6)), mass=Mass(Decimal(3050), Decimal(2886)))),
    (problems.PREFERENCE_WITHOUT_CERTIFICATE, "#/lines/0/preference/certificate",
     with_line(BASE, preference=Preference(agreement="22"))),
    (problems.INVOICE_DIFFERS, "#/invoice/total",
     sound(invoice=Invoice(total=Decimal(70000), currency="EUR"))),
    (problems.FREIGHT_MISSING, "#/charges/freight", charged(insurance=in_total("200"))),
    (problems.FREIGHT_TOO_MUCH, "#/charges/freight", sound(charges=Charges(freight=in_total("1")))),
    (problems.INSURANCE_MISSING, "#/charges/insurance",
     sound_export(terms="1", charges=Charges(freight=in_total("1", "USD")))),
    (problems.INSURANCE_PRESUMED, "#/charges/insurance", charged(freight=in_total("2500"))),
    (problems.INSURANCE_TOO_MUCH, "#/charges/insurance",
     sound(charges=Charges(insurance=in_total("1")))),
    (problems.FREIGHT_IN_PART, "#/charges/freight", with_line(charged(), 1, charges=OWN)),
    (problems.INSURANCE_PRESUMED_IN_PART, "#/charges/insurance",
     with_line(charged(), 1, charges=OWN)),
    (problems.INSURANCE_IN_PART, "#/charges/insurance", with_line(
        sound_export(terms="1", lines=(*sound_export().lines, replace(
            sound_export().lines[0], number=2))), 1, charges=OWN)),
    (problems.MISSING, "#/lines/1/mass/gross", with_line(
        charged(), 1, charges=Charges(freight=Charge("2", Decimal(90), "EUR")))),
    (problems.FREIGHT_TOO_MUCH, "#/charges/freight",
     sound(terms="5", charges=Charges(freight=in_total("1")))),
    (problems.INSURANCE_TOO_MUCH, "#/charges/insurance", with_line(
        sound(terms="5"), 1, charges=Charges(insurance=in_total("1")))),
    (problems.COST_MARK, "#/charges/insurance/mark",
     charged(freight=in_total("1"), insurance=Charge("2", Decimal(1), "EUR"))),
    (problems.COST_RATE, "#/charges/freight/rate",
     charged(freight=in_total("0"), insurance=in_total("1"))),
    (problems.COST_PER_CENT, "#/charges/freight/rate",
     charged(freight=Charge("1", Decimal(250)), insurance=in_total("1"))),
    (problems.COST_CURRENCY, "#/charges/freight/currency",
     charged(freight=Charge("3", Decimal(250), "300"), insurance=in_total("1"))),
    (problems.COST_RATE, "#/lines/1/charges/freight/rate",
     with_line(fob(), 1, charges=Charges(freight=in_total("0")))),
    (problems.COST_CURRENCY, "#/lines/1/charges/other/currency",
     with_line(BASE, 1, charges=Charges(other=in_total("1", "QQQ")))),
    (problems.NO_EXCHANGE_RATE, "#/lines/1/charges/other/currency",
     with_line(BASE, 1, charges=Charges(other=in_total("1", "MOP")))),
    (problems.COSTS_ABOVE_PRICE, "#/charges",
     sound(charges=Charges(other=in_total("-66609")))),
    (problems.COSTS_ABOVE_PRICE, "#/charges", with_line(
        BASE, charges=Charges(other=in_total("-70000")))),
    (problems.COSTS_ABOVE_PRICE, "#/lines/1/charges", with_line(
        BASE, 1, charges=Charges(other=Charge("1", Decimal(-100))))),
    (problems.COSTS_ABOVE_PRICE, "#/charges", sound_export(
        terms="1",
        charges=Charges(freight=Charge("2", Decimal(10) ** 6, "USD"),
                        insurance=Charge("1", Decimal(5))))),
    (problems.PERMIT_NUMBER, "#/permits/0/number", sound(permits=(Permit(kind="7"),))),
    (problems.PERMIT_TWICE, "#/permits/1", sound(permits=(Permit("7", "A-1"), Permit("7", "A-1")))),
    (problems.VALUE_TOO_HIGH, "#/charges/freight/rate",
     charged(freight=in_total("9999999999999"), insurance=in_total("1"))),
    (problems.NEEDED_BY_SUPERVISION, "#/contract", sound(contract=None)),
    (problems.LEVY_MODE_UNSUPPORTED, "#/lines/0/levy_mode", with_line(BASE, levy_mode="0")),
    (problems.NATURE_MISSING, "#/regime/levy",
     with_line(sound(regime=Regime("0110")), levy_mode="3")),
    (problems.LEVY_MISFIT, "#/lines/0/levy_mode", with_line(BASE, levy_mode="3")),
    (problems.LEVY_MISFIT, "#/lines/2/levy_mode",
     with_line(BASE, 2, levy_mode="3", regime=Regime(levy="999"))),
    (problems.LEVY_SUPERVISION, "#/regime/levy",
     with_line(sound(regime=Regime("0110", "503")), levy_mode="3")),
    (problems.NEEDED_BY_SUPERVISION, "#/regime/record", sound(regime=Regime("0615", "503"))),
    (problems.TOO_MANY_DOCUMENTS, "#/documents",
     sound(documents=(Document(kind="00000001"),) * 21)),
    (problems.DOCUMENT_FORM, "#/documents/0",
     sound(documents=(Document(kind="00000001", sha256="abc"),))),
    (problems.DOCUMENT_FORM, "#/documents/0",
     sound(documents=(Document(kind="00000001", number="N" * 65),))),
    (problems.ENTRY_TO_COME, "#/entry_date", sound(entry_date=DAY + timedelta(1))),
    (problems.ADVANCE_TOO_LATE, "#/entry_date",
     sound(advance=True, entry_date=DAY - timedelta(1))),
    (problems.ADVANCE_TOO_EARLY, "#/entry_date",
     sound_export(advance=True, entry_date=DAY + timedelta(4))),
    (problems.DECLARED_LATE, "#/entry_date", sound(entry_date=DAY - timedelta(15))),
    (problems.UNDECLARED_TOO_LONG, "#/entry_date", sound(entry_date=DAY - timedelta(91))),
    (problems.EXIT_BEFORE, "#/entry_date", sound_export(entry_date=DAY - timedelta(1))),
    (problems.EFFECT_WITHOUT_RELATIONSHIP, "#/confirmations/price_effect",
     sound(confirmations=Confirmations(
         relationship=False, price_effect=True, royalties=False))),
    (problems.BELONGS_TO_NONE, "#/of", sound(of="020220261000000018")),
    (problems.BELONGS_TO_MISSING, "#/of",
     sound(function=Function.AMEND, change=Change(reason="1"))),
    (problems.REASON_MISSING, "#/change/reason",
     sound(function=Function.CANCEL, of="020220261000000018")),
    (problems.SECOND_STEP_IS_SUMMARY, "#/kind",
     sound(function=Function.COMPLETE, kind=Kind.SUMMARY, of="020220261000000018")),
)
# fmt: on
