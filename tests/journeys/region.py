"""Who takes part in the journeys: registered in a product that runs, before anybody comes.

Run: python -m tests.journeys.region, with the product's environment. Prints the credentials.
All enterprises and persons are invented.
"""

import json
from datetime import timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.domain.declarations.samples import BROKER, HEBEI_TRADER, TRADER
from tongguan.domain.declarations.values import Party
from tongguan.facilities.accounts.values import SYSTEM, NewPosting, Role
from tongguan.kernel.identifiers import credit_code
from tongguan.kernel.time import utc_now

PASSWORD: Final = "a-long-way-to-xingang"
BANK: Final = "Example Bank"
BANK_KEY: Final = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
GUARANTEE: Final = "G-TIANJIN-1"
TIANJIN: Final = Party(scc="91120116FAKE00048K", code="1207900004", name="天津样例贸易有限公司")
CHOSEN: Final = Party(
    scc=credit_code("91130102FAKE00051"), code="1301900005", name="石家庄示例选中有限公司"
)
CARRIER: Final = Party(
    scc=credit_code("91120116FAKE00062"), code="1207900006", name="示例承运有限公司"
)
HOUSE: Final = Party(scc=credit_code("91120116FAKE00073"), code="", name="示例银行")

PERSONS: Final = {
    "reviewer": ("0401", NewPosting(Role.REVIEWER)),
    **{
        f"{who}-{office}": (office, NewPosting(Role.INSPECTOR, office=office))
        for office in ("0101", "0115", "0128", "0202")
        for who in ("inspector", "colleague")
    },
}
"""Officers who sign in, with their home office: the reviewer of Hebei serves the whole region."""


def main() -> None:
    """Register everybody, put the profiles in force, and print how they sign in."""
    import_module("django").setup()
    print(json.dumps(_register()))


def _register() -> dict[str, Any]:
    load = import_module
    accounts = load("tongguan.facilities.accounts.commands")
    registers = load("tongguan.domain.revenue.registers")
    employer = load("tongguan.domain.parties.queries").employer
    now = utc_now()
    ids = _enterprises(now)
    for username, (home_office, posting) in PERSONS.items():
        accounts.admit_person(
            username=username,
            password=PASSWORD,
            name_zh=username,
            name_en=username,
            home_office=home_office,
            postings=[posting],
            password_is_own=True,
            by=SYSTEM,
            now=now,
        )
    trader = NewPosting(Role.TRADER, employer=employer(ids[TRADER.scc], now.date()))
    broker = NewPosting(Role.BROKER, employer=employer(ids[BROKER.scc], now.date()))
    gate = NewPosting(Role.GATE, site="0202-01")
    for username, posting in (("trader", trader), ("declarant", broker), ("gate", gate)):
        accounts.admit_person(
            username=username,
            password=PASSWORD,
            name_zh=username,
            name_en=username,
            postings=[posting],
            password_is_own=True,
            by=SYSTEM,
            now=now,
        )
    programs = {
        "broker": broker,
        "carrier": NewPosting(Role.CARRIER, employer=employer(ids[CARRIER.scc], now.date())),
        "bank": NewPosting(Role.BANK, employer=employer(ids[HOUSE.scc], now.date())),
        "gate-0101-01": NewPosting(Role.GATE, site="0101-01"),
        "gate-0115-01": NewPosting(Role.GATE, site="0115-01"),
        "gate-0202-01": NewPosting(Role.GATE, site="0202-01"),
    }
    clients = {
        name: accounts.register_client(
            name=name, label=name, postings=[posting], by=SYSTEM, now=now
        )
        for name, posting in programs.items()
    }
    load("tongguan.processes.sandbox").open_bank(now=now)
    public = BANK_KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    registers.register_bank(name=BANK, public_key=public, by=SYSTEM, now=now)
    registers.register_guarantee(
        number=GUARANTEE,
        enterprise_id=ids[TIANJIN.scc],
        limit_cny=Decimal(2_000_000),
        valid_from=now.date() - timedelta(days=1),
        valid_until=now.date() + timedelta(days=365),
        by=SYSTEM,
        now=now,
    )
    _profiles()
    return clients


def _enterprises(now: Any) -> dict[str | None, int]:
    parties = import_module("tongguan.domain.parties.commands")
    values = import_module("tongguan.domain.parties.values")
    kind, credit = values.EnterpriseKind, values.CreditClass
    ids: dict[str | None, int] = {}
    for party, registered_as, home_office, class_ in (
        (TRADER, kind.TRADER, "0117", credit.GENERAL),
        (TIANJIN, kind.TRADER, "0207", credit.GENERAL),
        (HEBEI_TRADER, kind.TRADER, "0401", credit.ADVANCED),
        (CHOSEN, kind.TRADER, "0401", credit.ADVANCED),
        (BROKER, kind.BROKER, "0207", credit.GENERAL),
        (CARRIER, kind.CARRIER, "0202", credit.GENERAL),
        (HOUSE, kind.BANK, "0207", credit.GENERAL),
    ):
        ids[party.scc] = parties.register(
            scc=party.scc,
            customs_code=party.code,
            name_zh=party.name,
            name_en="",
            kind=registered_as,
            home_office=home_office,
            credit=class_,
            since=now.date() - timedelta(days=2_000),
            by=SYSTEM,
            now=now,
        )
    for party in (TRADER, TIANJIN, HEBEI_TRADER, CHOSEN):
        parties.grant_mandate(
            principal_id=ids[party.scc],
            broker_id=ids[BROKER.scc],
            valid_from=now.date() - timedelta(days=1),
            valid_until=now.date() + timedelta(days=365),
            draws_guarantee=True,
            by=SYSTEM,
            now=now,
        )
    return ids


def _profiles() -> None:
    """Select what the journeys need: goods of one trader, papers and goods of another, mode 3.

    The random share draws nothing that is released locally, so that its two ways are sure.
    """
    criteria = import_module("tongguan.domain.risk.criteria")
    approvals = import_module("tongguan.domain.risk.approvals")
    values = import_module("tongguan.facilities.accounts.values")
    wanted = [
        criteria.Profile(
            name=name,
            conditions=(criteria.Condition(field, "is", (value,)),),
            treatment=treatment,
            reason=reason,
        )
        for name, field, value, treatment, reason in (
            ("goods of one trader", "trader", str(CHOSEN.scc), "sample", "goods"),
            ("goods of another", "trader", str(TIANJIN.scc), "sample", "goods"),
            ("papers of another", "trader", str(TIANJIN.scc), "documents", "documents"),
            ("declared locally", "mode", "local_declared", "sample", "goods"),
        )
    ]
    by = [
        values.Actor(name, name, number, roles=frozenset({Role.RISK_ANALYST}))
        for number, name in enumerate(("analyst", "analyst2"), start=1)
    ]
    none = [
        criteria.Share(treatment=treatment, mode="local_released", share=Decimal(0))
        for treatment in ("documents", "sample")
    ]
    for kind, asked in ((criteria.Kind.PROFILE, wanted), (criteria.Kind.SHARE, none)):
        made = approvals.propose(criteria=asked, by=by[0], now=utc_now())
        approvals.approve(kind=kind, ids=[one.id for one in made], by=by[1], now=utc_now())


if __name__ == "__main__":
    main()
