"""Drawing on what was granted, and giving it back: the one way for licences and certificates."""

from decimal import Decimal
from typing import TypeVar

from django.db.models import F, Model, QuerySet

M = TypeVar("M", bound=Model)


def draw(found: QuerySet[M], quantity: Decimal) -> bool:
    """Draw a quantity on the one row found, if so much is left of it; return whether it was.

    One statement, under the row's lock until the transaction ends: parallel debits never draw more
    than was granted.

    What is not above zero is never drawn: a quantity below zero would add to what is left.
    """
    if not (quantity.is_finite() and quantity > 0):
        return False
    enough = found.filter(drawn__lte=F("granted") - quantity)
    return bool(enough.update(drawn=F("drawn") + quantity))


def put_back(found: QuerySet[M], quantity: Decimal) -> None:
    """Give back what was drawn on the one row found."""
    found.update(drawn=F("drawn") - quantity)
