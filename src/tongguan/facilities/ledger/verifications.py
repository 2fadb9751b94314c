"""Checks of the whole ledger as they are kept: each is an entry on the chain of the house."""

from datetime import datetime
from typing import Final

from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.models import Entry
from tongguan.facilities.ledger.values import HOUSE, Compared, Verification, Verified

VERIFIED: Final = "LEDGER_VERIFIED"
_COUNTS: Final = (
    "entries",
    "checkpoints",
    "witnessed",
    "adoptions",
    "compared",
    "broken",
    "differing",
)


def keep_verification(found: Verified, compared: Compared, *, now: datetime) -> None:
    """Enter what a check found, in the caller's transaction."""
    first = ""
    if found.broken:
        flaw = found.broken[0]
        first = f"{flaw.chain or 'checkpoint'} {flaw.number} {flaw.wrong}"
    elif compared.listed:
        one = compared.listed[0]
        first = " ".join(
            filter(None, [one.number or str(one.chain or ""), one.table, one.key, one.column])
        )
    record(
        VERIFIED,
        None,
        by=SYSTEM,
        at=now,
        entries=found.entries,
        checkpoints=found.checkpoints,
        witnessed=found.witnessed,
        adoptions=len(found.adoptions),
        compared=compared.rows,
        broken=len(found.broken),
        differing=compared.differing,
        first=first or None,
    )


def last_verification() -> Verification | None:
    """Return the last check that was kept; None where there is none, or it cannot be read."""
    last = Entry.objects.filter(chain=HOUSE, kind=VERIFIED).order_by("-number").first()
    if last is None:
        return None
    counts = [str(last.facts.get(name, "")) for name in _COUNTS]
    if not all(count.isdecimal() for count in counts):
        return None
    told = dict(zip(_COUNTS, map(int, counts), strict=True))
    return Verification(at=last.at, first=str(last.facts.get("first", "")), **told)
