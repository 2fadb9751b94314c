"""What is declared in the demonstration: invented goods, sound by every check."""

import random
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

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


@dataclass(frozen=True, slots=True)
class Shipment:
    """A declaration, and the manifest that announces its goods."""

    submission: Submission
    manifest: Manifest
    site: str


class Maker:
    """Makes shipments, the same for the same seed."""

    def __init__(self, seed: int, reference: Snapshot, day: date) -> None:
        """Take the tariff of a day: only codes that need no licence and no special paper."""
        self._random = random.Random(seed)  # noqa: S311 - invented goods, not secrets
        self._reference = reference
        tariff = reference.tariff
        rows = [tariff.line(code, day) for code in sorted(tariff.lines)]
        self._goods = [row for row in rows if row is not None and _plain(row)]
        self._count = self._random.randrange(100_000, 900_000)

    def shipment(self, trader: Firm, broker: Firm, mode: Mode, now: datetime) -> Shipment:
        """Return an import or export for a trader, declared by a broker, in a way of clearing."""
        pick = self._random
        self._count += 1
        flow = Flow.EXPORT if pick.random() < 0.25 and mode is Mode.REGIONAL else Flow.IMPORT
        by_air = pick.random() < 0.3 and mode is not Mode.TRANSIT
        site = pick.choice(AIR if by_air else SEA)
        goods = site[:4]
        country, currency, port, overseas = pick.choice(ABROAD)
        lines = self._lines(flow, country, currency)
        net = sum((line.mass.net or Decimal(0) for line in lines), Decimal(0))
        gross = (net * Decimal("1.08")).quantize(CENT) + 5
        number = f"DEMO{now:%y%m%d}{self._count}"
        box = () if by_air else (Container(container(f"DEMU{self._count:06d}"[:10]), size="11"),)
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
            reference=f"{number}-1",
            flow=flow,
            mode_asked=None if mode in {Mode.PORT, Mode.REGIONAL} else mode,
            offices=self._offices(mode, goods, trader),
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
            entry_date=now.date() if flow is Flow.IMPORT else None,
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
        return Shipment(submission, manifest, site)

    def _offices(self, mode: Mode, goods: str, trader: Firm) -> Offices:
        pick = self._random
        if mode is Mode.PORT:
            return Offices(declaration=goods, goods=goods)
        if mode is Mode.TRANSIT:
            inland = pick.choice([code for code in INLAND if code != goods])
            return Offices(declaration=inland, goods=goods, payment=inland, inspection=inland)
        home = trader.office if trader.office != goods else "0117"
        if mode is Mode.REGIONAL:
            home = pick.choice([code for code in DECLARED if code != goods])
        return Offices(declaration=home, goods=goods)

    def _lines(self, flow: Flow, country: str, currency: str) -> tuple[Line, ...]:
        pick = self._random
        rows = pick.sample(self._goods, pick.randint(1, 5))
        return tuple(
            self._line(number, row, flow, country, currency) for number, row in enumerate(rows, 1)
        )

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


def _elements(row: TariffLine, number: int) -> str:
    parts = ["4", "3"] + [f"示例{number}" for _ in row.elements[2:]]
    return "|".join(parts[: len(row.elements)])


def _port(goods: str) -> str:
    return {"01": "110101", "02": "120001", "04": "130101"}[goods[:2]]
