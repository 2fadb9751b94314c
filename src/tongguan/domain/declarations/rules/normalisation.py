"""Making codes readable: full-width signs, blanks and small letters. Names stay as they were sent.

Source: formats' traps: documents hold full-width digits, colons and brackets in codes and numbers.
"""

from operator import attrgetter
from typing import Final
from unicodedata import normalize

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
from tongguan.kernel.identifiers import plain_code, plain_number

_header_codes: Final = attrgetter(
    "of",
    "bill",
    "terms",
    "offices.declaration",
    "offices.goods",
    "offices.payment",
    "offices.inspection",
    "parties.trader.scc",
    "parties.trader.code",
    "parties.owner.scc",
    "parties.owner.code",
    "parties.declarant.scc",
    "parties.declarant.code",
    "transport.mode",
    "transport.voyage",
    "place.port",
    "place.inspection",
    "countries.trading",
    "countries.dispatch",
    "countries.destination",
    "ports.departure",
    "ports.call",
    "packages.kind",
    "regime.supervision",
    "regime.levy",
    "invoice.currency",
)
_header_names: Final = attrgetter(
    "reference",
    "contract",
    "guarantee",
    "place.id",
    "parties.trader.name",
    "parties.owner.name",
    "parties.declarant.name",
    "parties.overseas.name",
    "transport.name",
    "place.name",
)
_line_codes: Final = attrgetter(
    "commodity",
    "quarantine",
    "quantity.unit",
    "first.unit",
    "second.unit",
    "currency",
    "origin",
    "destination",
    "region",
    "levy_mode",
)
_NONE: Final = Quantity()
_NO_CHARGES: Final = Charges()


def normalise(submission: Submission) -> Submission:
    """Return the submission with codes in their plain form: itself, if they are so already.

    Codes lose blanks around them, full-width forms and signs without a width, and stand in
    capitals; numbers of licences and certificates lose all blanks; names and the
    sender's own references lose only the blanks around them; blank text becomes absent; so does a
    second quantity of nothing.

    Cost: 8 µs for five lines in plain form.
    """
    record = submission.regime.record
    if (
        not _plain(_header_codes(submission), _header_names(submission))
        or record != number(record)
        or _odd_papers(submission)
        or _odd_costs(submission)
    ):
        submission = _header(submission)
    lines = submission.lines
    if all(map(_line_plain, lines)):
        return submission
    return replace(submission, lines=tuple(map(_line, lines)))


def code(text: str | None) -> str | None:
    """Return a code in its plain form.

    >>> code(" ８４８２１０２０００"), code("usd"), code(" ")
    ('8482102000', 'USD', None)
    """
    if text is None:
        return None
    return plain_code(text) or None


def number(text: str | None) -> str | None:
    r"""Return the number of a licence or certificate in its plain form, or None for nothing.

    >>> number(" ａb-1 2"), number("\u3000")
    ('AB-12', None)
    """
    return None if text is None else plain_number(text) or None


def name(text: str | None) -> str | None:
    """Return a name without blanks around it, or None for nothing."""
    return None if text is None else text.strip() or None


def _plain(codes: tuple[str | None, ...], names: tuple[str | None, ...]) -> bool:
    joined = " ".join([text for text in codes if text is not None])
    if not joined.isascii() or joined != joined.upper() or "  " in f" {joined} ":
        return False
    if not joined.isprintable():
        return False
    return tuple(map(name, names)) == names


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
    return replace(
        line,
        commodity=code(line.commodity),
        quarantine=code(line.quarantine),
        name=name(line.name),
        elements=name(line.elements),
        quantity=_quantity(line.quantity),
        first=_quantity(line.first),
        second=_NONE if second.unit is None and not second.value else second,
        currency=code(line.currency),
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
    return replace(quantity, unit=code(quantity.unit))


def _odd_papers(submission: Submission) -> bool:
    texts = [container.id for container in submission.containers]
    texts += [document.kind or "" for document in submission.documents]
    joined = "".join(texts)
    odd = not joined.isascii() or not (not joined or joined.isalnum())
    return odd or any(permit != _permit(permit) for permit in submission.permits)


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
    return replace(cost, mark=code(cost.mark), currency=code(cost.currency))


def _inland(leg: Inland | None) -> Inland | None:
    if leg is None:
        return None
    return replace(leg, mode=code(leg.mode), name=name(leg.name), voyage=code(leg.voyage))


def _header(sent: Submission) -> Submission:
    offices, parties, transport = sent.offices, sent.parties, sent.transport
    return replace(
        sent,
        reference=name(sent.reference),
        of=code(sent.of),
        bill=code(sent.bill),
        terms=code(sent.terms),
        contract=name(sent.contract),
        guarantee=name(sent.guarantee),
        offices=replace(
            offices,
            declaration=code(offices.declaration),
            goods=code(offices.goods),
            payment=code(offices.payment),
            inspection=code(offices.inspection),
        ),
        parties=replace(
            parties,
            trader=_party(parties.trader),
            owner=_party(parties.owner),
            declarant=_party(parties.declarant),
            overseas=_party(parties.overseas),
        ),
        transport=replace(
            transport,
            mode=code(transport.mode),
            name=name(transport.name),
            voyage=code(transport.voyage),
            inland=_inland(transport.inland),
        ),
        **_places(sent),
        charges=_charges(sent.charges),
        packages=replace(sent.packages, kind=code(sent.packages.kind)),
        containers=tuple(map(_container, sent.containers)),
        documents=tuple(map(_document, sent.documents)),
        permits=tuple(map(_permit, sent.permits)),
    )


def _places(sent: Submission) -> dict[str, object]:
    place, countries, ports, regime = sent.place, sent.countries, sent.ports, sent.regime
    return {
        "place": replace(
            place,
            id=name(place.id),
            name=name(place.name),
            port=code(place.port),
            inspection=code(place.inspection),
        ),
        "countries": replace(
            countries,
            trading=code(countries.trading),
            dispatch=code(countries.dispatch),
            destination=code(countries.destination),
        ),
        "ports": replace(ports, departure=code(ports.departure), call=code(ports.call)),
        "regime": _regime(regime),
        "invoice": replace(sent.invoice, currency=code(sent.invoice.currency)),
    }


def _regime(regime: Regime) -> Regime:
    return replace(
        regime,
        supervision=code(regime.supervision),
        levy=code(regime.levy),
        record=number(regime.record),
    )


def _party(party: Party) -> Party:
    return replace(party, scc=code(party.scc), code=code(party.code), name=name(party.name))


def _container(container: Container) -> Container:
    id_ = plain_number(container.id).replace("-", "")
    return replace(container, id=id_, size=code(container.size))


def _document(document: Document) -> Document:
    return replace(document, kind=code(document.kind))


def _permit(permit: Permit) -> Permit:
    kind = None if permit.kind is None else normalize("NFKC", permit.kind).strip() or None
    quantity = None if permit.quantity is None else _quantity(permit.quantity)
    return replace(
        permit,
        kind=kind,
        number=number(permit.number),
        quantity=quantity,
        currency=code(permit.currency),
    )


def _preference(claimed: Preference) -> Preference:
    return replace(
        claimed,
        agreement=code(claimed.agreement),
        certificate=number(claimed.certificate),
        quota=code(claimed.quota),
        origin=code(claimed.origin),
        regime=code(claimed.regime),
    )
