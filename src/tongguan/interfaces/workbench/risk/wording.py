"""Criteria in words: conditions, and what one wording changes against another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language, gettext
from msgspec import structs

from tongguan.domain.reference.queries import snapshot
from tongguan.domain.risk.criteria import (
    ALWAYS,
    Condition,
    Criterion,
    Operator,
    Place,
    Profile,
    ReasonClass,
    Treatment,
)
from tongguan.domain.risk.fields import Field, Shape
from tongguan.interfaces.pages.shapes import Coded
from tongguan.interfaces.pages.wording import day as day_words
from tongguan.interfaces.workbench.risk.names import coded, of_line
from tongguan.interfaces.workbench.risk.reader import percent
from tongguan.kernel.text import _

SHOWN = 12
MEMBERS = {
    "name": _("Name"),
    "treatment": _("Treatment"),
    "place": _("Place"),
    "share": _("Share"),
    "priority": _("Priority"),
    "reason": _("Class of the ground"),
    "instruction": _("What to look for"),
    "district": _("District"),
    "owner": _("Answers for it"),
    "valid_from": _("In force from"),
    "valid_until": _("Ends on"),
    "credit": _("Credit class"),
    "office": _("Office of declaration"),
    "mode": _("Way of clearing"),
    "commodity": _("Commodity begins with"),
    "review_from": _("Documents from a score of"),
    "inspect_from": _("Examination from a score of"),
    "exploration": _("Exploration"),
    "budget": _("Examinations a day"),
}
_SHARES = frozenset({"share", "exploration"})
_SCORES = frozenset({"review_from", "inspect_from"})
_PLACES = frozenset({"district", "owner", "office"})
_TERMS = {"treatment": Treatment, "place": Place, "reason": ReasonClass}


@dataclass(frozen=True, slots=True)
class Told:
    """A condition in words.

    Attributes:
        operands: with their names; `more`: how many further ones there are.
    """

    field: str
    operator: str
    operands: Sequence[Coded]
    more: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What a wording changes: a condition more or less, or a member with its former value.

    Attributes:
        sign: `+`, `-` or `~`.
        words: of a member; empty for a condition.
    """

    sign: str
    words: str = ""
    before: str = ""
    after: str = ""
    condition: Told | None = None


def told(condition: Condition, day: date) -> Told:
    """Return a condition in words, its codes with their names."""
    field, operator = Field(condition.field), Operator(condition.operator)
    shown = condition.operands[:SHOWN]
    if field.shape is Shape.FLAG:
        operands = [Coded(gettext(one)) for one in _yes_no(shown)]
    else:
        operands = coded(field, shown, day)
    more = len(condition.operands) - len(shown)
    return Told(of_line(field), gettext(operator.label), operands, more)


def differences(old: Criterion | None, new: Criterion, day: date) -> list[Difference]:
    """Return what a wording changes against the one before; against nothing, all it says."""
    found = list(_conditions(old, new, day))
    for member, words in MEMBERS.items():
        after = getattr(new, member, None)
        before = getattr(old, member, None) if old is not None else _default(new, member)
        if after != before and (old is not None or member != "name"):
            told_before = "" if old is None else value(member, before, day)
            found.append(Difference("~", gettext(words), told_before, value(member, after, day)))
    return found


def value(member: str, of: object, day: date) -> str:
    """Return the value of a member as people read it."""
    if of in {None, "", ALWAYS}:
        return "–"
    if isinstance(of, date):
        return day_words(of)
    if isinstance(of, Decimal):
        return _figure(member, of)
    if member in _TERMS:
        return gettext(_TERMS[member](str(of)).label)
    return named(str(of), day) if member in _PLACES else str(of)


def _figure(member: str, of: Decimal) -> str:
    if member in _SHARES:
        return percent(of)
    return gettext("never") if member in _SCORES and of > 1 else str(of)


def named(place: str, day: date) -> str:
    """Return a district or office with its name, in the reader's language."""
    region = snapshot().region
    row = region.district(place, day) or region.office(place, day)
    if row is None:
        return place
    chinese = (get_language() or "zh").startswith("zh")
    return f"{place} {row.name_zh if chinese or not row.name_en else row.name_en}"


def _conditions(old: Criterion | None, new: Criterion, day: date) -> Iterator[Difference]:
    before = old.conditions if isinstance(old, Profile) else ()
    after = new.conditions if isinstance(new, Profile) else ()
    for one in before:
        if one not in after:
            yield Difference("-", condition=told(one, day))
    for one in after:
        if one not in before:
            yield Difference("+", condition=told(one, day))


def _default(criterion: Criterion, member: str) -> object:
    for field in structs.fields(criterion):
        if field.name == member:
            return field.default
    return None


def _yes_no(operands: Sequence[str]) -> Iterator[str]:
    words = {"yes": _("yes"), "no": _("no")}
    return (words.get(one, one) for one in operands)
