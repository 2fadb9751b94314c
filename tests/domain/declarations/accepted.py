"""A declaration as it is written when it is accepted, and the trader whose it is."""

from datetime import datetime

from msgspec import json

from tongguan.domain.declarations.records import NewDeclaration
from tongguan.domain.declarations.values import Mode, Submission
from tongguan.domain.parties import commands as parties
from tongguan.domain.parties.values import CreditClass, EnterpriseKind
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.kernel.identifiers import DeclarationId


def trader(now: datetime) -> int:
    """Return the trader of the samples, registered once."""
    return parties.register(
        scc="91110113FAKE00013H",
        customs_code="1111900001",
        name_zh="北京示例精密机械有限公司",
        name_en="Example Precision",
        kind=EnterpriseKind.TRADER,
        home_office="0128",
        credit=CreditClass.GENERAL,
        by=SYSTEM,
        now=now,
    )


def head(
    id_: DeclarationId, serial: int, sent: Submission, *, trader_id: int, now: datetime
) -> NewDeclaration:
    """Return a declaration that its trader lodged; the serial makes its number."""
    return NewDeclaration(
        id_,
        f"012820261{serial:09}",
        sent,
        json.encode(sent),
        b"",
        trader_id,
        trader_id,
        Mode.REGIONAL,
        now,
        "test",
    )
