"""Enterprises, their classes, and mandates to begin from."""

from datetime import UTC, date, datetime
from typing import Final

from factory.declarations import LazyAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from tongguan.domain.declarations.values import Party
from tongguan.domain.parties.models import CreditRecord, Enterprise, Mandate
from tongguan.kernel.identifiers import credit_code_sound

NOW: Final = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
"""9 o'clock of Monday, 16 November 2026, in the region."""
DAY: Final = date(2026, 11, 16)


def credit_code(serial: int) -> str:
    """Return an invented credit code that ends in its check character."""
    body = f"91110000FAKE{serial:05}"
    return next(
        body + last for last in "0123456789ABCDEFGHJKLMNPQRTUWXY" if credit_code_sound(body + last)
    )


class EnterpriseFactory(DjangoModelFactory[Enterprise]):
    """A trader of 0128 without a class; `broker=True` for a broker of 0202."""

    class Meta:
        model = Enterprise

    scc = Sequence(credit_code)
    customs_code = Sequence(lambda count: f"11119{count:05}")
    name_zh = Sequence(lambda count: f"示例企业{count:03}")
    name_en = Sequence(lambda count: f"Example {count:03}")
    kind = "TRADER"
    home_office = "0128"
    registered_on = date(2014, 7, 1)

    class Params:
        broker = Trait(kind="BROKER", home_office="0202")


class CreditRecordFactory(DjangoModelFactory[CreditRecord]):
    """A class in force since registration."""

    class Meta:
        model = CreditRecord

    enterprise = SubFactory(EnterpriseFactory)
    credit = "general"
    valid_from = LazyAttribute(lambda record: record.enterprise.registered_on)
    reason = "registration"
    set_by = "admin"


class MandateFactory(DjangoModelFactory[Mandate]):
    """A mandate for everything, through 2026."""

    class Meta:
        model = Mandate

    principal = SubFactory(EnterpriseFactory)
    broker = SubFactory(EnterpriseFactory, broker=True)
    valid_from = date(2026, 1, 1)
    valid_until = date(2027, 1, 1)
    signed_by = "wang.fang"
    signed_at = datetime(2025, 12, 30, 2, 0, tzinfo=UTC)

    class Params:
        revoked = Trait(
            revoked_at=datetime(2026, 11, 15, 17, 0, tzinfo=UTC), revoked_by="wang.fang"
        )


def mandated(trader: Party, broker: Party) -> None:
    """Register a trader and a broker who acts for it."""
    sides = {}
    for role, party, kind in (("principal", trader, "TRADER"), ("broker", broker, "BROKER")):
        made = CreditRecordFactory.create(
            enterprise__scc=party.scc,
            enterprise__customs_code=party.code,
            enterprise__name_zh=party.name,
            enterprise__kind=kind,
        )
        sides[role] = made.enterprise
    MandateFactory.create(**sides, valid_until=date(2027, 1, 1))
