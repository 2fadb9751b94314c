"""Invented data for the page that shows every part in every state."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from . import sites
from .shapes import Button, Coded, DemoPerson, Derivation, HoldCard, Input, Trouble

XINGANG: Final = Coded("0202", "新港海关", "Xingang")
LONG: Final = Coded(
    "0215",
    "天津滨海机场快件监管中心",
    "Tianjin Binhai Airport express supervision centre",
)
NUMBERS: Final = (
    "020220261000012345",
    "011720261000009871",
    "020220261000012201",
    "040220261000000417",
    "010120261000077002",
    "042320261000000003",
)


def everything(*, now: datetime) -> dict[str, Any]:
    """Return what the style page shows, around the moment `now`."""
    return {
        "now": now,
        "my_turn": "TRADER",
        "soon": now + timedelta(hours=5),
        "later": now + timedelta(days=9),
        "late": now - timedelta(hours=30),
        "xingang": XINGANG,
        "long_office": LONG,
        "rows": _rows(now),
        "moments": _moments(now),
        "held_for": [_("payment")],
        "held_for_many": [_("examination"), _("payment"), _("permit")],
        "holds": _holds(now),
        "charge": _charge(),
        "troubles": _troubles(),
        "release": Button(
            _("Recall the release"),
            "#",
            post=True,
            question=_("Recall the release of TGHU 123456 7?"),
            consequence=_("The gate stops the container. A second officer has to agree."),
            danger=True,
        ),
        "close_review": Button(
            _("Close the review"),
            "#",
            post=True,
            question=_("Close the review as declared?"),
            consequence=_("Nothing else holds this declaration: it is released at once."),
        ),
        "lodge": Button(_("Lodge a declaration"), "#"),
        "region": _region(),
        "chart_option": _chart(),
        "demo_people": [
            DemoPerson("王芳", _("declarant, Beijing"), "wang.fang", "demo-1"),
            DemoPerson("李强", _("reviewer, Tianjin Customs"), "li.qiang", "demo-2"),
        ],
    }


def _moments(now: datetime) -> dict[str, datetime]:
    return {
        "ACCEPTED": now - timedelta(hours=5),
        "RELEASED": now - timedelta(hours=2),
        "DEPARTED": now - timedelta(minutes=50),
        "CLOSED": now - timedelta(minutes=4),
    }


def _rows(now: datetime) -> list[dict[str, Any]]:
    goods = (
        (_("Pay 91,235.46 CNY"), "TRADER", True, XINGANG, timedelta(days=9)),
        (
            _("Send invoice for line 2"),
            "TRADER",
            True,
            Coded("0117", "京开发区", "Yizhuang"),
            timedelta(hours=3),
        ),
        (_("Examination 14:30, bay 6"), "CUSTOMS", False, XINGANG, timedelta(hours=6)),
        (
            _("Arrival at the terminal"),
            "CARRIER",
            False,
            Coded("0402", "秦皇岛关", "Qinhuangdao"),
            None,
        ),
        (
            _("Licence for dual-use goods to be confirmed by the ministry"),
            "AGENCY",
            False,
            LONG,
            -timedelta(hours=2),
        ),
        ("", "NOBODY", False, Coded("0423", "雄安", "Xiong'an"), None),
    )
    return [
        {
            "number": number,
            "what": what,
            "turn": turn,
            "mine": mine,
            "office": office,
            "until": now + until if until else None,
            "since": now - timedelta(hours=7 * index + 1),
            "amount": Decimal("91235.46") * (index + 1),
        }
        for index, (number, (what, turn, mine, office, until)) in enumerate(
            zip(NUMBERS, goods, strict=True)
        )
    ]


def _holds(now: datetime) -> list[HoldCard]:
    return [
        HoldCard(
            _("Payment"),
            _("Duty, consumption tax and VAT are due: 91,235.46 CNY."),
            "TRADER",
            now - timedelta(hours=5),
            mine=True,
            where=XINGANG,
            until=now + timedelta(days=9),
            button=Button(_("Pay"), "#"),
        ),
        HoldCard(
            _("Examination"),
            _("Selected at random: one in 50 of your credit class."),
            "CUSTOMS",
            now - timedelta(hours=5),
            where=LONG,
            until=now + timedelta(hours=2),
        ),
        HoldCard(
            _("Arrival"),
            _("Declared before the goods are at the control site."),
            "CARRIER",
            now - timedelta(days=3),
            where=XINGANG,
        ),
        HoldCard(
            _("Permit"),
            _("The licence 2026-AUT-00417 awaits the agency's confirmation."),
            "AGENCY",
            now - timedelta(days=3),
            where=XINGANG,
            until=now - timedelta(hours=2),
        ),
        HoldCard(
            _("Review"),
            _("Value 30 % below the usual of this kind."),
            "CUSTOMS",
            now - timedelta(days=1),
            ended_at=now - timedelta(hours=4),
            ended_by=_("reviewer, Shijiazhuang"),
        ),
    ]


def _charge() -> Derivation:
    return Derivation(
        _("Import duty, line 1"),
        Decimal("31973.40"),
        "CNY",
        _("customs value × rate"),
        "213,156.00 × 15 %",
        _("duty by value, version 3, half up to fen"),
        _("Tariff Law, ch. 3; tariff of 2026, heading 8703.23"),
        (
            Input(
                _("customs value, CIF"),
                "213,156.00 CNY",
                _("line 1, converted at 7.1052"),
            ),
            Input(_("rate, most favoured nation"), "15 %", _("in force since 1 Jan 2026")),
        ),
    )


def _troubles() -> list[Trouble]:
    return [
        Trouble(
            "DEC-031",
            _("Net mass is above gross mass"),
            _("Item 3: net mass 240 kg, gross mass 200 kg."),
            _("Gross mass includes the packing: correct one of the two."),
            "#/lines/2/net_mass_kg",
            _("Line 3, net mass"),
            "/Declaration/GoodsShipment/GovernmentAgencyGoodsItem[3]/Commodity/GoodsMeasure/NetNetWeightMeasure",
        ),
        Trouble(
            "DEC-014",
            _("No such currency"),
            _("Line 1: currency “RMB” is not in the table in force."),
            _("The renminbi is CNY."),
            "#/lines/0/currency",
            _("Line 1, currency"),
            button=Button(_("Write CNY"), "#", post=True),
        ),
        Trouble(
            "DEC-102",
            _("The licence ends soon"),
            _("Licence 2026-AUT-00417 ends in three days."),
            pointer="#/documents/0/number",
            warning=True,
        ),
    ]


def _region() -> dict[str, Any]:
    rows = (
        ("0202", "新港", "Xingang", 117.75, 38.98, 412, 38, 12, 1, 1, "busy"),
        ("0213", "东疆", "Dongjiang", 117.81, 39.02, 220, 9, 3, 0, 1, "well"),
        ("0101", "首都机场", "Capital Airport", 116.59, 40.08, 96, 12, 4, 0, 2, "well"),
        ("0106", "大兴机场", "Daxing Airport", 116.41, 39.51, 61, 3, 1, 0, 1, "well"),
        ("0117", "亦庄", "Yizhuang", 116.51, 39.78, 40, 2, 0, 0, 1, "well"),
        ("0207", "津机场", "Binhai Airport", 117.35, 39.13, 52, 21, 7, 2, 1, "late"),
        ("0210", "武清", "Wuqing", 117.06, 39.38, 18, 1, 0, 0, 3, "well"),
        ("0402", "秦皇岛", "Qinhuangdao", 119.6, 39.92, 130, 6, 2, 0, 2, "well"),
        ("0412", "曹妃甸", "Caofeidian", 118.49, 38.96, 155, 17, 5, 1, 2, "busy"),
        ("0401", "石家庄", "Shijiazhuang", 114.5, 38.05, 33, 4, 1, 0, 2, "well"),
        ("0424", "黄骅港", "Huanghua", 117.87, 38.33, 74, 0, 0, 0, 2, "closed"),
        ("0411", "张家口", "Zhangjiakou", 114.88, 40.8, 9, 1, 0, 0, 3, "well"),
    )
    keys = (
        "code",
        "chinese",
        "english",
        "longitude",
        "latitude",
        "lying",
        "waiting",
        "own",
        "late",
        "rank",
        "state",
    )
    return {
        "sites": [dict(zip(keys, site, strict=True)) for site in rows],
        "moves": [
            {"from": "0202", "to": "0117", "count": 14},
            {"from": "0202", "to": "0101", "count": 6},
            {"from": "0213", "to": "0401", "count": 9},
            {"from": "0412", "to": "0117", "count": 3},
            {"from": "0402", "to": "0106", "count": 2},
        ],
        "outline": sites.outline("jingjinji"),
        "views": [{"words": _("Beijing and Tianjin"), "center": [117.1, 39.45], "zoom": 3.2}],
    }


def _chart() -> dict[str, Any]:
    return {
        "grid": {"left": 40, "right": 12, "top": 12, "bottom": 24},
        "xAxis": {
            "type": "category",
            "data": [f"{hour:02}:00" for hour in range(8, 18)],
        },
        "yAxis": {"type": "value"},
        "series": [
            {"type": "bar", "barMaxWidth": 28, "data": [12, 31, 44, 39, 18, 25, 47, 52, 40, 22]}
        ],
    }
