"""What a certificate has to say before it can be registered."""

from datetime import date
from decimal import Decimal
from typing import Final

from tongguan.domain.permits.values import BY_VALUE, CertificateKind, Freed, NewCertificate
from tongguan.domain.reference.values import Snapshot
from tongguan.kernel.identifiers import LICENCE
from tongguan.kernel.text import Term, _

MOST_SIGNS: Final = 35
MOST_BASIS: Final = 10
MOST_ISSUER: Final = 100
BOUND: Final = Decimal(10) ** 14
CODE_PLACES: Final = range(2, 11)


class Wrong(Term):
    """What is wrong with a certificate."""

    NUMBER = "NUMBER", _("its number is empty, longer than 35 characters, or has a foreign sign")
    BALANCE = "BALANCE", _("it grants nothing")
    PERIOD = "PERIOD", _("it ends before it begins")
    UNIT = "UNIT", _("its unit is not in the list of units, nor CNY")
    GOODS = "GOODS", _("its commodities are not two to ten digits each")
    NATURE = "NATURE", _("its nature of levy grants no relief")
    MODES = "MODES", _("a levy mode claims no relief, or does not fit the nature of levy")
    FREES = "FREES", _("it lowers no tax")
    CONSUMPTION = "CONSUMPTION", _("none of its levy modes can free consumption tax")
    SHARE = "SHARE", _("a levy mode needs the share that is levied, below 1; others must not")
    ORIGIN = "ORIGIN", _("its agreement is empty, or its country is not in the list of countries")
    ISSUER = "ISSUER", _("its issuer is not named")


def wrong_with(certificate: NewCertificate, reference: Snapshot, day: date) -> Wrong | None:
    """Return the first thing that is wrong with a certificate, or None."""
    units, goods = reference.codes.valid("units", day), certificate.commodities
    found = (
        (
            Wrong.NUMBER,
            0 < len(certificate.number) <= MOST_SIGNS and not LICENCE.wrong(certificate.number),
        ),
        (Wrong.BALANCE, certificate.granted.is_finite() and 0 < certificate.granted < BOUND),
        (Wrong.PERIOD, certificate.valid_until > certificate.valid_from),
        (Wrong.UNIT, certificate.unit == BY_VALUE or certificate.unit in units),
        (Wrong.GOODS, bool(goods) and all(map(_digits, goods))),
        (Wrong.ISSUER, 0 < len(certificate.issuer) <= MOST_ISSUER),
    )
    for wrong, sound in found:
        if not sound:
            return wrong
    if certificate.kind is CertificateKind.ORIGIN:
        known = reference.codes.has("countries", certificate.origin, day)
        named = 0 < len(certificate.basis) <= MOST_BASIS
        return None if named and known else Wrong.ORIGIN
    return _wrong_relief(certificate, reference, day)


def _wrong_relief(certificate: NewCertificate, reference: Snapshot, day: date) -> Wrong | None:
    read = reference.parameters
    stated = frozenset(read.words("levy_stated", day))
    shares = (word.partition(":") for word in read.words("levy_shares", day))
    by_law = {mode: Decimal(share) for mode, _sign, share in shares}
    row = reference.levies.row(certificate.basis, day)
    fitting = frozenset[str]() if row is None else row.levy_modes & (stated | by_law.keys())
    modes = frozenset(certificate.levy_modes)
    if not fitting:
        return Wrong.NATURE
    if not modes or not modes <= fitting:
        return Wrong.MODES
    if not certificate.frees:
        return Wrong.FREES
    # Only a mode that leaves nothing by law frees of consumption tax, see `revenue.rules.reliefs`.
    if Freed.CONSUMPTION in certificate.frees and all(by_law.get(mode) != 0 for mode in modes):
        return Wrong.CONSUMPTION
    share = certificate.share
    if bool(modes & stated) is (share is None) or (share is not None and not 0 <= share < 1):
        return Wrong.SHARE
    return None


def _digits(code: str) -> bool:
    return code.isascii() and code.isdigit() and len(code) in CODE_PLACES
