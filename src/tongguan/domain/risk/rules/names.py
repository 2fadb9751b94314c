"""Whether a name resembles one that is watched: by its letter triples, whatever the order."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

RESEMBLES: Final = 0.6
_LEGAL_FORMS: Final = frozenset({"CO", "LTD", "GMBH", "INC", "LLC", "SA", "BV", "CORP", "COMPANY"})


@lru_cache(maxsize=65_536)
def triples(name: str) -> frozenset[str]:
    """Return the letter triples of a name without case, marks and legal form."""
    plain = unicodedata.normalize("NFKC", name).upper()
    kept = "".join(sign if sign.isalnum() else " " for sign in plain).split()
    words = sorted(word for word in kept if word not in _LEGAL_FORMS)
    text = f" {' '.join(words)} "
    return frozenset(text[place : place + 3] for place in range(len(text) - 2))


def resembles(name: str, watched: Iterable[str]) -> bool:
    """Return whether `name` shares enough triples with one of the names (Jaccard, 0.6)."""
    own = triples(name)
    return any(
        own and len(own & other) >= RESEMBLES * len(own | other) for other in map(triples, watched)
    )
