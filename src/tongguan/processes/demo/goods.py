"""What is declared in the demonstration: invented goods, sound by every check."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.utils.timezone import localdate
from msgspec.structs import replace

from tongguan.domain.cargo.values import Manifest, ManifestBill, ManifestUnit
from tongguan.domain.declarations.values import (
    Confirmations,
    Container,
    Countries,
    Document,
    Flow,
    Inland,
    Line,
    Mass,
    Mode,
    Offices,
    Packages,
    Parties,
    Party,
    Permit,
    Place,
    Ports,
    Quantity,
    Regime,
    Submission,
    Transport,
)
from tongguan.domain.reference.values import Snapshot, TariffLine
from tongguan.kernel.identifiers import container
from tongguan.processes.demo.people import Firm

KG: Final = "035"
CENT: Final = Decimal("0.01")
SEA: Final = ("0202-01", "0202-02", "0217-01", "0403-01", "0412-02", "0402-01", "0424-01")
AIR: Final = ("0101-01", "0101-02", "0106-01", "0207-01", "0410-01")
INLAND: Final = ("0115", "0110", "0401", "0117")
DECLARED: Final = ("0117", "0128", "0101", "0202", "0207", "0401", "0402", "0403")
ABROAD: Final = (
    ("DEU", "EUR", "DEU063", "EXAMPLE MASCHINEN GMBH"),
    ("USA", "USD", "USA309", "SAMPLE TRADING INC"),
    ("JPN", "JPY", "JPN399", "EXAMPLE SHOJI"),
    ("KOR", "USD", "KOR018", "SAMPLE INSTRUMENTS CO"),
    ("AUS", "AUD", "AUS048", "EXAMPLE FOODS PTY"),
)


PLAYED: Final = re.compile(r"DEMO[0-9]{12,}-1")
"""References of what the demonstration itself lodges; robots act on these alone."""
VISIT: Final = "VISIT-"
"""References of what is laid out for visitors: they pay it, and let it out."""
VISITED: Final = "0202-01"
VISITOR_BOX: Final = "VISU"
LICENSED: Final = frozenset("7O")
"""Letters of licences that the demonstration's ministry grants."""


@dataclass(frozen=True, slots=True)
class Shipment:
    """A declaration, and the manifest that announces its goods; `licensed` is its line with one."""

    submission: Submission
    manifest: Manifest
    site: str
    licensed: Line | None = None


