"""Reliefs and a preference in the demonstration: with a certificate, and without one."""

from collections.abc import Iterator
from dataclasses import replace as dataclass_replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from tongguan.domain.declarations.values import (
    Countries,
    Line,
    Mode,
    Ports,
    Preference,
    Regime,
    Submission,
)
from tongguan.domain.permits.certificates import register_certificate
from tongguan.domain.permits.values import BY_VALUE, CertificateKind, Freed, NewCertificate
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.processes.demo.goods import Maker, Shipment
from tongguan.processes.demo.people import Cast, firm
from tongguan.processes.lodgement.decide import local_day

RELIEF: Final = "RELIEF-"
"""References of what is left to visitors: no robot touches it."""
HOLDER: Final = "yanshan"
BROKER: Final = "lianhe"
NATURE: Final = "789"
"""Encouraged projects: free of duty, not of value added tax."""
EXEMPT: Final = "3"
AGREEMENT: Final = "19"
ORIGIN: Final = "KOR"
PORT: Final = "KOR018"
RECORD: Final = "Z01280000001"
CERTIFICATE_OF_ORIGIN: Final = "DEMO-CO-0001"
GRANTED: Final = Decimal(10_000_000)
"""CNY of customs value, some times what one declaration uses."""


def relief_cases(maker: Maker, cast: Cast, *, now: datetime) -> Iterator[Shipment]:
    """Yield a relief under its certificate, one without any, and a preference with its proof.

    The certificates are registered before what counts on them is yielded.
    """
    for place, change in enumerate((_with_certificate, _without_certificate, _preferred), 1):
        made = maker.shipment(
            firm(HOLDER), firm(BROKER), Mode.REGIONAL, now, visit=f"{RELIEF}{place}"
        )
        sent = change(made.submission)
        if change is _with_certificate:
            _register(cast, CertificateKind.RELIEF, sent, now)
        elif change is _preferred:
            _register(cast, CertificateKind.ORIGIN, sent, now)
        yield dataclass_replace(made, submission=sent)


def _with_certificate(sent: Submission) -> Submission:
    return _claiming(sent, RECORD)


def _without_certificate(sent: Submission) -> Submission:
    return _claiming(sent, None)


def _claiming(sent: Submission, record: str | None) -> Submission:
    lines = tuple(replace(line, levy_mode=EXEMPT) for line in sent.lines)
    return replace(sent, lines=lines, regime=Regime("0110", NATURE, record))


def _preferred(sent: Submission) -> Submission:
    claimed = Preference(agreement=AGREEMENT, certificate=CERTIFICATE_OF_ORIGIN, origin=ORIGIN)
    return replace(
        sent,
        lines=tuple(replace(line, origin=ORIGIN, preference=claimed) for line in sent.lines),
        countries=Countries(trading=ORIGIN, dispatch=ORIGIN),
        ports=Ports(departure=PORT, call=PORT),
    )


def _register(cast: Cast, kind: CertificateKind, sent: Submission, now: datetime) -> None:
    of_relief = kind is CertificateKind.RELIEF
    day = local_day(now)
    certificate = NewCertificate(
        kind=kind,
        number=RECORD if of_relief else CERTIFICATE_OF_ORIGIN,
        holder_id=cast.firms[HOLDER],
        basis=NATURE if of_relief else AGREEMENT,
        origin="" if of_relief else ORIGIN,
        levy_modes=(EXEMPT,) if of_relief else (),
        frees=(Freed.DUTY,) if of_relief else (),
        commodities=tuple(sorted({_heading(line) for line in sent.lines})),
        granted=GRANTED,
        unit=BY_VALUE,
        valid_from=day - timedelta(days=30),
        valid_until=day + timedelta(days=335),
        issuer="示例海关 / Demo Customs" if of_relief else "示例签证机构 / Demo Chamber",
    )
    register_certificate(certificate=certificate, by=SYSTEM, now=now)


def _heading(line: Line) -> str:
    return (line.commodity or "")[:4]
