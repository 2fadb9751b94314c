"""A DecMessage, read into the canonical declaration."""

from collections.abc import Mapping
from typing import Final

from lxml import etree

from tongguan.domain.declarations.values import (
    Charge,
    Charges,
    Confirmations,
    Countries,
    Flow,
    Function,
    Inland,
    Kind,
    Mass,
    Mode,
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
from tongguan.interfaces.messages.singlewindow import marks
from tongguan.interfaces.messages.singlewindow.attached import Attached
from tongguan.interfaces.messages.singlewindow.lines import (
    Lines,
    coded,
    preferences_of,
)
from tongguan.interfaces.messages.singlewindow.problems import SAVED_ONLY
from tongguan.interfaces.messages.singlewindow.structure import Message, message_of, path_of
from tongguan.interfaces.messages.stray import note_stray_texts
from tongguan.interfaces.messages.tidy import tidied
from tongguan.interfaces.messages.translation.tables import Codes
from tongguan.interfaces.messages.values import Defaults, Limits, Places, Read
from tongguan.kernel.problems import Fault

_FLOWS: Final = {"I": Flow.IMPORT, "E": Flow.EXPORT}
_PROMISES: Final = {"0": False, "1": True}
_PROMISED: Final = (
    "relationship",
    "price_effect",
    "royalties",
    "formula_price",
    "provisional_price",
)
_OFFICE_PLACES: Final = 4
_PARTS: Final = ("Container", "TrnContainer", "LicenseDocu", "EdocRealation", "EcoRelation")


def read_message(element: etree._Element, codes: Codes, defaults: Defaults, limits: Limits) -> Read:
    """Return what a DecMessage declares; places are found when first asked for."""
    notes = Notes()
    message = message_of(element)
    note_stray_texts(element, notes, path_of)
    reader = _Reader(message, codes, notes)
    submission = reader.read(defaults, limits)
    possible = () if submission or not reader.flowless else reader.either_way(defaults)

    def find() -> Mapping[str, str]:
        places: dict[str, str] = {}
        _Reader(message, codes, Notes(places)).read(defaults, limits)
        return places

    places = Places(find, root="DecMessage")
    faults = once(notes.faults) if possible else notes.faults.told()
    return Read(
        submission,
        places,
        tuple(fault if fault.pointer != "#" else _pointed(fault, places) for fault in faults),
        draft=reader.draft,
        possible=possible,
    )


def _pointed(fault: Fault, places: Places) -> Fault:
    """Return a fault of shape with the canonical path of its place, where it has one."""
    return Fault(fault.problem, places.pointer_at(str(fault.facts.get("place"))), fault.facts)


class _Reader:
    """One message under way."""

    def __init__(self, message: Message, codes: Codes, notes: Notes) -> None:
        self.message = message
        self.codes = codes
        self.notes = notes
        self.draft = False
        self.flowless = False
        self.head = message.first("DecHead", notes)
        self.sign = message.first("DecSign", notes)
        self.free = message.first("DecFreeTxt", notes)
        self.access = message.first("DecTpAccess", notes)

    def read(self, defaults: Defaults, limits: Limits) -> Submission | None:
        self.head.stands("")
        flow = self._flow()
        if (count := len(self.message.all("DecList"))) > limits.lines:
            facts = {"count": count, "limit": limits.lines}
            self.notes.fault(problems.TOO_MANY_LINES, "#/lines", "DecLists", **facts)
            return None
        if sum(len(self.message.all(name)) for name in _PARTS) > limits.parts:
            self.notes.fault(problems.TOO_MANY_PARTS, "#", "DecMessage", limit=limits.parts)
            return None
        if flow is None:
            self.flowless = self.head.element is not None
            return None
        return self._declared(flow, defaults)

    def either_way(self, defaults: Defaults) -> tuple[Submission, ...]:
        """Return what is declared if it is an import, and if it is an export."""
        return tuple(self._declared(flow, defaults) for flow in Flow)

    def _declared(self, flow: Flow, defaults: Defaults) -> Submission:
        head, elements = self.head, self.message.all("DecList")
        self._operation()
        function, kind, asked = self._type()
        lines = Lines(self.codes, flow, self.notes)
        preferences = preferences_of(self.message, self.notes)
        attached = Attached(self.message, self.codes, self.notes)
        return tidied(
            Submission(
                reference=self.sign.text("ClientSeqNo", "reference"),
                function=function,
                flow=flow,
                kind=kind,
                of=self._of(function),
                mode_asked=self._mode(asked),
                offices=self._offices(defaults.offices),
                parties=self._parties(flow),
                transport=self._transport(),
                bill=head.code("BillNo", "bill") or head.code("BLNo", "bill"),
                place=Place(
                    id=self.free.code("CusFie", "place/id"),
                    name=head.text("GoodsPlace", "place/name"),
                    port=head.code("EntyPortCode", "place/port"),
                    inspection=self.access.code("TransitionSite", "place/inspection"),
                ),
                containers=attached.containers(),
                countries=self._countries(flow),
                ports=self._ports(),
                terms=head.code("TransMode", "terms"),
                charges=self._charges(),
                packages=Packages(
                    count=head.whole("PackNo", "packages/count"),
                    kind=self._packing(),
                    marks=head.text("MarkNo", "packages/marks"),
                ),
                mass=Mass(head.number("GrossWet", "mass/gross"), head.number("NetWt", "mass/net")),
                regime=Regime(
                    supervision=head.code("TradeMode", "regime/supervision"),
                    levy=head.code("CutMode", "regime/levy"),
                    record=head.code("ManualNo", "regime/record"),
                ),
                contract=head.text("ContrNo", "contract"),
                released_on_guarantee=head.flag("ChkSurety", "released_on_guarantee") is True,
                entry_date=head.day("IEDate", "entry_date"),
                permits=attached.permits(head),
                documents=attached.documents(),
                confirmations=self._confirmations(),
                remarks=head.text("NoteS", "remarks"),
                lines=tuple(
                    lines.read(index, element, preferences)
                    for index, element in enumerate(elements)
                ),
            )
        )

    def _flow(self) -> Flow | None:
        value = self.head.code("IEFlag", "flow")
        if value is None:
            name = "DecHead" if self.head.element is None else "IEFlag"
            place = "DecMessage" if self.head.element is None else "DecHead"
            self.notes.fault(problems.MISSING_ELEMENT, "#/flow", place, name=name)
            return None
        flow = _FLOWS.get(value.upper())
        if flow is None:
            self.head.fault(problems.NOT_LISTED, "IEFlag", "flow", value=value, allowed="I, E")
        return flow

    def _operation(self) -> None:
        value = self.sign.code("OperType", "function")
        if value is None:
            place = self.sign.place("OperType")
            self.notes.fault(problems.MISSING_ELEMENT, "#/function", place, name="OperType")
        elif value not in marks.LODGED:
            self.draft = True
            self.sign.fault(SAVED_ONLY, "OperType", "function", value=value)

    def _type(self) -> tuple[Function, Kind, Mode | None]:
        self.head.stands("kind", "Type")
        self.head.stands("mode_asked", "Type")
        found = marks.type_marks(self.head.values.get("Type", ""))
        if found.document not in marks.DOCUMENTS:
            allowed = ", ".join(sorted(filter(None, marks.DOCUMENTS)))
            facts = {"value": found.document, "allowed": allowed}
            self.head.fault(problems.NOT_LISTED, "Type", "kind", **facts)
        step = marks.STEPS.get(found.step)
        if step is None:
            facts = {"value": found.step, "allowed": "0, 5, 6"}
            self.head.fault(problems.NOT_LISTED, "Type", "kind", **facts)
            step = marks.STEPS[""]
        function, kind = step
        if found.document in marks.BONDED:
            kind = Kind.BONDED_LIST
        return function, kind, marks.MODES.get(found.document)

    def _mode(self, asked: Mode | None) -> Mode | None:
        """Return the mode that is marked. SD, SS and transit exclude each other."""
        head = self.head
        head.stands("transport/inland", "DeclTrnRel")
        link, filing = head.mark("DeclTrnRel"), head.mark("EdiId")
        for name, value, known in (
            ("DeclTrnRel", link, marks.LINKS),
            ("EdiId", filing, marks.FILINGS),
        ):
            if value not in known:
                facts = {"value": value, "allowed": ", ".join(filter(None, known))}
                head.fault(problems.NOT_LISTED, name, "mode_asked", **facts)
        name = "DeclTrnRel" if link == marks.TRANSIT_LINKED else "EdiId"
        if link != marks.TRANSIT_LINKED and filing not in marks.TRANSIT_FILING:
            return asked
        if asked is not None:
            facts = {"first": "Type", "one": asked.value, "second": name, "other": "transit"}
            self.notes.fault(problems.MARKS_DISAGREE, "#/mode_asked", "DecHead/Type", **facts)
        return asked or Mode.TRANSIT

    def _of(self, function: Function) -> str | None:
        number = self.head.code("EntryId", "of")
        if number is None and function is Function.COMPLETE:
            self.head.stands("of", "SeqNo")
            return self.head.code("SeqNo", "of")
        return number

    def _offices(self, default: Offices) -> Offices:
        head = self.head
        inspection = head.code("PurpOrgCode", "offices/inspection")
        if inspection is not None and len(inspection) != _OFFICE_PLACES:
            inspection = None  # before 2018 an office of quarantine stood there
        return Offices(
            declaration=head.code("CustomMaster", "offices/declaration") or default.declaration,
            goods=head.code("IEPort", "offices/goods") or default.goods,
            payment=default.payment,
            inspection=inspection or default.inspection,
        )

    def _parties(self, flow: Flow) -> Parties:
        overseas = "OverseasConsignor" if flow is Flow.IMPORT else "OverseasConsignee"
        head = self.head
        name = head.text(f"{overseas}Ename", "parties/overseas/name")
        return tidied(
            Parties(
                trader=self._party("Trade", "TradeCoScc", "parties/trader/"),
                owner=self._party("Owner", "OwnerCodeScc", "parties/owner/"),
                declarant=self._party("Agent", "AgentCodeScc", "parties/declarant/"),
                overseas=Party(
                    code=head.code(f"{overseas}Code", "parties/overseas/code"),
                    name=name or head.text("OverseasConsignorCname", "parties/overseas/name"),
                ),
            )
        )

    def _party(self, name: str, scc: str, field: str) -> Party:
        head = self.head
        if scc not in head.values and f"{name}CodeScc" in head.values:
            scc = f"{name}CodeScc"  # as older documents spell it
        return Party(
            scc=head.code(scc, f"{field}scc"),
            code=head.code(f"{name}Code", f"{field}code"),
            name=head.text(f"{name}Name", f"{field}name"),
        )

    def _transport(self) -> Transport:
        return Transport(
            mode=self.head.code("TrafMode", "transport/mode"),
            name=self.head.text("TrafName", "transport/name"),
            voyage=self.free.code("VoyNo", "transport/voyage"),
            inland=self._inland(),
        )

    def _inland(self) -> Inland | None:
        if not self.message.all("TrnHead"):
            return None
        leg = self.message.first("TrnHead", self.notes)
        leg.stands("transport/inland")
        inland = Inland(
            mode=leg.code("NativeTrafMode", "transport/inland/mode"),
            name=leg.text("NativeShipName", "transport/inland/name")
            or leg.text("TrafCustomsNo", "transport/inland/name"),
            voyage=leg.code("NativeVoyageNo", "transport/inland/voyage"),
        )
        return inland if inland != Inland() else None

    def _countries(self, flow: Flow) -> Countries:
        table = self.codes.table("country")
        end = "dispatch" if flow is Flow.IMPORT else "destination"
        far = coded(self.head, "TradeCountry", f"countries/{end}", table)
        return Countries(
            trading=coded(self.head, "TradeAreaCode", "countries/trading", table),
            dispatch=far if flow is Flow.IMPORT else None,
            destination=far if flow is Flow.EXPORT else None,
        )

    def _ports(self) -> Ports:
        departure = self.head.code("DespPortCode", "ports/departure")
        return Ports(departure=departure, call=self.head.code("DistinatePort", "ports/call"))

    def _packing(self) -> str | None:
        value = self.head.code("WrapType", "packages/kind")
        if value is None or len(value) > 1:
            return value
        table = self.codes.table("package")
        return self.head.counterpart(value, "WrapType", "packages/kind", table)

    def _charges(self) -> Charges:
        return Charges(
            freight=self._charge("Fee", "charges/freight"),
            insurance=self._charge("Insur", "charges/insurance"),
            other=self._charge("Other", "charges/other"),
        )

    def _charge(self, name: str, field: str) -> Charge | None:
        mark = self.head.code(f"{name}Mark", f"{field}/mark")
        rate = self.head.number(f"{name}Rate", f"{field}/rate")
        table = self.codes.table("currency")
        currency = coded(self.head, f"{name}Curr", f"{field}/currency", table)
        if not rate and mark is None:
            return None  # a currency alone, or a rate of zero, charges nothing
        return Charge(mark=mark, rate=rate, currency=currency)

    def _confirmations(self) -> Confirmations:
        self.head.stands("confirmations", "PromiseItmes")
        said = marks.by_place(self.head.values.get("PromiseItmes", ""))
        return Confirmations(
            **{
                name: _PROMISES[sign]
                for name, sign in zip(_PROMISED, said, strict=False)
                if sign in _PROMISES
            }
        )
