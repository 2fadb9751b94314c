"""Tables that the ledger describes: loaded tariffs and holidays, and corrected rates."""

from typing import Final

from tongguan.facilities.ledger.sealed import SealedTable

DECLINED: Final = ("declined_by", "declined_at", "decline_reason")
"""Who declined what waited: compared one by one, as it is declined after it was written."""
APPROVED: Final = ("backdated", "waiting_since", "approved_by", "approved_at", *DECLINED)
"""How a release came in force: compared one by one, as it is approved after it was written."""
TARIFF: Final = SealedTable(
    "reference_tariffrelease",
    ("valid_from", "whole", *APPROVED),
    ("name", "source", "sha256", "loaded_at", "loaded_by"),
    chain="",
)
RATE: Final = SealedTable(
    "reference_ratecorrection",
    ("currency", "month", "rate", "confirmed_by", "confirmed_at", *DECLINED),
    ("reason", "source", "proposed_by", "proposed_at"),
    chain="",
    places={"rate": 6},
)
ROWS: Final = SealedTable(
    "reference_tariffrow",
    rest=(
        "code",
        "name_zh",
        "general",
        "mfn",
        "export",
        "consumption",
        "vat",
        "first_unit",
        "second_unit",
        "controls",
        "elements",
    ),
    key="release_id",
    chain="",
    places=dict.fromkeys(("general", "mfn", "export", "consumption", "vat"), 6),
    folded=True,
)
CALENDAR: Final = SealedTable(
    "reference_calendarrelease",
    ("sha256", *APPROVED),
    ("name", "loaded_at", "loaded_by"),
    chain="",
)
DAYS: Final = SealedTable(
    "reference_calendarday",
    rest=("day", "worked", "source"),
    key="release_id",
    chain="",
    folded=True,
)
SEALED: Final = (TARIFF, ROWS, RATE, CALENDAR, DAYS)
