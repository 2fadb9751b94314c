"""Refusals of this room, LED-001 to LED-099. A code is never reused."""

from http import HTTPStatus
from typing import Final

from tongguan.kernel.problems import Problem
from tongguan.kernel.text import _

NOT_OF_A_LEDGER: Final = Problem(
    code="LED-001",
    status=HTTPStatus.BAD_REQUEST,
    title=_("Not of a ledger"),
    detail=_("Line {line} of {file} is no checkpoint, countersignature or other line of a ledger."),
    remedy=_("Give a file that `ledger export`, `checkpoints` or `countersign` wrote."),
)
NOTHING_TO_COUNTERSIGN: Final = Problem(
    code="LED-002",
    status=HTTPStatus.CONFLICT,
    title=_("Nothing to countersign"),
    detail=_("The file has no checkpoint."),
    remedy=_("Give the checkpoints that `ledger checkpoints` writes."),
)
ROLLED_BACK: Final = Problem(
    code="LED-003",
    status=HTTPStatus.CONFLICT,
    title=_("The ledger was rolled back"),
    detail=_("Its last checkpoint is {number}; checkpoint {seen} was countersigned already."),
    remedy=_("Ask the district why checkpoints are gone, and tell the auditors of both."),
)
NOT_FOLLOWING: Final = Problem(
    code="LED-004",
    status=HTTPStatus.CONFLICT,
    title=_("The checkpoints do not follow"),
    detail=_("Checkpoint {number} does not follow checkpoint {seen}, the last one seen."),
    remedy=_(
        "Give all checkpoints since checkpoint {seen}, that one included; if these are all, the"
        " ledger has another history than was countersigned: tell the auditors of both districts."
    ),
)
NOT_SIGNED: Final = Problem(
    code="LED-005",
    status=HTTPStatus.CONFLICT,
    title=_("Not signed with a known key"),
    detail=_("Checkpoint {number} is not signed with the key {key}."),
    remedy=_("Ask the district for its public key (`ledger key`) on another way than this file."),
)
COUNTS_FALL: Final = Problem(
    code="LED-006",
    status=HTTPStatus.CONFLICT,
    title=_("The ledger shrank"),
    detail=_("Checkpoint {number} signs fewer entries or chains than one before it."),
    remedy=_("Tell the auditors of both districts: entries of a ledger are never removed."),
)
NOT_GENUINE: Final = Problem(
    code="LED-007",
    status=HTTPStatus.CONFLICT,
    title=_("Countersignature not genuine"),
    detail=_("What {witness} countersigned as checkpoint {number} does not fit this ledger."),
    remedy=_(
        "Compare the key of the witness with TONGGUAN_LEDGER_WITNESSES; if it is his, the ledger"
        " has another history than he saw: run `ledger verify`, and tell the auditors."
    ),
)
WITNESS_UNREADABLE: Final = Problem(
    code="LED-008",
    status=HTTPStatus.CONFLICT,
    title=_("What the witness saw cannot be read"),
    detail=_("{file} is damaged, or of another program."),
    remedy=_("Take it from a backup. Do not remove it: it alone shows that a ledger was cut."),
)
LEDGER_BROKEN: Final = Problem(
    code="LED-009",
    status=HTTPStatus.CONFLICT,
    title=_("The ledger is broken"),
    detail=_("A check of the ledger finds {count} faults; the first is at {place}."),
    remedy=_(
        "Run `ledger verify` and find out what happened. Rows are adopted only once it is whole."
    ),
)
ALL_ADOPTED: Final = Problem(
    code="LED-010",
    status=HTTPStatus.CONFLICT,
    title=_("Every table was adopted"),
    detail=_("The last adoption was by {by} on {at}. A table is adopted once."),
    remedy=_("A row that no act wrote since then was written past the product: find out by whom."),
)
NO_REASON: Final = Problem(
    code="LED-011",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("No reason"),
    detail=_("An adoption of rows stands in the ledger with its reason, and there is none."),
    remedy=_("Say why no act describes these rows, with --reason."),
)
KEY_NOT_HERE: Final = Problem(
    code="LED-012",
    status=HTTPStatus.SERVICE_UNAVAILABLE,
    title=_("A signing key is not on this node"),
    detail=_(
        "The database says that the key {key} signs for “{purpose}”; {folder} does not hold it."
        " Nothing is signed here, and no other key is made."
    ),
    remedy=_(
        "Copy the folder of keys of a node that has it, or of the backup, to {folder}, or name the"
        " right folder with TONGGUAN_KEYS; where the key is in an HSM, set TONGGUAN_PKCS11_MODULE."
        " `tongguan keys list` shows what is here."
    ),
)
KEY_IN_USE: Final = Problem(
    code="LED-013",
    status=HTTPStatus.CONFLICT,
    title=_("The key cannot come into use"),
    detail=_("The key {key} is in use for “{purpose}”, or was retired: a key is used once."),
    remedy=_("Make another one: tongguan keys make {purpose}."),
)
KEY_WITHOUT_REASON: Final = Problem(
    code="LED-014",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    title=_("A reason is required"),
    detail=_("Whoever replaces a key gives a reason of 1 to {most} printable characters."),
    remedy=_("Say why the key is replaced, with --reason."),
)
OTHER_SECRET: Final = Problem(
    code="LED-015",
    status=HTTPStatus.SERVICE_UNAVAILABLE,
    title=_("This node has another secret"),
    detail=_(
        "The fingerprint in the database is of another secret than this node's TONGGUAN_SECRET_KEY:"
        " sessions and second factors of the other nodes would be nonsense here."
    ),
    remedy=_(
        "Give the other nodes' TONGGUAN_SECRET_KEY. To change it, give the new one, and the former"
        " one as TONGGUAN_SECRET_KEY_BEFORE. If it is lost: tongguan keys replace-secret."
    ),
)
SECRET_NOT_LOST: Final = Problem(
    code="LED-016",
    status=HTTPStatus.CONFLICT,
    title=_("The secret is not lost"),
    detail=_("This node knows the secret in use, or none was in use yet."),
    remedy=_("Nothing is to be replaced: tongguan serve starts with these settings."),
)
KEY_NOT_IN_TOKEN: Final = Problem(
    code="LED-017",
    status=HTTPStatus.SERVICE_UNAVAILABLE,
    title=_("A signing key is not in the token"),
    detail=_(
        "The database says that the key {key} signs for “{purpose}”; neither the token “{token}”"
        " nor {folder} holds it. Nothing is signed here, and no other key is made."
    ),
    remedy=_(
        "Name the token that holds it with TONGGUAN_PKCS11_TOKEN, restore the token from its"
        " backup, or copy the file of the key to {folder}; `tongguan keys list` shows what is here."
    ),
)
