"""What a declaration owes, each amount with how it came about."""

from django.http import HttpRequest
from django.utils.translation import gettext
from ninja import Router

from tongguan.domain.revenue.problems import NOTHING_OWED
from tongguan.domain.revenue.queries import charges_of, explained
from tongguan.domain.revenue.values import Explained
from tongguan.interfaces.api.declarations import seen
from tongguan.interfaces.api.identifiers import Declaration
from tongguan.interfaces.api.shapes import AmountOut, ChargesOut, InputOut
from tongguan.interfaces.api.who import caller

router = Router()


@router.get("/{number}/charges", response=ChargesOut, summary="What is owed, and why")
def charges(request: HttpRequest, number: Declaration) -> ChargesOut:
    """Return the charges of the version in force: sums by tax, and every amount explained."""
    by = caller(request)
    head = seen(number, by)
    owed = charges_of(head.id, viewer=by)
    if owed is None:
        raise NOTHING_OWED.error()
    row, assessment = owed.row, owed.assessment
    return ChargesOut(
        version=row.version,
        currency=row.currency,
        payable=assessment.payable,
        due=row.due_date,
        paid_at=row.paid_at,
        secured_by=row.secured_by,
        totals={total.tax: total.levied for total in assessment.totals},
        amounts=[_told(one) for one in explained(assessment, gettext)],
    )


def _told(one: Explained) -> AmountOut:
    return AmountOut(
        line=one.line,
        tax=one.tax,
        title=one.title,
        amount=one.amount,
        levied=one.levied,
        formula=one.formula,
        worked=one.worked,
        rule=one.rule,
        source=one.source,
        inputs=[InputOut(words=i.words, value=i.value, source=i.source) for i in one.inputs],
        notes=list(one.notes),
    )
