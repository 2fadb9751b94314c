"""Whether a criterion can be used: every fault at once."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from tongguan.domain.risk import problems
from tongguan.domain.risk.criteria import (
    OPERATORS,
    Condition,
    Criterion,
    Operator,
    Place,
    Policy,
    Profile,
    ReasonClass,
    Share,
    Treatment,
)
from tongguan.domain.risk.fields import Field, Shape
from tongguan.domain.risk.rules.names import groups
from tongguan.kernel.identifiers import DISTRICT_FORM
from tongguan.kernel.problems import Fault
from tongguan.kernel.text import _

OPERANDS_MOST: Final = 5_000
NAME_MOST: Final = 200
_GROUPS_LEAST: Final = 4
_TWO: Final = frozenset({Operator.BETWEEN, Operator.CODES})
_FIELD: Final = _("there is no such field")
_OPERATOR: Final = _("this operator does not fit the field")
_NO_OPERAND: Final = _("an operand is missing")
_OPERANDS: Final = _("the number of operands does not fit the operator")
_NUMBER: Final = _("an operand is not a number")
_ORDER: Final = _("the first operand is above the second")
_YES_NO: Final = _("the operand is neither yes nor no")
_SHORT: Final = _("a watched name is too short to be recognised")
_NAME: Final = _("it needs a name of at most 200 characters")
_TREATMENT: Final = _("there is no such treatment")
_GROUND: Final = _("there is no such ground")
_PLACE: Final = _("there is no such place of examination")
_SHARE: Final = _("the share is not between 0 and 1")
_DISTRICT: Final = _("a district has up to eight digits or capital letters")
_PERIOD: Final = _("it ends before it begins")
_COMMODITY: Final = _("a commodity prefix consists of at most ten digits")
_THRESHOLD: Final = _("a threshold is below 0")


def faults(criterion: Criterion, *, at: str = "#") -> list[Fault]:
    """Return every fault of a criterion, each with its place below `at`."""
    found = [
        problems.CRITERION_WRONG.at(f"{at}/{member}", name=criterion.name or "—", reason=reason)
        for member, reason in _wrong(criterion)
    ]
    if isinstance(criterion, Profile):
        for place, one in enumerate(criterion.conditions):
            reason = condition_fault(one)
            if reason:
                where = f"{at}/conditions/{place}"
                found.append(problems.CONDITION_WRONG.at(where, place=place + 1, reason=reason))
    return found


def condition_fault(condition: Condition) -> str:
    """Return why a condition cannot be used, or nothing."""
    try:
        field = Field(condition.field)
    except ValueError:
        return _FIELD
    fitting = OPERATORS[field.shape]
    operator = next((one for one in fitting if one.value == condition.operator), None)
    if operator is None:
        return _OPERATOR
    operands = condition.operands
    if operator is Operator.MISSING:
        return _OPERANDS if operands else ""
    if not operands or not all(operands):
        return _NO_OPERAND
    if len(operands) > OPERANDS_MOST or (operator in _TWO and len(operands) != 2):
        return _OPERANDS
    return _operand_fault(field.shape, operator, operands)


def _operand_fault(shape: Shape, operator: Operator, operands: tuple[str, ...]) -> str:
    if shape is Shape.NUMBER:
        return _number_fault(operator, operands)
    if shape is Shape.FLAG and not {"yes", "no"}.issuperset(operands):
        return _YES_NO
    if operator is Operator.CODES and operands[0] > operands[1] + "\U0010ffff":
        return _ORDER
    if operator is Operator.WATCHED and any(len(groups(one)) < _GROUPS_LEAST for one in operands):
        return _SHORT
    return ""


def _number_fault(operator: Operator, operands: tuple[str, ...]) -> str:
    if operator not in _TWO and len(operands) != 1:
        return _OPERANDS
    try:
        numbers = [Decimal(one) for one in operands]
    except InvalidOperation:
        return _NUMBER
    if not all(one.is_finite() for one in numbers):
        return _NUMBER
    return _ORDER if numbers[0] > numbers[-1] else ""


def _wrong(criterion: Criterion) -> Iterator[tuple[str, str]]:
    if not 0 < len(criterion.name) <= NAME_MOST:
        yield "name", _NAME
    if not _lasts(criterion.valid_from, criterion.valid_until):
        yield "valid_until", _PERIOD
    if isinstance(criterion, Profile):
        yield from _wrong_profile(criterion)
    elif isinstance(criterion, Share):
        yield from _wrong_share(criterion)
    elif isinstance(criterion, Policy):
        yield from _wrong_policy(criterion)


def _wrong_profile(profile: Profile) -> Iterator[tuple[str, str]]:
    if not _known(Treatment, profile.treatment):
        yield "treatment", _TREATMENT
    if not _known(ReasonClass, profile.reason):
        yield "reason", _GROUND
    if not _known(Place, profile.place):
        yield "place", _PLACE
    if not 0 < profile.share <= 1:
        yield "share", _SHARE
    if profile.district and not DISTRICT_FORM.fullmatch(profile.district):
        yield "district", _DISTRICT


def _wrong_share(share: Share) -> Iterator[tuple[str, str]]:
    if not _known(Treatment, share.treatment):
        yield "treatment", _TREATMENT
    if not 0 <= share.share <= 1:
        yield "share", _SHARE
    if share.commodity and not (share.commodity.isdigit() and len(share.commodity) <= 10):
        yield "commodity", _COMMODITY


def _wrong_policy(policy: Policy) -> Iterator[tuple[str, str]]:
    if not _known(Treatment, policy.treatment) or not Treatment(policy.treatment).goods:
        yield "treatment", _TREATMENT
    for member, figure in (
        ("review_from", policy.review_from),
        ("inspect_from", policy.inspect_from),
    ):
        if figure < 0:
            yield member, _THRESHOLD
    if not 0 <= policy.exploration <= 1:
        yield "exploration", _SHARE


def _lasts(valid_from: date, valid_until: date | None) -> bool:
    return valid_until is None or valid_from < valid_until


def _known(terms: type[Treatment] | type[ReasonClass] | type[Place], code: str) -> bool:
    return any(one.value == code for one in terms)
