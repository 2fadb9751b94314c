"""Who plays in the demonstration: enterprises, brokers, officers. All are invented."""

# ruff: noqa: E501 - a table reads best with a row a line

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from tongguan.domain.declarations.queries import heads
from tongguan.domain.parties import commands as parties
from tongguan.domain.parties.queries import acting, employer, find
from tongguan.domain.parties.values import CreditClass, EnterpriseKind, NewEnterprise
from tongguan.domain.permits import commands as permits
from tongguan.facilities.accounts.commands import admit_person
from tongguan.facilities.accounts.queries import duties_of_person, person_id
from tongguan.facilities.accounts.values import SYSTEM, Actor, NewPosting, Role
from tongguan.kernel.identifiers import DeclarationId, credit_code
from tongguan.kernel.text import _

BROKERS: Final = ("broker", "broker2")
SINCE: Final = date(2014, 7, 1)
MINISTRY: Final = "MOFCOM"
"""The agency whose licences the demonstration's goods need."""


@dataclass(frozen=True, slots=True)
class Firm:
    """An invented enterprise."""

    key: str
    name_zh: str
    name_en: str
    kind: EnterpriseKind
    place: str
    office: str
    credit: CreditClass = CreditClass.GENERAL

    @property
    def scc(self) -> str:
        """Return its unified social credit code: right by its check character, but of nobody."""
        digits = hashlib.sha256(self.key.encode()).hexdigest().upper()
        kept = "".join(sign for sign in digits if sign in "0123456789ABCDEFGHJKLMNPQRTUWXY")
        return credit_code(f"91{self.place}DEM{kept[:6]}")

    @property
    def customs_code(self) -> str:
        """Return its customs registration."""
        number = int(hashlib.sha256(self.key.encode()).hexdigest()[:8], 16) % 100_000
        return f"{self.place[:4]}9{number:05d}"


