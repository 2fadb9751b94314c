"""Tables that the ledger describes: appointments, attendance, officers and records."""

from typing import Final

from tongguan.facilities.ledger.sealed import SealedTable

APPOINTMENT: Final = SealedTable(
    "inspection_appointment",
    ("at", "place", "told_at", "told_by", "agreed_by", "agreed_at"),
    key="hold",
)
ATTENDANCE: Final = SealedTable(
    "inspection_attendance",
    (
        "witness",
        "absence",
        "noted_at",
        "noted_by",
        "seals_before",
        "seals_listed",
        "early",
        "started_at",
        "started_by",
        "keeper",
        "keeper_at",
        "refused",
        "refused_by",
    ),
    key="hold",
    documents=frozenset({"seals_listed"}),
)
RECORD: Final = SealedTable(
    "inspection_inspectionrecord",
    ("finding",),
    ("office", "content", "sha256", "signed_by", "signed_at"),
    key="hold",
    documents=frozenset({"content"}),
)
DRAW: Final = SealedTable(
    "inspection_officerdraw",
    (
        "officers",
        "why",
        "replaced_at",
        "replaced_by",
        "wanted",
        "wanted_for",
        "wanted_ground",
        "wanted_why",
        "wanted_by",
        "wanted_askers",
    ),
    ("office", "seed_day", "present", "drawn", "drawn_at", "drawn_by"),
    key="hold",
    documents=frozenset({"officers", "present", "drawn", "wanted", "wanted_for", "wanted_askers"}),
)
CHOICE: Final = SealedTable(
    "inspection_officerchoice",
    ("round", "how", "chosen", "in_place_of", "chosen_by"),
    (
        "hold",
        "office",
        "seed_day",
        "key",
        "candidates",
        "ground",
        "why",
        "asked_by",
        "chosen_at",
    ),
    documents=frozenset({"candidates", "chosen", "in_place_of"}),
)
ABSENCE: Final = SealedTable(
    "inspection_declaredabsence", ("ground", "words", "declared_by", "declared_at"), key="hold"
)
SIGNATURE: Final = SealedTable(
    "inspection_signature", ("part", "by", "sha256"), ("hold", "name", "how", "at")
)
SUPPLEMENT: Final = SealedTable(
    "inspection_supplement", rest=("hold", "words", "added_by", "added_at")
)
VERSION: Final = SealedTable(
    "inspection_recordversion",
    ("version", "sha256", "why"),
    ("hold", "content", "written_by", "written_at"),
    documents=frozenset({"content"}),
)
PRESENCE: Final = SealedTable(
    "inspection_presence",
    ("mark",),
    ("officer", "day", "office", "marked_at", "marked_by"),
    chain="",
)
SEALED: Final = (
    APPOINTMENT,
    ABSENCE,
    ATTENDANCE,
    RECORD,
    VERSION,
    SIGNATURE,
    SUPPLEMENT,
    DRAW,
    CHOICE,
    PRESENCE,
)
