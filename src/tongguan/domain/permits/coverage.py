"""Whether a certificate grants what a line of goods claims, and how much of it the line uses.

Source: Order 245, administration of relief of duty: a relief is granted by customs before the goods
are declared, to one enterprise, for named goods, within its validity; valid on the day of
acceptance, 74/2014. Who holds no certificate pays in full or gives security.
"""

from collections.abc import Collection, Iterable
from decimal import ROUND_UP, Decimal
from typing import Final

from tongguan.domain.declarations.values import Line
from tongguan.domain.permits import problems
from tongguan.domain.permits.values import (
    BY_VALUE,
    CertificateKey,
    CertificateKind,
    CertificateRow,
    Drawn,
    Held,
)
from tongguan.kernel.problems import Fault

ZERO: Final = Decimal(0)
SMALLEST: Final = Decimal("0.00001")
"""Balances are kept to five places; what is used beyond is rounded up."""


def in_use(
    key: CertificateKey, held: Held | None, *, line: int, place: str
) -> CertificateRow | Fault:
    """Return a certificate of the trader's that is in force, or what stands against it.

    Another's certificate is told as one that is not known: whose it is is not for the sender.
    """
    found = None if held is None else held.certificates.get(key)
    if found is None or held is None or found.holder_id != held.holder_id:
        return problems.CERTIFICATE_UNKNOWN.at(place, line=line, number=key.number)
    if found.withdrawn_at is not None:
        return problems.CERTIFICATE_WITHDRAWN.at(place, line=line, number=key.number)
    if not found.valid_from <= held.day < found.valid_until:
        return problems.CERTIFICATE_NOT_VALID.at(
            place,
            line=line,
            number=key.number,
            valid_from=found.valid_from,
            valid_until=found.valid_until,
        )
    return found


def other(
    certificate: CertificateRow,
    granted: Collection[str],
    declared: str | None,
    *,
    line: int,
    place: str,
) -> Fault | None:
    """Return the fault where something is declared that is not what the certificate grants."""
    if declared in granted:
        return None
    return problems.CERTIFICATE_OF_OTHER.at(
        place,
        line=line,
        number=certificate.number,
        granted=" ".join(granted) or "—",
        declared=declared or "—",
    )


def other_goods(certificate: CertificateRow, goods: Line, *, line: int, place: str) -> Fault | None:
    """Return the fault where the certificate covers no code that the goods' begins with."""
    commodity = goods.commodity or ""
    if commodity and commodity.startswith(certificate.commodities):
        return None
    return problems.CERTIFICATE_OTHER_GOODS.at(
        place, line=line, number=certificate.number, commodity=commodity or "—"
    )


def used(
    certificate: CertificateRow,
    goods: Line,
    *,
    value: Decimal,
    left: Decimal,
    line: int,
    place: str,
) -> Decimal | Fault:
    """Return how much of a certificate a line uses, or what stands against it.

    `value` is the customs value of the line in CNY, counted where the balance is one of value;
    `left` is what earlier lines left of it. A line without value uses nothing of such a balance,
    and is covered by it like any other.
    """
    by_value = certificate.unit == BY_VALUE
    quantity = max(value, ZERO) if by_value else _quantity(goods, certificate.unit)
    if quantity is None or (quantity <= 0 and not by_value):
        return problems.CERTIFICATE_OTHER_UNIT.at(
            place, line=line, number=certificate.number, unit=certificate.unit
        )
    quantity = quantity.quantize(SMALLEST, ROUND_UP)
    if quantity > left:
        return problems.CERTIFICATE_USED_UP.at(
            place,
            line=line,
            number=certificate.number,
            needed=f"{quantity.normalize():f}",
            left=f"{left.normalize():f}",
            unit=certificate.unit,
        )
    return quantity


def relief_key(number: str) -> CertificateKey:
    """Return what a record number names."""
    return CertificateKey(CertificateKind.RELIEF, number)


def origin_key(number: str) -> CertificateKey:
    """Return what the number of a certificate of origin names."""
    return CertificateKey(CertificateKind.ORIGIN, number)


def _quantity(goods: Line, unit: str) -> Decimal | None:
    for quantity in (goods.first, goods.second, goods.quantity):
        if quantity.unit == unit and quantity.value is not None:
            return quantity.value
    return None


def draw(certificates: dict[CertificateKey, CertificateRow], uses: Iterable[Drawn]) -> None:
    """Note what one declaration of a batch uses, so that the next counts on the rest."""
    for use in uses:
        key = CertificateKey(CertificateKind(use.kind), use.number)
        row = certificates[key]
        certificates[key] = row._replace(drawn=row.drawn + use.quantity)
