"""Profiles of the demonstration: proposed by one analyst, approved by another; some wait."""

# ruff: noqa: E501 - a table reads best with a row a line

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from msgspec import structs

from tongguan.domain.risk import approvals
from tongguan.domain.risk.criteria import Condition, Criterion, Kind, Policy, Profile, Share
from tongguan.processes.demo.people import Cast

# fmt: off
PROFILES: Final = (
    ("医疗器械 / medical devices", (Condition("line.commodity", "prefix", ("9018", "9021")),),
     "sample", "goods", "核对注册证与实物 / compare the certificate with the goods", "0.3", "0207"),
    ("高值轻货 / much value in little mass", (Condition("line.value_per_kg", "at_least", ("600",)),),
     "documents", "documents", "核对发票单价 / check unit prices of the invoice", "0.5", "0101"),
    ("新注册企业 / newly registered", (Condition("trader_days", "below", ("365",)),),
     "external", "goods", "外形查验 / external inspection", "0.5", "0117"),
    ("失信企业 / discredited", (Condition("credit", "is", ("discredited",)),),
     "full", "security", "彻底查验 / unpack all", "0.6", "0403"),
    ("转关高税货物 / taxed goods in transit", (Condition("mode", "is", ("transit",)), Condition("payable", "at_least", ("200000",))),
     "scan", "goods", "机检封志 / scan, look at the seals", "0.2", "0202"),
    ("德国机械 / machinery from Germany", (Condition("line.origin", "is", ("DEU",)), Condition("line.commodity", "prefix", ("84",))),
     "documents", "documents", "核对归类 / check the classification", "0.2", "0101"),
    ("关注的境外卖方 / watched sellers", (Condition("overseas", "watched", ("SHOJI EXAMPLE TOKYO", "EXAMPLE FOODS PROPRIETARY", "GOLDEN HARBOUR TRADING")),),
     "sample", "security", "核对唛头与数量 / check marks and quantity", "0.8", "0202"),
    ("塑料与橡胶制品 / plastics and rubber", (Condition("line.commodity", "codes", ("39", "40")),),
     "external", "goods", "核对外包装 / look at the packing", "0.15", "0402"),
)
# fmt: on
LOCAL: Final = Profile(
    name="河北关区首次申报商品 / goods first declared in Hebei",
    conditions=(Condition("line.first_goods", "is", ("yes",)),),
    treatment="documents",
    reason="goods",
    instruction="核对归类与用途 / check classification and use",
    share=Decimal("0.1"),
    district="04",
    owner="0401",
)
LABORATORY: Final = Profile(
    name="食品送检 / food to the laboratory",
    conditions=(
        Condition("line.commodity", "codes", ("16", "22")),
        Condition("trader_90", "below", ("20",)),
    ),
    treatment="laboratory",
    reason="goods",
    instruction="取样送检 / take a sample",
    share=Decimal("0.25"),
    owner="0202",
)


def approve_all(cast: Cast, *, now: datetime) -> None:
    """Propose and approve every profile of the demonstration, and how the model is used."""
    wanted: list[Criterion] = [
        Profile(
            name=name,
            conditions=conditions,
            treatment=treatment,
            reason=reason,
            instruction=words,
            share=Decimal(share),
            owner=owner,
            valid_until=now.date() + timedelta(days=180),
        )
        for name, conditions, treatment, reason, words, share, owner in PROFILES
    ]
    policy = Policy(
        name="按模型选择，探索百分之一 / by the model, explore one in a hundred",
        review_from=Decimal("0.35"),
        inspect_from=Decimal("0.5"),
        exploration=Decimal("0.01"),
        budget=60,
    )
    made = approvals.propose(criteria=[*wanted, LOCAL, policy], by=cast.actors["analyst"], now=now)
    for kind in (Kind.PROFILE, Kind.POLICY):
        ids = [one.id for one in made if one.kind is kind]
        approvals.approve(kind=kind, ids=ids, by=cast.actors["analyst2"], now=now)


def leave_waiting(cast: Cast, *, now: datetime) -> None:
    """Leave something for each analyst to decide on; suspend one profile and end another."""
    first, second = cast.actors["analyst"], cast.actors["analyst2"]
    wanted = {name: place for place, (name, *_rest) in enumerate(PROFILES, 1)}
    dear = _again(PROFILES[1], wanted[PROFILES[1][0]], now)
    reworded = structs.replace(
        dear,
        conditions=(
            Condition("line.value_per_kg", "at_least", ("400",)),
            Condition("line.price_ratio", "below", ("0.8",)),
        ),
        share=Decimal("0.8"),
    )
    approvals.propose(criteria=[reworded], by=first, now=now - timedelta(hours=5))
    approvals.propose(criteria=[LABORATORY], by=second, now=now - timedelta(hours=3))
    share = Share(treatment="sample", share=Decimal("0.05"), credit="general", office="0207")
    approvals.propose(criteria=[share], by=second, now=now - timedelta(hours=2))
    why = "查发过少，待核 / finds too little, to be looked into"
    id_ = wanted[PROFILES[7][0]]
    approvals.suspend(kind=Kind.PROFILE, id=id_, why=why, by=first, now=now - timedelta(hours=1))
    why = "注册期限另行监控 / watched otherwise now"
    id_ = wanted[PROFILES[2][0]]
    approvals.end(kind=Kind.PROFILE, id=id_, why=why, by=second, now=now - timedelta(hours=1))


def _again(
    row: tuple[str, tuple[Condition, ...], str, str, str, str, str], id_: int, now: datetime
) -> Profile:
    name, conditions, treatment, reason, words, share, owner = row
    return Profile(
        id=id_,
        name=name,
        conditions=conditions,
        treatment=treatment,
        reason=reason,
        instruction=words,
        share=Decimal(share),
        owner=owner,
        valid_until=now.date() + timedelta(days=180),
    )
