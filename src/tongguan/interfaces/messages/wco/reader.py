"""A WCO declaration, read into the canonical one."""

from collections.abc import Mapping
from typing import Final, cast

from lxml import etree
from msgspec.structs import replace

from tongguan.domain.declarations.values import (
    Change,
    Charges,
    Confirmations,
    Countries,
    Document,
    Flow,
    Function,
    Invoice,
    Kind,
    Line,
    Offices,
    Packages,
    Parties,
    Party,
    Place,
    Ports,
    Regime,
    Submission,
    Transport,
)
from tongguan.interfaces.messages import problems
from tongguan.interfaces.messages.block import Notes, once
from tongguan.interfaces.messages.tidy import tidied
from tongguan.interfaces.messages.translation.tables import Codes
from tongguan.interfaces.messages.values import Defaults, Limits, Places, Read
from tongguan.interfaces.messages.wco import kinds
from tongguan.interfaces.messages.wco.amendment import changed_places, pointer_to
from tongguan.interfaces.messages.wco.containers import containers_of
from tongguan.interfaces.messages.wco.costs import charges_of
from tongguan.interfaces.messages.wco.elements import declaration
from tongguan.interfaces.messages.wco.lines import Lines, document_of
from tongguan.interfaces.messages.wco.nodes import Node, node_of
from tongguan.kernel.problems import Fault, Faults

FREE_TEXT: Final = "AES"
TRANSPORT_PAPERS: Final = frozenset(("703", "704", "705", "714", "740", "741", "750"))
_LINES: Final = etree.XPath(
    "count(*[local-name()='GoodsShipment']/*[local-name()='GovernmentAgencyGoodsItem'])"
)
_CREDIT_CODE: Final = 18
_INDICATORS: Final = 4


def read_declaration(
    element: etree._Element, codes: Codes, defaults: Defaults, limits: Limits
) -> Read:
    """Return what a `Declaration` element declares; places are found when first asked for."""
    notes = Notes(most=limits.parts + limits.lines)
    node = node_of(element, declaration(), notes)
    if notes.repeated > notes.most:
        return Read(None, Places(dict, root=node.place()), (_too_many(element, node, limits),))
    reader = _Reader(node, codes, notes)
    submission = reader.read(defaults, limits)
    possible = () if submission else reader.possible(defaults)

    def find() -> Mapping[str, str]:
        places: dict[str, str] = {}
        notes.faults, notes.places = Faults(), places  # the faults are told already
        _Reader(node, codes, notes).read(defaults, limits)
        return places

    places = Places(find, root=node.place())
    changed: tuple[str, ...] = ()
    if submission is not None and submission.function is Function.AMEND:
        changed = tuple(pointer_to(place, places) for place in changed_places(node))
    faults = tuple(
        fault if fault.pointer != "#" else _pointed(fault, places) for fault in once(notes.faults)
    )
    return Read(submission, places, faults, changed=changed, possible=possible)


def _pointed(fault: Fault, places: Places) -> Fault:
    """Return a fault of shape with the canonical path of its place, where it has one."""
    return Fault(fault.problem, pointer_to(str(fault.facts["place"]), places), fault.facts)


def _too_many(element: etree._Element, node: Node, limits: Limits) -> Fault:
    """Return what a declaration has too many of: lines of goods, or other groups."""
    lines = int(cast("float", _LINES(element)))
    if lines > limits.lines:
        facts = {"count": lines, "limit": limits.lines}
        place = node.first("GoodsShipment").place()
        return problems.TOO_MANY_LINES.at("#/lines", place=place, **facts)
    return problems.TOO_MANY_PARTS.at("#", limit=limits.parts, place=node.place())


