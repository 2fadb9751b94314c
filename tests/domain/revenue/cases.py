"""Declarations that owe something, as the commands of this room meet them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.domain.declarations import accepted as written
from tests.domain.declarations.samples import sound
from tests.domain.law import law
from tongguan.domain.clearance import commands as clearance
from tongguan.domain.clearance.lifecycle import HoldKind, Why
from tongguan.domain.clearance.values import NewHold
from tongguan.domain.declarations import commands as declarations
from tongguan.domain.declarations.values import Submission
from tongguan.domain.revenue import commands, registers
from tongguan.domain.revenue.rules.assess import assess
from tongguan.domain.revenue.rules.coming import UNKNOWN, Coming
from tongguan.domain.revenue.rules.receipts import signed
from tongguan.domain.revenue.values import BankReceipt
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.tables import write
from tongguan.kernel.identifiers import DeclarationId, HoldId, new_id
from tongguan.kernel.money import Money

NOW: Final = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
"""10 o'clock of Friday, 20 November 2026, in the region: fifteen days later is a Saturday."""
DUE: Final = date(2026, 12, 7)
BANK: Final = "Example Bank"
KEY: Final = Ed25519PrivateKey.from_private_bytes(b"tests own key, known to everyone")
TOTAL: Final = Decimal("104281.53")
LAW: Final = law()
_serial: Final = count(1)


@dataclass(frozen=True, slots=True)
class Owed:
    """A declaration that waits for payment."""

    id: DeclarationId
    number: str
    hold: HoldId
    total: Decimal
    trader_id: int


def trader() -> int:
    """Return the trader of the samples, registered once."""
    return written.trader(NOW)


def owing(
    trader_id: int, submission: Submission | None = None, *, coming: Coming = UNKNOWN
) -> Owed:
    """Write an accepted declaration that waits for payment and nothing else."""
    serial = next(_serial)
    sent = submission or sound(reference=f"R{serial}", bill=f"B{serial}")
    id_ = DeclarationId(new_id())
    owed = assess(sent, reference=LAW, day=NOW.date(), coming=coming)
    hold = NewHold(id_, HoldKind.PAYMENT, "0128", Why.DUTY_DUE, {"amount": str(owed.payable)}, NOW)
    head = written.head(id_, serial, sent, trader_id=trader_id, now=NOW)
    states, holds, _ = clearance.accepted_rows([id_], [hold], now=NOW)
    charges = commands.assessment_rows([(id_, owed, sent, [hold])], now=NOW)
    write([*declarations.accepted_rows([head]), states, holds, *charges])
    return Owed(id_, head.number, hold.id, owed.payable, trader_id)


def register_bank(name: str = BANK, key: Ed25519PrivateKey = KEY) -> None:
    """Register a bank with a key."""
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    registers.register_bank(name=name, public_key=public, by=SYSTEM, now=NOW)


def receipt(
    owed: Owed,
    *,
    amount: Decimal | None = None,
    reference: str = "TX-1",
    paid_at: datetime = NOW,
    key: Ed25519PrivateKey = KEY,
) -> BankReceipt:
    """Return a receipt of the bank for what is owed, signed for this declaration."""
    paid = Money(owed.total if amount is None else amount)
    return signed(BankReceipt(BANK, reference, paid, paid_at), owed.number, key)


def pay(owed: Owed, received: BankReceipt | None = None, *, now: datetime = NOW) -> None:
    """Record a receipt."""
    commands.record_payment(
        declaration_id=owed.id, receipt=received or receipt(owed), by=SYSTEM, now=now
    )


def guarantee(trader_id: int, limit: Decimal = Decimal(1_000_000), number: str = "G-1") -> str:
    """Register a guarantee that runs through the year; return its number."""
    registers.register_guarantee(
        number=number,
        enterprise_id=trader_id,
        limit_cny=limit,
        valid_from=date(2026, 1, 1),
        valid_until=date(2027, 1, 1),
        by=SYSTEM,
        now=NOW,
    )
    return number


def secure(owed: Owed, number: str = "G-1", *, now: datetime = NOW) -> None:
    """Secure what is owed with a guarantee."""
    commands.secure(declaration_id=owed.id, guarantee_number=number, by=SYSTEM, now=now)
