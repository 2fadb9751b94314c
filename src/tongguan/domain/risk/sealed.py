"""Tables that the ledger describes: what was decided on a declaration, and criteria."""

from typing import Final

from tongguan.facilities.ledger.sealed import SealedTable

SELECTED: Final = SealedTable(
    "risk_selected",
    ("documents", "goods"),
    ("at", "trader", "peers", "selection", "facts"),
    key="declaration_id",
    documents=frozenset({"selection"}),
)
CRITERION: Final = SealedTable(
    "risk_criterionversion",
    ("approved", "decided_by", "decided_at"),
    ("kind", "criterion", "version", "name", "content", "sha256", "proposed_by", "proposed_at"),
    chain="",
)
CHANGE: Final = SealedTable(
    "risk_change",
    ("kind", "criterion", "version", "active", "ended"),
    ("at", "by", "why"),
    chain="",
)
OUTCOME: Final = SealedTable(
    "risk_outcome",
    rest=("treatment", "finding", "value_effect", "office", "officers", "at", "by"),
    documents=frozenset({"officers"}),
    places={"value_effect": 2},
)
SEED: Final = SealedTable(
    "risk_dailyseed",
    ("seed", "revealed_at"),
    ("sealed", "commitment", "committed_at"),
    key="day",
    chain="",
)
COMMITMENT: Final = SealedTable(
    "risk_setcommitment",
    ("pack", "opened_at", "opened_by"),
    ("day", "stamp", "version", "salt", "commitment", "published_at"),
    chain="",
)
CARRIED: Final = SealedTable(
    "risk_carriedcheck", rest=("bill", "reasons", "at"), documents=frozenset({"reasons"})
)
SEALED: Final = (SELECTED, CRITERION, CHANGE, OUTCOME, SEED, COMMITMENT, CARRIED)
