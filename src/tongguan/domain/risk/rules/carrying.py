"""Which checks of a declaration are still to be done when it is revoked: its goods owe them.

Else whoever was selected could have it revoked, declare the bill again, and be drawn anew.
"""

from collections.abc import Collection
from typing import Final

from msgspec.structs import replace

from tongguan.domain.risk.criteria import Treatment
from tongguan.domain.risk.values import Reason, Selection, Source

_GOODS: Final = frozenset(str(one) for one in Treatment if one.goods)


def undone(selection: Selection, ended: Collection[str], *, number: str) -> tuple[Reason, ...]:
    """Return the reasons whose check did not take place, as another declaration carries them.

    Args:
        selection: of the declaration that was revoked.
        ended: treatments that ended on it. One inspection of the goods answers for all that asked
            for one.
        number: the customs number of that declaration.
    """
    seen = not _GOODS.isdisjoint(ended)
    return tuple(
        replace(reason, source=str(Source.CARRIED), lines=(), figure=number)
        for reason in selection.reasons
        if reason.acted
        if not (seen if reason.treatment in _GOODS else reason.treatment in ended)
    )
