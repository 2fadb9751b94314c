"""How far a release order has come. It can be recalled until the goods have left."""

from enum import Enum
from typing import Final

from tongguan.kernel.lifecycle import Lifecycle, Move
from tongguan.kernel.text import Term, _


class OrderState(Term):
    """How far a release order has come."""

    CREATED = "CREATED", _("created")
    SENT = "SENT", _("sent")
    ACKNOWLEDGED = "ACKNOWLEDGED", _("acknowledged")
    EXECUTED = "EXECUTED", _("executed")
    RECALLED = "RECALLED", _("recalled")


class OrderAct(Enum):
    """What moves a release order on."""

    SEND = "SEND"
    ACKNOWLEDGE = "ACKNOWLEDGE"
    EXECUTE = "EXECUTE"
    RECALL = "RECALL"


class OrderBy(Enum):
    """Who moves a release order on."""

    SYSTEM = "SYSTEM"
    SITE = "SITE"
    OFFICER = "OFFICER"


Do = OrderAct

# fmt: off
ORDERS: Final = Lifecycle(
    initial=OrderState.CREATED,
    final=frozenset({OrderState.EXECUTED, OrderState.RECALLED}),
    moves=(
        #    act             from                     to                       by
        Move(Do.SEND,        OrderState.CREATED,      OrderState.SENT,         OrderBy.SYSTEM),
        Move(Do.ACKNOWLEDGE, OrderState.SENT,         OrderState.ACKNOWLEDGED, OrderBy.SITE),
        Move(Do.EXECUTE,     OrderState.SENT,         OrderState.EXECUTED,     OrderBy.SITE),
        Move(Do.EXECUTE,     OrderState.ACKNOWLEDGED, OrderState.EXECUTED,     OrderBy.SITE),
        Move(Do.RECALL,      OrderState.CREATED,      OrderState.RECALLED,     OrderBy.OFFICER),
        Move(Do.RECALL,      OrderState.SENT,         OrderState.RECALLED,     OrderBy.OFFICER),
        Move(Do.RECALL,      OrderState.ACKNOWLEDGED, OrderState.RECALLED,     OrderBy.OFFICER),
    ),
)
# fmt: on