class Maker:
    """Makes shipments, the same for the same seed."""

    def __init__(self, seed: int, reference: Snapshot, day: date) -> None:
        """Take the tariff of a day: codes that need no paper, and some that need one licence."""
        self._random = random.Random(seed)  # noqa: S311 - invented goods, not secrets
        self._reference = reference
        tariff = reference.tariff
        rows = [tariff.line(code, day) for code in sorted(tariff.lines)]
        self._goods = [row for row in rows if row is not None and _plain(row)]
        self._dutiable = [row for row in self._goods if row.mfn]
        self._licensed = [row for row in rows if row is not None and _needs_licence(row)]
        self._count = self._random.randrange(100_000, 900_000)

    def shipment(
        self,
        trader: Firm,
        broker: Firm,
        mode: Mode,
        now: datetime,
        *,
        licensed: bool = False,
        visit: str = "",
    ) -> Shipment:
        """Return an import or export for a trader, declared by a broker, in a way of clearing.

        Its first line needs a licence where it is to be `licensed`, and names it. With a reference
        for a `visit` it is an import by sea at the gate's terminal, of goods that owe duty.
        """
        pick = self._random
        self._count += 1
        exported = pick.random() < 0.25 and mode is Mode.REGIONAL and not (licensed or visit)
        flow = Flow.EXPORT if exported else Flow.IMPORT
        by_air = pick.random() < 0.3 and mode is not Mode.TRANSIT and not visit
        site = VISITED if visit else pick.choice(AIR if by_air else SEA)
        goods = site[:4]
        country, currency, port, overseas = pick.choice(ABROAD)
        goods_of = self._dutiable if visit else self._goods
        lines = self._lines(flow, country, currency, goods_of, licensed=licensed)
        net = sum((line.mass.net or Decimal(0) for line in lines), Decimal(0))
        gross = (net * Decimal("1.08")).quantize(CENT) + 5
        number = f"DEMO{now:%y%m%d}{self._count}"
        owner = VISITOR_BOX if visit else "DEMU"
        box = () if by_air else (Container(container(f"{owner}{self._count:06d}"[:10]), size="11"),)
        transport = Transport(
            mode="5" if by_air else "2",
            name=f"DM{self._count % 900 + 100}" if by_air else "DEMO STAR",
            voyage=f"{self._count % 90:03d}W",
            inland=Inland(mode="4", name=f"津D{self._count % 10000:04d}")
            if mode is Mode.TRANSIT
            else None,
        )
        party = Party(scc=trader.scc, code=trader.customs_code, name=trader.name_zh)
        submission = Submission(
            reference=visit or f"{number}-1",
            flow=flow,
            mode_asked=None if mode in {Mode.PORT, Mode.REGIONAL} else mode,
            offices=self._offices(mode, goods, trader, afar=bool(visit)),
            parties=Parties(
                trader=party,
                owner=party,
                declarant=Party(scc=broker.scc, code=broker.customs_code, name=broker.name_zh),
                overseas=Party(name=overseas),
            ),
            transport=transport,
            bill=number,
            place=Place(id=site, name=self._site_name(site), port=_port(goods)),
            containers=box,
            countries=Countries(
                trading=country,
                dispatch=country if flow is Flow.IMPORT else None,
                destination=country if flow is Flow.EXPORT else None,
            ),
            ports=Ports(departure=port if flow is Flow.IMPORT else None, call=port),
            terms="1" if flow is Flow.IMPORT else "3",
            packages=Packages(count=len(lines) * 12, kind="22", marks="N/M"),
            mass=Mass(gross=gross, net=net),
            regime=Regime(supervision="0110", levy="101"),
            contract=f"DC-{self._count}",
            entry_date=localdate(now) if flow is Flow.IMPORT else None,
            documents=(
                Document(kind="00000001", number=f"INV-{self._count}.pdf", format="US"),
                Document(kind="00000002", number=f"PL-{self._count}.pdf", format="US"),
            ),
            confirmations=(
                Confirmations(relationship=False, price_effect=False, royalties=False)
                if flow is Flow.IMPORT
                else Confirmations()
            ),
            lines=lines,
        )
        units = tuple(ManifestUnit(one.id, (f"S{self._count}",)) for one in box)
        bill = ManifestBill(number, len(lines) * 12, gross, trader.name_en, site, units)
        manifest = Manifest(
            f"M{number}",
            transport.mode or "",
            transport.name or "",
            transport.voyage or "",
            flow.value,
            goods,
            (bill,),
        )
        return Shipment(submission, manifest, site, lines[0] if licensed else None)

    def _offices(self, mode: Mode, goods: str, trader: Firm, *, afar: bool) -> Offices:
        """Return where it is declared; from `afar` that is another district than the goods'."""
        pick = self._random
        if mode is Mode.PORT:
            return Offices(declaration=goods, goods=goods)
        if mode is Mode.TRANSIT:
            inland = pick.choice([code for code in INLAND if code != goods])
            return Offices(declaration=inland, goods=goods, payment=inland, inspection=inland)
        home = trader.office if trader.office != goods else "0117"
        if mode is Mode.REGIONAL:
            same = goods[:2] if afar else goods
            home = pick.choice([code for code in DECLARED if not code.startswith(same)])
        return Offices(declaration=home, goods=goods)

    def _lines(
        self,
        flow: Flow,
        country: str,
        currency: str,
        goods: Sequence[TariffLine],
        *,
        licensed: bool,
    ) -> tuple[Line, ...]:
        pick = self._random
        rows = pick.sample(goods, pick.randint(1, 5))
        if licensed:
            rows[0] = pick.choice(self._licensed)
        lines = [
            self._line(number, row, flow, country, currency) for number, row in enumerate(rows, 1)
        ]
        if licensed:
            kind = min(LICENSED.intersection(rows[0].controls))
            permit = Permit(kind=kind, number=f"DEMO-L{kind}-{self._count}")
            lines[0] = replace(lines[0], permits=(permit,))
        return tuple(lines)

    def _line(self, number: int, row: TariffLine, flow: Flow, country: str, currency: str) -> Line:
        pick = self._random
        count = Decimal(pick.randint(20, 900))
        kg = (count * Decimal(pick.randint(20, 90)) / 10).quantize(CENT)
        first = Quantity(kg if row.first_unit == KG else count, row.first_unit)
        second = Quantity()
        if row.second_unit:
            second = Quantity(kg if row.second_unit == KG else count, row.second_unit)
        price = Decimal(pick.randint(150, 9_000)) / 100
        imported = flow is Flow.IMPORT
        return Line(
            number=number,
            commodity=row.code,
            name=row.name[:60],
            elements=_elements(row, number),
            quantity=first,
            first=first,
            second=second,
            mass=Mass(net=kg),
            price=price,
            total=(price * (first.value or count)).quantize(CENT),
            currency=currency,
            origin=country if imported else "CHN",
            destination="CHN" if imported else country,
            region="11119" if imported else "13019",
            levy_mode="1",
        )

    def _site_name(self, code: str) -> str:
        site = self._reference.region.site(code)
        return code if site is None else site.name_zh


def _plain(row: TariffLine) -> bool:
    return not row.controls and not (row.consumption or 0) and bool(row.vat)


def _needs_licence(row: TariffLine) -> bool:
    letters = set(row.controls)
    asks = len(letters & LICENSED) == 1 and letters <= LICENSED | {"A", "B"}
    return asks and not (row.consumption or 0) and bool(row.vat)


def _elements(row: TariffLine, number: int) -> str:
    parts = ["4", "3"] + [f"示例{number}" for _ in row.elements[2:]]
    return "|".join(parts[: len(row.elements)])


def _port(goods: str) -> str:
    return {"01": "110101", "02": "120001", "04": "130101"}[goods[:2]]
