"""The sandbox bank of a demonstration: it confirms a payment as a real bank would, signed.

Only where the settings say that this is a demonstration or a test.
"""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from tongguan.domain.clearance.commands import require_own
from tongguan.domain.declarations.queries import heads
from tongguan.domain.revenue import commands as revenue
from tongguan.domain.revenue import registers
from tongguan.domain.revenue.values import BankReceipt
from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.facilities.ledger.installation_keys import public_key, signing_key
from tongguan.kernel.identifiers import DeclarationId, new_id

BANK: Final = "Sandbox Bank"
KEY: Final = "sandbox-bank"


def open_bank(*, now: datetime) -> None:
    """Register the sandbox bank with its public key; again changes nothing."""
    _only_for_show()
    registers.register_bank(name=BANK, public_key=public_key(KEY), by=SYSTEM, now=now)


def pay(*, declaration_id: DeclarationId, by: Actor, now: datetime) -> None:
    """Pay what a declaration owes, surcharge included, by a receipt of the sandbox bank.

    Raises:
        ProblemError: ACC-001, CLR-001 unknown or another's, CLR-005, then as `record_payment`.
    """
    _only_for_show()
    require(by, Role.TRADER, Role.BROKER)
    require_own(declaration_id, by=by)
    owed = revenue.amount_due(declaration_id, at=now)
    receipt = BankReceipt(BANK, f"SB{new_id().int % 10**16:016}", owed, now)
    number = heads([declaration_id])[declaration_id].number
    signature = signing_key(KEY).sign(receipt.signed_content(number))
    signed = BankReceipt(receipt.bank, receipt.bank_reference, receipt.paid, now, signature)
    revenue.record_payment(declaration_id=declaration_id, receipt=signed, by=by, now=now)


def _only_for_show() -> None:
    if settings.PROFILE == "production":
        raise ImproperlyConfigured("the sandbox bank is for demonstrations and tests")