class _Reader:
    """One declaration under way."""

    def __init__(self, node: Node, codes: Codes, notes: Notes) -> None:
        self.node = node
        self.codes = codes
        self.notes = notes
        self.shipment = node.first("GoodsShipment")
        self.consignment = self.shipment.first("Consignment")
        self.items = self.shipment.all("GovernmentAgencyGoodsItem")
        self._flows: tuple[Flow, ...] = ()
        self._kinds: tuple[Kind, ...] = ()

    def read(self, defaults: Defaults, limits: Limits) -> Submission | None:
        node = self.node
        node.stands("")
        if len(self.items) > limits.lines:
            facts = {"count": len(self.items), "limit": limits.lines}
            place = self.shipment.place()
            self.notes.fault(problems.TOO_MANY_LINES, "#/lines", place, **facts)
            return None
        function = node.code("FunctionCode", "function")
        if function == kinds.ORIGINAL:
            return self._original(defaults)
        if function == kinds.ADDITIONAL:
            return self._additional(defaults)
        if function is not None:
            node.fault(problems.NOT_TAKEN, "FunctionCode", "function", value=function)
        return None

    def _original(self, defaults: Defaults) -> Submission | None:
        node = self.node
        value = node.code("TypeCode", "kind") or ""
        node.stands("flow", "TypeCode")
        mark = kinds.KINDS.get(value[2:3])
        flow = self._within() if value[:2] == kinds.WITHIN else kinds.FLOWS.get(value[:2])
        if mark is None or flow is None:
            node.fault(problems.NOT_TAKEN, "TypeCode", "kind", value=value)
            self._flows = tuple(Flow) if flow is None else (flow,)
            self._kinds = (Kind.FULL, Kind.SUMMARY) if mark is None else (mark.kind,)
            return None
        return self._content(
            defaults,
            flow=flow,
            function=mark.function,
            kind=mark.kind,
            advance=mark.advance,
        )

    def possible(self, defaults: Defaults) -> tuple[Submission, ...]:
        """Return what is declared where the type does not tell, one for each that it may be."""
        if not self._flows:
            return ()
        one = self._content(
            defaults, flow=self._flows[0], function=Function.ORIGINAL, kind=self._kinds[0]
        )
        return tuple(
            tidied(
                replace(
                    one,
                    flow=flow,
                    kind=kind,
                    offices=self._offices(flow, defaults.offices),
                    parties=self._parties(flow),
                )
            )
            for flow in self._flows
            for kind in self._kinds
        )

    def _within(self) -> Flow:
        """Between parts of one customs territory, who stands in it tells which way the goods go."""
        leaves = "Importer" not in self.shipment.children and (
            "ExitOffice" in self.node.children or "Consignee" in self.shipment.children
        )
        return Flow.EXPORT if leaves else Flow.IMPORT

    def _additional(self, defaults: Defaults) -> Submission | None:
        node = self.node
        value = node.code("TypeCode", "kind") or ""
        node.stands("function", "TypeCode")
        function = kinds.REQUESTS.get(value)
        if function is None:
            node.fault(problems.NOT_TAKEN, "TypeCode", "function", value=value)
            return None
        flow = kinds.flow_of_number(node.mark("ID"))
        node.stands("flow", "ID")
        return self._content(defaults, flow=flow, function=function, change=self._change())

    def _content(
        self,
        defaults: Defaults,
        *,
        flow: Flow,
        function: Function,
        kind: Kind = Kind.FULL,
        advance: bool = False,
        change: Change | None = None,
    ) -> Submission:
        node, shipment, table = self.node, self.shipment, self.codes.table("country")
        reader = Lines(self.codes)
        lines = tuple(reader.read(index, item) for index, item in enumerate(self.items))
        place = self.consignment.first("GoodsLocation")
        loading = self.consignment.first("LoadingLocation")
        departure = loading.code("ID", "ports/departure") or loading.text("Name", "ports/departure")
        dispatch = shipment.first("ExportCountry")
        destination = shipment.first("Destination")
        return tidied(
            Submission(
                reference=node.text("FunctionalReferenceID", "reference"),
                function=function,
                flow=flow,
                kind=kind,
                of=node.text("ID", "of"),
                advance=advance,
                offices=self._offices(flow, defaults.offices),
                parties=self._parties(flow),
                transport=self._transport(),
                bill=self._bill(),
                place=Place(id=place.code("ID", "place/id"), name=place.text("Name", "place/name")),
                containers=containers_of(self.consignment, self.items),
                countries=Countries(
                    dispatch=dispatch.translated("ID", "countries/dispatch", table),
                    destination=destination.translated(
                        "CountryCode", "countries/destination", table
                    ),
                ),
                ports=Ports(departure=departure),
                terms=shipment.first("TradeTerms").translated(
                    "ConditionCode", "terms", self.codes.table("terms")
                ),
                charges=charges_of(shipment.first("CustomsValuation"), "#/charges/") or Charges(),
                packages=self._packages(lines),
                mass=reader.mass(node, gross="TotalGrossMassMeasure"),
                regime=_regime(lines),
                guarantee=self._guarantee(),
                documents=self._documents(),
                confirmations=self._confirmations(lines),
                invoice=Invoice(
                    total=node.number("InvoiceAmount", "invoice/total", money=True),
                    currency=node.currency("InvoiceAmount", "invoice/currency"),
                ),
                remarks=self._words(free=False) if change is None else None,
                change=change,
                lines=lines,
            )
        )

    def _offices(self, flow: Flow, default: Offices) -> Offices:
        name = "PresentationOffice" if flow is Flow.IMPORT else "ExitOffice"
        goods = self.node.first(name).code("ID", "offices/goods")
        declared = self.node.code("DeclarationOfficeID", "offices/declaration")
        return Offices(
            declaration=declared or default.declaration,
            goods=goods or default.goods,
            payment=default.payment,
            inspection=default.inspection,
        )

    def _parties(self, flow: Flow) -> Parties:
        exporter = self.node.first("Exporter")
        importer = self.shipment.first("Importer")
        consignee = self.shipment.first("Consignee")
        trader, overseas = importer, exporter
        if flow is Flow.EXPORT:
            trader, overseas = exporter, consignee
        return tidied(
            Parties(
                trader=_party(trader, "parties/trader"),
                declarant=_party(self.node.first("Declarant"), "parties/declarant"),
                overseas=_party(overseas, "parties/overseas"),
                agent=_party(self.node.first("Agent"), "parties/agent"),
            )
        )

    def _transport(self) -> Transport:
        border = self.node.first("BorderTransportMeans")
        arrival = self.consignment.first("ArrivalTransportMeans")
        departure = self.consignment.first("DepartureTransportMeans")
        name = None
        for means in (arrival, border, departure):
            name = (
                name or means.text("ID", "transport/name") or means.text("Name", "transport/name")
            )
        mode = border.translated("ModeCode", "transport/mode", self.codes.table("transport"))
        return Transport(mode=mode, name=name)

    def _bill(self) -> str | None:
        """Return the transport paper among the previous documents, else the first of them."""
        found = self.shipment.all("PreviousDocument")
        papers = (one for one in found if one.mark("TypeCode") in TRANSPORT_PAPERS)
        chosen = next(papers, None) or next((one for one in found if "ID" in one.values), None)
        return chosen.text("ID", "bill") if chosen else None

    def _packages(self, lines: tuple[Line, ...]) -> Packages:
        """Return the number of packages, and their kind and marks where all lines agree."""
        each = [packages for line in lines for packages in line.packages]
        kinds_found = {packages.kind for packages in each}
        marks = {packages.marks for packages in each}
        return Packages(
            count=self.node.whole("TotalPackageQuantity", "packages/count"),
            kind=kinds_found.pop() if len(kinds_found) == 1 else None,
            marks=marks.pop() if len(marks) == 1 else None,
        )

    def _guarantee(self) -> str | None:
        found = self.node.all("ObligationGuarantee")
        chosen = next((one for one in found if "ID" in one.values), None)
        return chosen.text("ID", "guarantee") if chosen else None

    def _documents(self) -> tuple[Document, ...]:
        found = []
        for at, node in enumerate(self.node.all("AdditionalDocument")):
            node.base = f"#/documents/{at}/"
            found.append(document_of(node))
        return tuple(found)

    def _confirmations(self, lines: tuple[Line, ...]) -> Confirmations:
        """Return whether the parties are related: the first of four marks, each 0 or 1."""
        related: list[bool] = []
        for index, line in enumerate(lines):
            marks = line.adjustments
            if marks is None:
                continue
            if len(marks) == _INDICATORS and set(marks) <= {"0", "1"}:
                related.append(marks[0] == "1")
                continue
            place = self.items[index].first("ValuationAdjustment").place("AdditionCode")
            facts = {"name": "AdditionCode", "value": marks, "allowed": "0000 … 1111"}
            pointer = f"#/lines/{index}/adjustments"
            self.notes.fault(problems.NOT_LISTED, pointer, place, **facts)
        return Confirmations(relationship=any(related) if related else None)

    def _words(self, *, free: bool) -> str | None:
        """Return the statements: the reason given in free text, or all others."""
        said = []
        for node in self.node.all("AdditionalInformation"):
            is_free = node.mark("StatementTypeCode") == FREE_TEXT
            field = "change/words" if free else "remarks"
            if is_free is free and (words := node.text("StatementDescription", field)):
                said.append(words)
        return "\n".join(said) or None

    def _change(self) -> Change:
        """Return the first reason and all words: one request may change several places."""
        amendments = self.node.all("Amendment")
        reasons = (node.code("ChangeReasonCode", "change/reason") for node in amendments)
        words = self._words(free=True) or self._words(free=False)
        return Change(reason=next(filter(None, reasons), None), words=words)


def _party(node: Node, field: str) -> Party:
    number = node.code("ID", f"{field}/code")
    name = node.text("Name", f"{field}/name")
    node.stands(field)
    if number is not None and len(number) == _CREDIT_CODE and number.isalnum():
        node.stands(f"{field}/scc", "ID")
        return Party(scc=number, name=name)
    return Party(code=number, name=name)


def _regime(lines: tuple[Line, ...]) -> Regime:
    """Return supervision mode and nature of levy, where all lines agree in them."""
    found = {
        (line.regime.supervision, line.regime.levy) if line.regime else (None, None)
        for line in lines
    }
    if len(found) != 1:
        return Regime()
    supervision, levy = found.pop()
    return Regime(supervision=supervision, levy=levy)
