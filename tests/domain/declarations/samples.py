"""Sound declarations to begin from: five lines by sea through Tianjin, and an export by air.

All parties, numbers and goods are invented. The codes stand in the demonstration tariff and in
the code tables of the region.
"""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from msgspec.structs import replace

from tongguan.domain.declarations.values import (
    Charge,
    Charges,
    Confirmations,
    Container,
    Countries,
    Document,
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

DAY: Final = date(2026, 11, 20)
"""The day on which `sound()` is sound: it names no day later than this one."""

TRADER: Final = Party(scc="91110113FAKE00013H", code="1111900001", name="北京示例精密机械有限公司")
BROKER: Final = Party(scc="91120116FAKE00021U", code="1207900002", name="天津虚构报关服务有限公司")
CONSIGNEE: Final = f"{TRADER.name} USCI+{TRADER.scc}"
"""The trader as a manifest names it."""
OVERSEAS: Final = Party(name="EXAMPLE WAELZLAGER GMBH")


def sound(**changes: Any) -> Submission:
    """Return a declaration that every check of form finds sound, with `changes` to its head.

    CIF 66,609.00 EUR over five lines from Germany; net mass 2,800.5 kg; one container; declared
    at 0128, goods at 0202.
    """
    base = Submission(
        reference="I01282026112000001",
        flow=Flow.IMPORT,
        offices=Offices(declaration="0128", goods="0202", payment="0128", inspection="0202"),
        parties=Parties(trader=TRADER, owner=TRADER, declarant=BROKER, overseas=OVERSEAS),
        transport=Transport(mode="2", name="EXAMPLE STAR", voyage="020W"),
        bill="XMPL20261100101",
        place=Place(name="示例码头A区", port="120001"),
        containers=(Container(id="XMPU0000013", size="11", shared=False, lines=(1, 2, 3, 4, 5)),),
        countries=Countries(trading="DEU", dispatch="DEU"),
        ports=Ports(departure="DEU063", call="DEU063"),
        terms="1",
        packages=Packages(count=42, kind="22", marks="N/M"),
        mass=Mass(gross=Decimal(3050), net=Decimal("2800.5")),
        regime=Regime(supervision="0110", levy="101"),
        contract="EX-2026-1101",
        entry_date=date(2026, 11, 19),
        documents=(
            Document(kind="00000001", number="INVOICE.pdf", format="US"),
            Document(kind="00000002", number="PACKING.pdf", format="US"),
        ),
        confirmations=Confirmations(relationship=False, price_effect=False, royalties=False),
        lines=LINES,
    )
    return replace(base, **changes) if changes else base


def sound_export(**changes: Any) -> Submission:
    """Return a sound export by air: one line FOB, declared at 0421, leaving from 0101."""
    base = Submission(
        reference="E04212026112000001",
        flow=Flow.EXPORT,
        offices=Offices(declaration="0421", goods="0101"),
        parties=Parties(
            trader=HEBEI_TRADER,
            owner=HEBEI_TRADER,
            declarant=BROKER,
            overseas=Party(name="SAMPLE INSTRUMENTS CO LTD"),
        ),
        transport=Transport(mode="5", name="ZZ0001"),
        bill="00012345675",
        place=Place(port="110101"),
        countries=Countries(trading="KOR", destination="KOR"),
        ports=Ports(call="KOR018"),
        terms="3",
        packages=Packages(count=8, kind="22", marks="N/M"),
        mass=Mass(gross=Decimal(185), net=Decimal(160)),
        regime=Regime(supervision="0110", levy="101"),
        contract="YL-2026-088",
        lines=(
            Line(
                number=1,
                commodity="9026209090",
                name="压力仪表",
                elements="1|0|测量压力|气体压力|样例牌|YL-200",
                quantity=Quantity(Decimal(200), "007"),
                first=Quantity(Decimal(200), "007"),
                second=Quantity(Decimal(160), "035"),
                price=Decimal("86.5"),
                total=Decimal("17300.00"),
                currency="USD",
                origin="CHN",
                destination="KOR",
                region="13019",
                levy_mode="1",
            ),
        ),
    )
    return replace(base, **changes) if changes else base


def with_line(submission: Submission, index: int = 0, **changes: Any) -> Submission:
    """Return `submission` with changes to one line, counted from 0."""
    lines = list(submission.lines)
    lines[index] = replace(lines[index], **changes)
    return replace(submission, lines=tuple(lines))


def of_lines(count: int, **changes: Any) -> Submission:
    """Return a sound import with this many lines, all of the first kind, told apart by model."""
    first = LINES[0]
    one = Decimal("0.55")
    lines = tuple(
        replace(first, number=number, elements=f"4|3|深沟球|EXAMPLE牌|EX-{number}")
        for number in range(1, count + 1)
    )
    net = one * first.quantity.value * count if first.quantity.value else one
    return sound(
        lines=lines,
        mass=Mass(gross=net + 250, net=net),
        containers=(Container(id="XMPU0000013", size="11", shared=False),),
        **changes,
    )


def fob(freight: str = "2500", insurance: str = "200") -> Submission:
    """Return the sound import sold FOB, with freight and insurance in all, in EUR."""
    return sound(
        terms="3",
        charges=Charges(
            freight=Charge(mark="3", rate=Decimal(freight), currency="EUR"),
            insurance=Charge(mark="3", rate=Decimal(insurance), currency="EUR"),
        ),
    )


def _line(
    number: int,
    goods: tuple[str, str, str],
    quantity: tuple[str, str],
    second: tuple[str, str] | None,
    price: tuple[str, str],
) -> Line:
    commodity, name, elements = goods
    value, unit = Decimal(quantity[0]), quantity[1]
    return Line(
        number=number,
        commodity=commodity,
        name=name,
        elements=elements,
        quantity=Quantity(value, unit),
        first=Quantity(value, unit),
        second=Quantity(Decimal(second[0]), second[1]) if second else Quantity(),
        price=Decimal(price[0]),
        total=Decimal(price[1]),
        currency="EUR",
        origin="DEU",
        destination="CHN",
        region="11119",
        levy_mode="1",
    )


HEBEI_TRADER: Final = Party(
    scc="91130123FAKE0003XU", code="1301900003", name="石家庄样例仪表有限公司"
)

# fmt: off
LINES: Final = (
    _line(1, ("8482102000", "深沟球轴承", "4|3|深沟球|EXAMPLE牌|EX-6204"),
          ("2400", "006"), ("1320", "035"), ("6.85", "16440.00")),
    _line(2, ("8481804090", "气动球阀", "4|3|管道用|EXAMPLE牌|EX-BV25"),
          ("120", "006"), ("1080", "035"), ("215.5", "25860.00")),
    _line(3, ("4016931000", "硫化橡胶密封圈", "4|3|泵密封用|非海绵橡胶|机器用|EXAMPLE牌|EX-OR40"),
          ("85.5", "035"), None, ("42", "3591.00")),
    _line(4, ("8501310000", "直流电动机", "4|3|直流|250瓦|EXAMPLE牌|EX-DC250"),
          ("60", "001"), ("252", "035"), ("148.2", "8892.00")),
    _line(5, ("9026201090", "压力变送器", "4|3|压力变送|液体压力|EXAMPLE牌|EX-PT10"),
          ("90", "007"), ("63", "035"), ("131.4", "11826.00")),
)
# fmt: on
