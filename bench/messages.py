"""How fast documents are read: microseconds each, and how many bare parses that costs.

Run: python -m bench.messages [--seconds 1]. Lines of goods: 1, 5, 50 and 999.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from time import perf_counter
from typing import Final

from lxml import etree
from msgspec import json
from msgspec.structs import replace

from tongguan.domain.declarations.values import (
    Container,
    Countries,
    Flow,
    Line,
    Mass,
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
from tongguan.interfaces.messages import canonical
from tongguan.interfaces.messages.reading import read
from tongguan.interfaces.messages.singlewindow.writer import write
from tongguan.interfaces.messages.translation.tables import Translation

DAY: Final = date(2026, 11, 20)
TABLES: Final = Translation.shipped()
SIZES: Final = (1, 5, 50, 999)
TRADER: Final = Party(scc="91110113FAKE00013H", code="1111900001", name="北京示例精密机械有限公司")
ITEM: Final = """
<GovernmentAgencyGoodsItem><SequenceNumeric>{number}</SequenceNumeric><Commodity>
<Description>Ball bearings</Description>
<Classification><ID>84821020</ID><IdentificationTypeCode>TSP</IdentificationTypeCode></Classification>
<Classification><ID>00</ID><IdentificationTypeCode>TRC</IdentificationTypeCode></Classification>
<DutyTaxFee><DutyRegimeCode>100</DutyRegimeCode><TypeCode>A00</TypeCode>
<Payment><MethodCode>E</MethodCode></Payment></DutyTaxFee>
<GoodsMeasure><GrossMassMeasure>1500</GrossMassMeasure>
<NetNetWeightMeasure>1320</NetNetWeightMeasure>
<TariffQuantity unitCode="SET">2400</TariffQuantity></GoodsMeasure>
<InvoiceLine><ItemChargeAmount currencyID="EUR">16440.00</ItemChargeAmount></InvoiceLine>
</Commodity>
<CustomsValuation><MethodCode>1</MethodCode></CustomsValuation>
<GovernmentProcedure><CurrentCode>0110</CurrentCode><PreviousCode>101</PreviousCode></GovernmentProcedure>
<Origin><CountryCode>DE</CountryCode><TypeCode>1</TypeCode></Origin>
<Packaging><SequenceNumeric>1</SequenceNumeric><MarksNumbersID>N/M</MarksNumbersID>
<QuantityQuantity>40</QuantityQuantity><TypeCode>CT</TypeCode></Packaging>
</GovernmentAgencyGoodsItem>"""
DECLARATION: Final = """<?xml version="1.0" encoding="UTF-8"?>
<md:MetaData xmlns:md="urn:wco:datamodel:WCO:DocumentMetaData-DMS:2"
 xmlns="urn:wco:datamodel:WCO:DEC-DMS:2"><md:WCOTypeName>DEC</md:WCOTypeName><Declaration>
