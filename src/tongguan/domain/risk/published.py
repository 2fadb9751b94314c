"""What anyone entitled may check: commitments, seeds and sets once revealed, and draws.

docs/verify/verify_draw.py checks what `export` gives, without this program.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from msgspec import Struct, convert

from tongguan.domain.risk.active import pack_notes, set_of
from tongguan.domain.risk.criteria import ActiveSet, Criterion
from tongguan.domain.risk.facts import Facts
from tongguan.domain.risk.models import CriterionVersion, DailySeed, Selected, SetCommitment
from tongguan.domain.risk.rules.sets import canonical
from tongguan.domain.risk.values import Reason, Selection, Source
from tongguan.kernel.time import LOCAL

FORMAT: Final = 1


class SeedRow(Struct, frozen=True):
    """The commitment to the seed of a day; the seed, in hexadecimal, once it is revealed."""

    day: date
    commitment: str
    committed_at: datetime
    seed: str | None = None
    revealed_at: datetime | None = None


class CriterionText(Struct, frozen=True):
    """One criterion of an opened set; `text` is what was hashed."""

    kind: str
    id: int
    version: int
    text: str


class SetRow(Struct, frozen=True):
    """The commitment to a set; its hash, salt (hexadecimal) and criteria once it is opened."""

    commitment: str
    published_at: datetime
    opened_at: datetime | None = None
    version: str | None = None
    salt: str | None = None
    criteria: tuple[CriterionText, ...] = ()


class DrawRow(Struct, frozen=True):
    """One declaration of the day: what decides its shares, and what was drawn for it.

    Attributes:
        key: names it in every draw.
        set: hash of the set it was selected with.
        random: treatments drawn by a random share.
        exploration: whether exploration drew it.
        profiles: of each profile met, its id and whether the draw let it act.
    """

    key: str
    set: str
    credit: str
    office: str
    mode: str
    commodities: tuple[str, ...]
    random: tuple[str, ...]
    exploration: bool
    profiles: tuple[tuple[int, bool], ...]


class CandidateRow(Struct, frozen=True):
    """An officer who could be drawn; `mark` numbers the mark of presence that says he could."""

    officer: str
    office: str
    role: str
    mark: int
    marked_by: str
    marked_at: datetime


class OfficersRow(Struct, frozen=True):
    """One choice of officers for an examination.

    Attributes:
        key: names it in the draw.
        how: DRAWN at random, or NAMED by hand.
        chosen: who came out, in the order of the draw.
        in_place_of: who acts no more by it; nobody where the first two are drawn.
        ground: code of the ground on which others act; empty where the first two are drawn.
    """

    key: str
    office: str
    at: datetime
    by: str
    how: str
    candidates: tuple[CandidateRow, ...]
    chosen: tuple[str, ...]
    in_place_of: tuple[str, ...]
    ground: str


class Export(Struct, frozen=True):
    """Everything about one day that may be known now.

    `notes` tell where the region pack was corrected since: sets are as they were committed to.
    """

    format: int
    day: date
    seed: SeedRow | None
    sets: tuple[SetRow, ...]
    declarations: tuple[DrawRow, ...]
    notes: tuple[str, ...] = ()
    officers: tuple[OfficersRow, ...] = ()


def seeds(since: date, until: date) -> tuple[SeedRow, ...]:
    """Return commitments to the seeds of days, both ends included, with seeds once revealed."""
    rows = DailySeed.objects.filter(day__gte=since, day__lte=until).order_by("day")
    return tuple(_seed(row) for row in rows)


def commitments(since: date, until: date) -> tuple[tuple[date, SetRow], ...]:
    """Return what was published of sets on days, both ends included, without what they hold."""
    rows = SetCommitment.objects.filter(day__gte=since, day__lte=until).order_by("id")
    return tuple((row.day, SetRow(row.commitment, row.published_at, row.opened_at)) for row in rows)


def export(day: date, officers: tuple[OfficersRow, ...] = ()) -> Export:
    """Return everything about a day that may be known now, for whoever checks it.

    Declarations stand in it once the day's seed is revealed and their set is opened; officers once
    the seed is revealed.

    Args:
        day: the day.
        officers: how officers were chosen on it, as the room of examinations tells it.
    """
    rows = SetCommitment.objects.filter(day=day).order_by("id")
    seed = DailySeed.objects.filter(day=day).first()
    opened = {row.version for row in rows if row.opened_at is not None}
    known = seed is not None and seed.revealed_at is not None
    sets = {row.pk: set_of(day, row.stamp, row.version) for row in rows if row.version in opened}
    notes = dict.fromkeys(note for one in sets.values() for note in pack_notes(one))
    return Export(
        FORMAT,
        day,
        None if seed is None else _seed(seed),
        tuple(_set(row, sets.get(row.pk)) for row in rows),
        tuple(_draws(day, opened)) if known and opened else (),
        tuple(notes),
        officers if known else (),
    )


def _seed(row: DailySeed) -> SeedRow:
    shown = None if row.seed is None else bytes(row.seed).hex()
    return SeedRow(row.day, row.commitment, row.committed_at, shown, row.revealed_at)


def _set(row: SetCommitment, found: ActiveSet | None) -> SetRow:
    if found is None:
        return SetRow(row.commitment, row.published_at)
    criteria: list[Criterion] = [*found.profiles, *found.shares, *found.others]
    return SetRow(
        row.commitment,
        row.published_at,
        row.opened_at,
        row.version,
        bytes(row.salt).hex(),
        _texts(criteria),
    )


def _texts(criteria: Sequence[Criterion]) -> tuple[CriterionText, ...]:
    """Return criteria as they were hashed.

    What is read back and encoded anew may differ from that: a figure of a model that was stated as
    1 is read as 1.0. Shares of the region pack are in no table and always encoded.
    """
    rows = CriterionVersion.objects.filter(criterion__in={one.id for one in criteria})
    kept = {
        (kind, id_, version): content
        for kind, id_, version, content in rows.values_list(
            "kind", "criterion", "version", "content"
        )
    }
    return tuple(
        CriterionText(
            str(one.kind),
            one.id,
            one.version,
            kept.get((str(one.kind), one.id, one.version)) or canonical(one),
        )
        for one in criteria
    )


def _draws(day: date, opened: set[str]) -> list[DrawRow]:
    begins = datetime.combine(day, time(), LOCAL)
    rows = Selected.objects.filter(at__gte=begins, at__lt=begins + timedelta(days=1))
    found: list[DrawRow] = []
    for told, stored in rows.order_by("at", "pk").values_list("selection", "facts").iterator():
        selection = convert(told, Selection, strict=False)
        if selection.set_version in opened:
            found.append(_draw(selection, Facts.read(stored)))
    return found


def _draw(selection: Selection, facts: Facts) -> DrawRow:
    def of(source: Source) -> list[Reason]:
        return [reason for reason in selection.reasons if reason.source == str(source)]

    return DrawRow(
        selection.key,
        selection.set_version,
        facts.credit or "",
        facts.declared or "",
        facts.mode or "",
        tuple(line.commodity or "" for line in facts.lines),
        tuple(reason.treatment for reason in of(Source.RANDOM)),
        bool(of(Source.EXPLORATION)),
        tuple((reason.criterion, reason.acted) for reason in of(Source.PROFILE)),
    )
