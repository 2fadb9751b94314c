"""Reads of how the officers of examinations were chosen, so that anyone entitled can draw again."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from msgspec import convert

from tongguan.domain.inspection.duty import Candidate, ChoiceRow, Chosen
from tongguan.domain.inspection.models import OfficerChoice
from tongguan.domain.risk.active import officers
from tongguan.domain.risk.published import CandidateRow, OfficersRow
from tongguan.kernel.identifiers import HoldId


def choices(hold_ids: Collection[HoldId]) -> dict[UUID, tuple[ChoiceRow, ...]]:
    """Return every choice of officers for these examinations, in order of their rounds."""
    found: dict[UUID, tuple[ChoiceRow, ...]] = {}
    for row in OfficerChoice.objects.filter(hold__in=hold_ids).order_by("round"):
        found[row.hold] = (*found.get(row.hold, ()), _choice(row))
    return found


def drawn_again(row: ChoiceRow, *, now: datetime) -> tuple[str, ...]:
    """Return the officers that come out when a choice is drawn again from its record."""
    names = [one.officer for one in row.candidates]
    count = len(row.chosen)
    return tuple(officers(row.key, names, day=row.seed_day, now=now, count=count))


def chosen_on(day: date) -> tuple[OfficersRow, ...]:
    """Return every choice of officers of a day, earliest first, as the export of draws tells it."""
    rows = map(_choice, OfficerChoice.objects.filter(seed_day=day).order_by("id"))
    return tuple(
        OfficersRow(
            row.key,
            row.office,
            row.at,
            row.by,
            str(row.how),
            tuple(
                CandidateRow(
                    one.officer, one.office, one.role, one.mark, one.marked_by, one.marked_at
                )
                for one in row.candidates
            ),
            row.chosen,
            row.in_place_of,
            row.ground,
        )
        for row in rows
    )


def _choice(row: OfficerChoice) -> ChoiceRow:
    return ChoiceRow(
        HoldId(row.hold),
        row.round,
        row.office,
        Chosen(row.how),
        row.seed_day,
        row.key,
        convert(row.candidates, tuple[Candidate, ...]),
        tuple(row.chosen),
        tuple(row.in_place_of),
        row.ground,
        row.why,
        row.asked_by,
        row.chosen_at,
        row.chosen_by,
    )