T, B, C = EnterpriseKind.TRADER, EnterpriseKind.BROKER, EnterpriseKind.CARRIER
A = EnterpriseKind.AGENCY
# fmt: off
FIRMS: Final = (
    Firm("yanshan", "示例燕山精密机械有限公司", "Demo Yanshan Precision Machinery", T, "110113", "0128"),
    Firm("yongding", "示例永定电子有限公司", "Demo Yongding Electronics", T, "110115", "0117", CreditClass.ADVANCED),
    Firm("haihe", "示例海河食品贸易有限公司", "Demo Haihe Food Trading", T, "120116", "0202"),
    Firm("binhai", "示例滨海医疗器械有限公司", "Demo Binhai Medical Devices", T, "120110", "0207", CreditClass.CERTIFIED),
    Firm("taihang", "示例太行汽车零部件有限公司", "Demo Taihang Auto Parts", T, "130102", "0401"),
    Firm("bohai", "示例渤海纺织有限公司", "Demo Bohai Textiles", T, "130302", "0402"),
    Firm("baiyang", "示例白洋新材料有限公司", "Demo Baiyang Materials", T, "130632", "0423"),
    Firm("luanhe", "示例滦河日用品有限公司", "Demo Luanhe Household Goods", T, "130202", "0403", CreditClass.DISCREDITED),
    Firm("tongda", "示例通达报关行有限公司", "Demo Tongda Customs Brokers", B, "120116", "0202"),
    Firm("lianhe", "示例联合报关行有限公司", "Demo Lianhe Customs Brokers", B, "110113", "0101"),
    Firm("yuanyang", "示例远洋运输有限公司", "Demo Ocean Lines", C, "120116", "0202"),
    Firm("ministry", "示例商务许可窗口", "Demo Licence Window", A, "110101", "0101"),
)
# fmt: on
MANDATES: Final = (
    ("haihe", "tongda"),
    ("binhai", "tongda"),
    ("taihang", "tongda"),
    ("bohai", "tongda"),
    ("yanshan", "lianhe"),
    ("yongding", "lianhe"),
    ("baiyang", "lianhe"),
    ("luanhe", "lianhe"),
)


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody who signs in; `firm` is a key of `FIRMS`, `at` an office, a district or a site.

    `words` say who he is, `first` what a visitor may try first in his place.
    """

    username: str
    name_zh: str
    name_en: str
    role: Role
    firm: str = ""
    at: str = ""
    words: str = ""
    first: str = ""


# fmt: off
PLAYERS: Final = (
    Player("trader", "李示例", "Li Demo", Role.TRADER, "yanshan", words=_("Trader in Beijing"), first=_("follow your declarations, open one, see how each amount came about")),
    Player("broker", "王示例", "Wang Demo", Role.BROKER, "tongda", words=_("Customs broker in Tianjin"), first=_("open what waits for payment under To do, and pay it at the sandbox bank")),
    Player("broker2", "赵示例", "Zhao Demo", Role.BROKER, "lianhe", words=_("Customs broker in Beijing"), first=_("lodge a file of yours, or fill in the form; answer what customs asks")),
    Player("reviewer", "陈审单", "Chen Demo", Role.REVIEWER, words=_("Reviewer for all districts"), first=_("open the longest waiting check, ask for a document, or close it")),
    Player("reviewer2", "何审单", "He Demo", Role.REVIEWER, words=_("Second reviewer for all districts"), first=_("decide what follows from a finding of the first reviewer or of an examination")),
    Player("inspector", "刘查验", "Liu Demo", Role.INSPECTOR, at="02", words=_("Inspector in Tianjin"), first=_("appoint an examination in Tianjin, mark yourself on duty, and sign where you are drawn")),
    Player("inspector2", "周查验", "Zhou Demo", Role.INSPECTOR, words=_("Inspector for all sites"), first=_("the same at any site of the region; let released goods out")),
    Player("inspector3", "秦查验", "Qin Demo", Role.INSPECTOR, words=_("Inspector for all sites"), first=_("be on duty, and drawn for an examination")),
    Player("inspector4", "陶查验", "Tao Demo", Role.INSPECTOR, words=_("Inspector for all sites"), first=_("be on duty, and drawn for an examination")),
    Player("chief", "严科长", "Yan Demo", Role.CHIEF, words=_("Chief of examination"), first=_("see who is on duty; confirm that another officer acts than the one drawn")),
    Player("keeper", "金场站", "Jin Demo", Role.SITE_OPERATOR, at="0202-01", words=_("Operator of a terminal at Xingang"), first=_("attend an examination where nobody of the enterprise comes, and sign as witness")),
    Player("gate", "孙卡口", "Sun Demo", Role.GATE, at="0202-01", words=_("Gate of a terminal at Xingang"), first=_("ask for a container that is listed, and let it out")),
    Player("carrier", "吴承运", "Wu Demo", Role.CARRIER, "yuanyang", words=_("Carrier"), first=_("report goods that arrived, and a movement under seal")),
    Player("revenue", "郑税收", "Zheng Demo", Role.REVENUE, words=_("Revenue officer"), first=_("see what is owed, and until when")),
    Player("analyst", "冯风控", "Feng Demo", Role.RISK_ANALYST, words=_("Risk analyst"), first=_("look at the profiles and what they hit; propose one")),
    Player("analyst2", "褚风控", "Chu Demo", Role.RISK_ANALYST, words=_("Second risk analyst"), first=_("approve what the first analyst proposed")),
    Player("coordinator", "卫协调", "Wei Demo", Role.COORDINATOR, words=_("Coordination centre in Wuqing"), first=_("see the whole region on its map; stop one declaration by hand")),
    Player("coordinator2", "沈协调", "Shen Demo", Role.COORDINATOR, words=_("Second coordinator in Wuqing"), first=_("confirm that what the first one stopped may go on")),
    Player("ministry", "许核签", "Xu Demo", Role.AGENCY, "ministry", words=_("Agency that grants licences"), first=_("confirm a licence that a declaration waits for")),
    Player("admin", "韩管理", "Han Demo", Role.ADMINISTRATOR, words=_("Administrator"), first=_("admit people, software and enterprises on the command line: tongguan admit")),
    Player("auditor", "蒋审计", "Jiang Demo", Role.AUDITOR, words=_("Auditor"), first=_("open the ledger of a declaration, and see its chain verified")),
)
# fmt: on


@dataclass(frozen=True)
class Cast:
    """Everybody of the demonstration, by key and account name."""

    firms: dict[str, int]
    actors: dict[str, Actor]

    def declarant(self, declaration_id: DeclarationId) -> Actor:
        """Return the broker who lodged a declaration."""
        lodged_by = heads([declaration_id])[declaration_id].declarant_id
        brokers = (self.actors[name] for name in BROKERS)
        return next(broker for broker in brokers if lodged_by in broker.own_ids)


def admit(*, password: str, now: datetime) -> Cast:
    """Register all enterprises and people; nobody of them may be there yet."""
    fresh = [
        NewEnterprise(
            scc=firm.scc,
            customs_code=firm.customs_code,
            name_zh=firm.name_zh,
            name_en=firm.name_en,
            kind=firm.kind,
            home_office=firm.office,
            credit=firm.credit,
            since=SINCE,
        )
        for firm in FIRMS
    ]
    ids = parties.copy_in(fresh, by=SYSTEM, now=now)
    firms = {firm.key: ids[firm.scc] for firm in FIRMS}
    day = now.date()
    for principal, broker in MANDATES:
        parties.grant_mandate(
            principal_id=firms[principal],
            broker_id=firms[broker],
            valid_from=day - timedelta(days=60),
            valid_until=day + timedelta(days=365),
            by=SYSTEM,
            now=now,
        )
    permits.register_agency(code=MINISTRY, enterprise_id=firms["ministry"], by=SYSTEM, now=now)
    people = {
        player.username: admit_person(
            username=player.username,
            password=password,
            name_zh=player.name_zh,
            name_en=player.name_en,
            postings=[_posting(player, firms, day)],
            password_is_own=True,
            by=SYSTEM,
            now=now,
        )
        for player in PLAYERS
    }
    actors = {name: _actor(id_, now) for name, id_ in people.items()}
    return Cast(firms, actors)


def gather(now: datetime) -> Cast:
    """Return everybody of a demonstration that was set up before."""
    firms = {firm.key: find(firm.scc) or 0 for firm in FIRMS}
    actors = {player.username: _actor(person_id(player.username), now) for player in PLAYERS}
    return Cast(firms, actors)


def is_there() -> bool:
    """Return whether the demonstration was set up before."""
    return find(FIRMS[0].scc) is not None


def firm(key: str) -> Firm:
    """Return an enterprise by its key."""
    return next(one for one in FIRMS if one.key == key)


def _posting(player: Player, firms: dict[str, int], day: date) -> NewPosting:
    if player.firm:
        return NewPosting(player.role, employer=employer(firms[player.firm], day))
    if "-" in player.at:
        return NewPosting(player.role, site=player.at)
    return NewPosting(player.role, district=player.at)


def _actor(person_id: int, now: datetime) -> Actor:
    duties = duties_of_person(person_id, now=now)
    if duties is None:
        raise LookupError(person_id)
    return acting(duties, channel="portal", now=now)
