"""Identifiers of a declaration in their one spelling, each by its kind; names stay as sent.

Source: formats' traps: documents hold full-width digits, colons and brackets in codes and numbers.
"""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any, Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from tongguan.domain.declarations.values import (
    Charge,
    Charges,
    Container,
    Document,
    Inland,
    Line,
    Party,
    Permit,
    Preference,
    Quantity,
    Regime,
    Submission,
)
from tongguan.kernel.identifiers import (
    BILL,
    CODE,
    COMMODITY,
    COMPANY_CODE,
    CONTAINER,
    CREDIT_CODE,
    CURRENCY,
    DECLARATION,
    LICENCE,
    MEASURE,
    OFFICE,
    PERMIT_KIND,
    REFERENCE,
    SITE,
    VESSEL,
    VOYAGE,
    Kind,
    seals_listed,
)
from tongguan.kernel.spelling import EDGES, without_edges

T = TypeVar("T", bound=Struct)

HEADER_KINDS: Final[dict[str, Kind]] = {
    "of": DECLARATION,
    "bill": BILL,
    "terms": CODE,
    "offices.declaration": OFFICE,
    "offices.goods": OFFICE,
    "offices.payment": OFFICE,
    "offices.inspection": OFFICE,
    "parties.trader.scc": CREDIT_CODE,
    "parties.trader.code": COMPANY_CODE,
    "parties.owner.scc": CREDIT_CODE,
    "parties.owner.code": COMPANY_CODE,
    "parties.declarant.scc": CREDIT_CODE,
    "parties.declarant.code": COMPANY_CODE,
    "parties.overseas.code": LICENCE,
    "transport.mode": CODE,
    "transport.name": VESSEL,
    "transport.voyage": VOYAGE,
    "place.id": SITE,
    "place.port": CODE,
    "place.inspection": SITE,
    "countries.trading": CODE,
    "countries.dispatch": CODE,
    "countries.destination": CODE,
    "ports.departure": CODE,
    "ports.call": CODE,
    "packages.kind": CODE,
    "regime.supervision": CODE,
    "regime.levy": CODE,
    "regime.record": LICENCE,
    "invoice.currency": CURRENCY,
    "guarantee": LICENCE,
    "reference": REFERENCE,
}
"""The identifiers of the head of a declaration, with their kinds."""
LINE_KINDS: Final[dict[str, Kind]] = {
    "commodity": COMMODITY,
    "quarantine": CODE,
    "record_item": CODE,
    "quantity.unit": MEASURE,
    "first.unit": MEASURE,
    "second.unit": MEASURE,
    "currency": CURRENCY,
    "origin": CODE,
    "destination": CODE,
    "region": CODE,
    "levy_mode": CODE,
}
"""The identifiers of a line, with their kinds."""
_APART: Final = ("reference", "bill", "place.id", "guarantee", "transport.voyage")
"""Those that often hold other signs than capitals and digits."""
_JOINED: Final = tuple(path for path in HEADER_KINDS if path not in (*_APART, "transport.name"))
_header_codes: Final = attrgetter(*_JOINED)
_header_others: Final = attrgetter(*_APART)
_OTHERS: Final = tuple(HEADER_KINDS[path] for path in _APART)
_header_names: Final = attrgetter(
    "contract",
    "parties.trader.name",
    "parties.owner.name",
    "parties.declarant.name",
    "parties.overseas.name",
    "place.name",
)
_line_codes: Final = attrgetter(*LINE_KINDS)
_NONE: Final = Quantity()
_NO_CHARGES: Final = Charges()


def normalise(submission: Submission) -> Submission:
    """Return the submission with identifiers in their one spelling: itself, if they are so already.

    Each identifier is read by its kind (`kernel.identifiers`); names lose only the blanks and
    unseen signs around them; blank text becomes absent; so does a second quantity of nothing. What
    cannot be an identifier stays as it is, for `identifiers.check` to tell.

    Cost: 8 µs for five lines in plain form.
    """
    if (
        not _plain(_header_codes(submission), _header_names(submission))
        or _odd(VESSEL, submission.transport.name)
        or _odd_others(_header_others(submission))
        or _odd_papers(submission)
        or _odd_costs(submission)
    ):
        submission = _header(submission)
    lines = submission.lines
    if all(map(_line_plain, lines)):
        return submission
    return _with(submission, lines=tuple(map(_line, lines)))


