"""Profiles of the demonstration: a handful, proposed by one analyst, approved by another."""

# ruff: noqa: E501 - a table reads best with a row a line

from datetime import datetime
from decimal import Decimal
from typing import Final

from tongguan.domain.risk import approvals
from tongguan.domain.risk.criteria import Condition, Kind, Profile
from tongguan.processes.demo.people import Cast

# fmt: off
PROFILES: Final = (
    ("医疗器械 / medical devices", (Condition("line.commodity", "prefix", ("9018", "9021")),),
     "sample", "goods", "核对注册证与实物 / compare the certificate with the goods", "0.3"),
    ("高值轻货 / much value in little mass", (Condition("line.value_per_kg", "at_least", ("600",)),),
     "documents", "documents", "核对发票单价 / check unit prices of the invoice", "0.5"),
    ("新注册企业 / newly registered", (Condition("trader_days", "below", ("365",)),),
     "external", "goods", "外形查验 / external inspection", "0.5"),
    ("失信企业 / discredited", (Condition("credit", "is", ("discredited",)),),
     "full", "security", "彻底查验 / unpack all", "0.6"),
    ("转关高税货物 / taxed goods in transit", (Condition("mode", "is", ("transit",)), Condition("payable", "at_least", ("200000",))),
     "scan", "goods", "机检封志 / scan, look at the seals", "0.2"),
    ("德国机械 / machinery from Germany", (Condition("line.origin", "is", ("DEU",)), Condition("line.commodity", "prefix", ("84",))),
     "documents", "documents", "核对归类 / check the classification", "0.2"),
)
# fmt: on


def approve_all(cast: Cast, *, now: datetime) -> None:
    """Propose and approve every profile of the demonstration."""
    wanted = [
        Profile(
            name=name,
            conditions=conditions,
            treatment=treatment,
            reason=reason,
            instruction=words,
            share=Decimal(share),
        )
        for name, conditions, treatment, reason, words, share in PROFILES
    ]
    made = approvals.propose(criteria=wanted, by=cast.actors["analyst"], now=now)
    approvals.approve(
        kind=Kind.PROFILE, ids=[one.id for one in made], by=cast.actors["analyst2"], now=now
    )
