"""Learned models as they are kept: read back only as the bytes that were approved."""

from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from typing import Final

from tongguan.domain.risk.criteria import ModelCard
from tongguan.domain.risk.models import ModelFile
from tongguan.domain.risk.values import Model

KEPT: Final = 4
"""So many models stay loaded: the one in force and some that are looked back at."""
_LEARNER: Final = "tongguan.domain.risk.rules.learning.learner"
"""Imported by who scores only: the library of trees takes seconds."""


def scorer_of(card: ModelCard | None) -> Model | None:
    """Return the kept model of a card, loaded; None where there is no card.

    Raises:
        LookupError: its bytes are not kept, or they are not what was approved.
    """
    return None if card is None else scorer_of_version(card.sha256)


@lru_cache(maxsize=KEPT)
def scorer_of_version(version: str) -> Model:
    """Return the kept model that selections name by this version: the hash of its bytes.

    Raises:
        LookupError: bytes with that hash are not kept, or are no model that this release can read.

    Cost: the first time in a process some seconds, for the library of trees; then 0.1 s a model.
    """
    rows = ModelFile.objects.filter(sha256=version).values_list("content", flat=True)
    content = bytes(rows.first() or b"")
    if sha256(content).hexdigest() != version:
        raise LookupError(f"no bytes with the hash {version} are kept")
    try:
        return read_model(content)
    except ValueError as error:
        raise LookupError(f"the model {version}: {error}") from error


def read_model(content: bytes) -> Model:
    """Return a model from its bytes.

    Raises:
        ValueError: they are none that this release can read.
    """
    found: Model = import_module(_LEARNER).load(content)
    return found


def forget() -> None:
    """Forget the models that are loaded."""
    scorer_of_version.cache_clear()
