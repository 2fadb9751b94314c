"""The meaning of a profile, told as plainly as possible: the matcher must answer the same."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from tongguan.domain.risk.rules.names import resembles
from tongguan.domain.risk.values import Condition, Fact, Facts, Field, Operator, Profile, Scope


def hits(profiles: Iterable[Profile], facts: Facts, *, day: date) -> list[Profile]:
    """Return the profiles in force that a declaration meets, in their order."""
    return [profile for profile in profiles if in_force(profile, day) and meets(profile, facts)]


def in_force(profile: Profile, day: date) -> bool:
    """Return whether a profile is in force on a day."""
    begun = profile.valid_from <= day
    return begun and (profile.valid_until is None or day < profile.valid_until)


def meets(profile: Profile, facts: Facts) -> bool:
    """Return whether a declaration meets a profile.

    All conditions over the head hold, and one and the same line meets all conditions over lines.
    A profile of a district sees declarations that are declared there or whose goods lie there.
    """
    if profile.district and profile.district not in str(facts.head.get("districts") or ""):
        return False
    of_lines = [one for one in profile.conditions if Field(one.field).scope is Scope.LINE]
    of_head = [one for one in profile.conditions if Field(one.field).scope is Scope.HEAD]
    if not all(holds(one, facts.head.get(one.field)) for one in of_head):
        return False
    if not of_lines:
        return True
    return any(all(holds(one, line.get(one.field)) for one in of_lines) for line in facts.lines)


def holds(condition: Condition, fact: Fact) -> bool:
    """Return whether one fact meets one condition. What is missing meets only `missing`."""
    operator = Operator(condition.operator)
    if operator is Operator.MISSING or fact is None:
        return operator is Operator.MISSING and fact is None
    if operator is Operator.IS:
        return _text(fact) in condition.operands
    if operator is Operator.PREFIX:
        return any(_text(fact).startswith(prefix) for prefix in condition.operands)
    if operator is Operator.WATCHED:
        return resembles(_text(fact), condition.operands)
    number = fact if isinstance(fact, Decimal) else None
    if number is None:
        return False
    bound = Decimal(condition.operands[0])
    return number >= bound if operator is Operator.AT_LEAST else number < bound


def _text(fact: Fact) -> str:
    if isinstance(fact, bool):
        return "yes" if fact else "no"
    return str(fact)
