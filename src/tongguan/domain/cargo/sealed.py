"""Tables that the ledger describes: which declaration uses a bill."""

from typing import Final

from tongguan.facilities.ledger.sealed import SealedTable

CLAIM: Final = SealedTable("cargo_claim", ("bill", "departure", "freed_at"), key="bill")
SEALED: Final = (CLAIM,)