def spelled(kind: Kind, text: str | None) -> str | None:
    """Return an identifier in its one spelling, or None for nothing.

    >>> spelled(CURRENCY, " usd"), spelled(COMMODITY, "８４８２.１０.2000"), spelled(CODE, "\u3000")
    ('USD', '8482102000', None)
    """
    return None if text is None else kind.plain(text) or None


def code(text: str | None) -> str | None:
    """Return a code of a table in its one spelling, or None for nothing."""
    return spelled(CODE, text)


def number(text: str | None) -> str | None:
    r"""Return the number of a licence or certificate in its one spelling, or None for nothing.

    >>> number(" ａb-1 2"), number("\u3000")
    ('AB-12', None)
    """
    return spelled(LICENCE, text)


def name(text: str | None) -> str | None:
    """Return a name without blanks and unseen signs around it, or None for nothing."""
    return None if text is None else without_edges(text) or None


def _odd(kind: Kind, text: str | None) -> bool:
    return text is not None and (not text or kind.plain(text) != text)


def _odd_others(others: tuple[str | None, ...]) -> bool:
    return not _capitals(others) and any(map(_odd, _OTHERS, others))


def _plain(codes: tuple[str | None, ...], names: tuple[str | None, ...]) -> bool:
    for text in names:
        if text is not None and (not text or text[0] in EDGES or text[-1] in EDGES):
            return False
    return _capitals(codes)


def _capitals(codes: Sequence[str | None]) -> bool:
    """Return whether these are capitals and digits alone, which is plain in every kind."""
    joined = "".join(filter(None, codes))
    if joined and not (joined.isascii() and joined.isalnum() and joined == joined.upper()):
        return False
    return "" not in codes


def _line_plain(line: Line) -> bool:
    return (
        _plain(_line_codes(line), (line.name, line.elements))
        and (line.second is _NONE or line.second.value is None or not line.second.value.is_zero())
        and (line.preference is None or line.preference == _preference(line.preference))
        and (line.regime is None or line.regime == _regime(line.regime))
        and (line.charges is None or line.charges == _charges(line.charges))
        and (not line.permits or line.permits == tuple(map(_permit, line.permits)))
        and (not line.documents or line.documents == tuple(map(_document, line.documents)))
    )


def _line(line: Line) -> Line:
    if _line_plain(line):
        return line
    second = _quantity(line.second)
    return _with(
        line,
        commodity=spelled(COMMODITY, line.commodity),
        quarantine=code(line.quarantine),
        name=name(line.name),
        elements=name(line.elements),
        record_item=code(line.record_item),
        quantity=_quantity(line.quantity),
        first=_quantity(line.first),
        second=_NONE if second.unit is None and not second.value else second,
        currency=spelled(CURRENCY, line.currency),
        origin=code(line.origin),
        destination=code(line.destination),
        region=code(line.region),
        levy_mode=code(line.levy_mode),
        preference=None if line.preference is None else _preference(line.preference),
        regime=None if line.regime is None else _regime(line.regime),
        charges=None if line.charges is None else _charges(line.charges),
        permits=tuple(map(_permit, line.permits)),
        documents=tuple(map(_document, line.documents)),
    )


def _quantity(quantity: Quantity) -> Quantity:
    return _with(quantity, unit=spelled(MEASURE, quantity.unit))


def _odd_papers(submission: Submission) -> bool:
    containers, documents = submission.containers, submission.documents
    if not (containers or documents or submission.permits):
        return False
    codes = [container.id for container in containers]
    codes += [container.size or "0" for container in containers]
    codes += [document.kind or "0" for document in documents]
    return (
        not _capitals(codes)
        or any(document.number and _odd(REFERENCE, document.number) for document in documents)
        or any(one.seals and one.seals != seals_listed(*one.seals) for one in containers)
        or any(permit != _permit(permit) for permit in submission.permits)
    )


def _odd_costs(submission: Submission) -> bool:
    charges, inland = submission.charges, submission.transport.inland
    if inland is None and charges == _NO_CHARGES:
        return False
    return charges != _charges(charges) or inland != _inland(inland)


def _charges(charges: Charges) -> Charges:
    return Charges(_cost(charges.freight), _cost(charges.insurance), _cost(charges.other))


