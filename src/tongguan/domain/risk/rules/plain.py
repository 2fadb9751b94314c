"""The meaning of a profile, told as plainly as possible: the matcher must answer the same."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from tongguan.domain.risk.criteria import Condition, Criterion, Hit, Operator, Profile
from tongguan.domain.risk.facts import Fact, Facts, LineFacts
from tongguan.domain.risk.fields import Field, Scope
from tongguan.domain.risk.rules.names import contains, resembles


def hits(profiles: Iterable[Profile], facts: Facts, *, day: date) -> tuple[Hit, ...]:
    """Return the profiles in force that a declaration meets, in their order, with the lines."""
    found = ((one, meets(one, facts)) for one in profiles if in_force(one, day))
    return tuple(Hit(profile, lines) for profile, lines in found if lines is not None)


def in_force(criterion: Criterion, day: date) -> bool:
    """Return whether a criterion is in force on a day; the last day is left out."""
    begun = criterion.valid_from <= day
    return begun and (criterion.valid_until is None or day < criterion.valid_until)


def meets(profile: Profile, facts: Facts) -> tuple[int, ...] | None:
    """Return the numbers of the lines by which a declaration meets a profile, or None.

    All conditions over the head hold, and one and the same line meets all conditions over lines.
    Without conditions over lines there is none to name. A profile of a district sees declarations
    that are declared there or whose goods lie there.
    """
    if profile.district and profile.district not in facts.districts:
        return None
    of_lines = [one for one in profile.conditions if Field(one.field).scope is Scope.LINE]
    of_head = [one for one in profile.conditions if Field(one.field).scope is Scope.HEAD]
    if not all(holds(one, fact(one, facts)) for one in of_head):
        return None
    if not of_lines:
        return ()
    lines = [
        line.number for line in facts.lines if all(holds(one, fact(one, line)) for one in of_lines)
    ]
    return tuple(lines) or None


def fact(condition: Condition, facts: Facts | LineFacts) -> Fact:
    """Return the fact that a condition tests."""
    found: Fact = getattr(facts, Field(condition.field).member)
    return found


def holds(condition: Condition, fact: Fact) -> bool:
    """Return whether one fact meets one condition. What is missing meets only `missing`."""
    operator, operands = Operator(condition.operator), condition.operands
    if operator is Operator.MISSING or fact is None or fact == ():
        return operator is Operator.MISSING and (fact is None or fact == ())
    if isinstance(fact, bool):
        return operator is Operator.IS and ("yes" if fact else "no") in operands
    if isinstance(fact, int | Decimal):
        return _compares(operator, operands, Decimal(fact))
    texts = fact if isinstance(fact, tuple) else (fact,)
    if operator is Operator.IS_NOT:
        return all(text not in operands for text in texts)
    return any(_fits(operator, operands, text) for text in texts)


def _compares(operator: Operator, operands: tuple[str, ...], number: Decimal) -> bool:
    bound = Decimal(operands[0])
    if operator is Operator.AT_LEAST:
        return number >= bound
    if operator is Operator.AT_MOST:
        return number <= bound
    if operator is Operator.BELOW:
        return number < bound
    return operator is Operator.BETWEEN and bound <= number <= Decimal(operands[1])


def _fits(operator: Operator, operands: tuple[str, ...], text: str) -> bool:
    if operator is Operator.IS:
        return text in operands
    if operator is Operator.PREFIX:
        return text.startswith(operands)
    if operator is Operator.CODES:
        return within(text, *operands)
    if operator is Operator.CONTAINS:
        return contains(text, operands)
    return operator is Operator.WATCHED and resembles(text, operands)


def within(code: str, first: str, last: str) -> bool:
    """Return whether a code lies in a range; short bounds stand for all that begin with them."""
    return first <= code and code[: len(last)] <= last