<FunctionCode>9</FunctionCode><FunctionalReferenceID>BENCH-1</FunctionalReferenceID>
<TypeCode>IMA</TypeCode><GoodsItemQuantity>{count}</GoodsItemQuantity>
<DeclarationOfficeID>0128</DeclarationOfficeID>
<TotalGrossMassMeasure>3050</TotalGrossMassMeasure><TotalPackageQuantity>42</TotalPackageQuantity>
<BorderTransportMeans><ModeCode>1</ModeCode></BorderTransportMeans>
<Declarant><ID>91120116FAKE00021U</ID></Declarant><Exporter><Name>EXAMPLE GMBH</Name></Exporter>
<GoodsShipment><Consignment><ArrivalTransportMeans><ID>EXAMPLE STAR</ID></ArrivalTransportMeans>
<GoodsLocation><Name>EXAMPLE QUAY</Name></GoodsLocation></Consignment>
<Destination><CountryCode>CN</CountryCode></Destination><ExportCountry><ID>DE</ID></ExportCountry>
{items}<Importer><ID>91110113FAKE00013H</ID></Importer>
<PreviousDocument><CategoryCode>X</CategoryCode><ID>XMPL1</ID><TypeCode>705</TypeCode>
</PreviousDocument><TradeTerms><ConditionCode>CIF</ConditionCode></TradeTerms></GoodsShipment>
<PresentationOffice><ID>0202</ID></PresentationOffice></Declaration></md:MetaData>"""


@dataclass(frozen=True, slots=True)
class Timing:
    """One row: what, how many lines, how many bytes, microseconds, bare parses."""

    name: str
    lines: int
    size: int
    microseconds: float
    ratio: float


def declaration(count: int) -> Submission:
    """Return a sound declaration with so many lines."""
    line = Line(
        number=1,
        commodity="8482102000",
        name="深沟球轴承",
        elements="4|3|深沟球|EXAMPLE牌|EX-6204",
        quantity=Quantity(Decimal(2400), "006"),
        first=Quantity(Decimal(2400), "006"),
        second=Quantity(Decimal(1320), "035"),
        mass=Mass(net=Decimal(1320)),
        price=Decimal("6.85"),
        total=Decimal("16440.00"),
        currency="EUR",
        origin="DEU",
        destination="CHN",
        region="11119",
        levy_mode="1",
    )
    return Submission(
        reference="BENCH-1",
        flow=Flow.IMPORT,
        offices=Offices("0128", "0202", None, "0202"),
        parties=Parties(TRADER, TRADER, TRADER, Party(name="EXAMPLE GMBH")),
        transport=Transport(mode="2", name="EXAMPLE STAR", voyage="020W"),
        bill="XMPL20261100101",
        place=Place(name="示例码头A区", port="120001"),
        containers=(Container(id="XMPU0000013", size="11", lines=(1,)),),
        countries=Countries(trading="DEU", dispatch="DEU"),
        ports=Ports("DEU063", "DEU063"),
        terms="1",
        packages=Packages(42, "22", "N/M"),
        mass=Mass(Decimal(3050), Decimal("2800.5")),
        regime=Regime("0110", "101"),
        contract="EX-2026-1101",
        lines=tuple(replace(line, number=number) for number in range(1, count + 1)),
    )


def wco(count: int) -> bytes:
    """Return a WCO declaration with so many items."""
    items = "".join(ITEM.format(number=number) for number in range(1, count + 1))
    return DECLARATION.format(count=count, items=items).encode()


def microseconds(work: Callable[[], object], seconds: float) -> float:
    """Return how long a piece of work takes: the best of five rounds."""
    work()
    best = float("inf")
    for _ in range(5):
        count, start = 0, perf_counter()
        while (spent := perf_counter() - start) < seconds / 5:
            work()
            count += 1
        best = min(best, spent / max(count, 1))
    return best * 1e6


def timing(name: str, lines: int, data: bytes, bare: Callable[[], object], wait: float) -> Timing:
    """Measure reading a document beside a bare parse of the same bytes."""
    reading = read(data, tables=TABLES, day=DAY)
    if not reading.sound:
        raise AssertionError(f"{name}: {[f.problem.code for r in reading.reads for f in r.faults]}")
    found = microseconds(lambda: read(data, tables=TABLES, day=DAY), wait)
    return Timing(name, lines, len(data), found, found / microseconds(bare, wait))


def timings(seconds: float) -> list[Timing]:
    """Measure all formats in all sizes."""
    rows = []
    anything = json.Decoder()
    for count in SIZES:
        submission = declaration(count)
        ours = canonical.write(submission)
        window = write(submission, tables=TABLES, day=DAY).data
        world = wco(count)
        rows.append(timing("json", count, ours, partial(anything.decode, ours), seconds))
        for name, data in (("decmessage", window), ("wco-dec", world)):
            rows.append(timing(name, count, data, partial(etree.fromstring, data), seconds))
    return rows


def main() -> None:
    """Print one line a format and size."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=float, default=1.0, help="time for each measurement")
    seconds = arguments.parse_args().seconds
    print(f"{'format':12}{'lines':>6}{'bytes':>9}{'µs':>11}{'a second':>10}{'bare parses':>13}")
    for row in timings(seconds):
        rate = 1e6 / row.microseconds
        numbers = f"{row.lines:6}{row.size:9}{row.microseconds:11.0f}{rate:10.0f}"
        print(f"{row.name:12}{numbers}{row.ratio:13.1f}")


if __name__ == "__main__":
    main()