def _cost(cost: Charge | None) -> Charge | None:
    if cost is None:
        return None
    return _with(cost, mark=code(cost.mark), currency=spelled(CURRENCY, cost.currency))


def _inland(leg: Inland | None) -> Inland | None:
    if leg is None:
        return None
    voyage = spelled(VOYAGE, leg.voyage)
    return _with(leg, mode=code(leg.mode), name=spelled(VESSEL, leg.name), voyage=voyage)


def _header(sent: Submission) -> Submission:
    offices, parties, transport = sent.offices, sent.parties, sent.transport
    return _with(
        sent,
        reference=spelled(REFERENCE, sent.reference),
        of=spelled(DECLARATION, sent.of),
        bill=spelled(BILL, sent.bill),
        terms=code(sent.terms),
        contract=name(sent.contract),
        guarantee=number(sent.guarantee),
        offices=_with(
            offices,
            declaration=spelled(OFFICE, offices.declaration),
            goods=spelled(OFFICE, offices.goods),
            payment=spelled(OFFICE, offices.payment),
            inspection=spelled(OFFICE, offices.inspection),
        ),
        parties=_with(
            parties,
            trader=_party(parties.trader),
            owner=_party(parties.owner),
            declarant=_party(parties.declarant),
            overseas=_with(
                parties.overseas,
                code=number(parties.overseas.code),
                name=name(parties.overseas.name),
            ),
        ),
        transport=_with(
            transport,
            mode=code(transport.mode),
            name=spelled(VESSEL, transport.name),
            voyage=spelled(VOYAGE, transport.voyage),
            inland=_inland(transport.inland),
        ),
        **_places(sent),
        charges=_charges(sent.charges),
        packages=_with(sent.packages, kind=code(sent.packages.kind)),
        containers=tuple(map(_container, sent.containers)),
        documents=tuple(map(_document, sent.documents)),
        permits=tuple(map(_permit, sent.permits)),
    )


def _places(sent: Submission) -> dict[str, object]:
    place, countries, ports, regime = sent.place, sent.countries, sent.ports, sent.regime
    return {
        "place": _with(
            place,
            id=spelled(SITE, place.id),
            name=name(place.name),
            port=code(place.port),
            inspection=spelled(SITE, place.inspection),
        ),
        "countries": _with(
            countries,
            trading=code(countries.trading),
            dispatch=code(countries.dispatch),
            destination=code(countries.destination),
        ),
        "ports": _with(ports, departure=code(ports.departure), call=code(ports.call)),
        "regime": _regime(regime),
        "invoice": _with(sent.invoice, currency=spelled(CURRENCY, sent.invoice.currency)),
    }


def _regime(regime: Regime) -> Regime:
    return _with(
        regime,
        supervision=code(regime.supervision),
        levy=code(regime.levy),
        record=number(regime.record),
    )


def _party(party: Party) -> Party:
    scc, code_ = spelled(CREDIT_CODE, party.scc), spelled(COMPANY_CODE, party.code)
    return _with(party, scc=scc, code=code_, name=name(party.name))


def _container(container: Container) -> Container:
    return _with(
        container,
        id=CONTAINER.plain(container.id),
        size=code(container.size),
        seals=seals_listed(*container.seals) if container.seals else (),
    )


def _document(document: Document) -> Document:
    number_ = spelled(REFERENCE, document.number)
    return _with(document, kind=code(document.kind), number=number_)


def _permit(permit: Permit) -> Permit:
    quantity = None if permit.quantity is None else _quantity(permit.quantity)
    return _with(
        permit,
        kind=spelled(PERMIT_KIND, permit.kind),
        number=number(permit.number),
        quantity=quantity,
        currency=spelled(CURRENCY, permit.currency),
    )


def _preference(claimed: Preference) -> Preference:
    return _with(
        claimed,
        agreement=code(claimed.agreement),
        certificate=number(claimed.certificate),
        quota=code(claimed.quota),
        origin=code(claimed.origin),
        regime=code(claimed.regime),
    )


def _with(old: T, **values: Any) -> T:
    """Return a struct with these values; the same one, inner ones too, where nothing changes.

    What was left out is known by being the default itself: an equal copy of it would be sealed as
    if it had been sent, and the same declaration in another spelling would be another content.
    """
    other = {name: value for name, value in values.items() if value != getattr(old, name)}
    return replace(old, **other) if other else old
