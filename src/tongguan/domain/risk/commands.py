"""Writes of this room: selections of a batch, outcomes, commitments. Criteria: `approvals`."""

import logging
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.db import transaction
from msgspec import json, to_builtins

from tongguan.domain.risk import histories, lists, outcomes, queries, today
from tongguan.domain.risk.criteria import Kind
from tongguan.domain.risk.facts import Facts
from tongguan.domain.risk.lists import Wanted
from tongguan.domain.risk.models import Explanation, Outcome, Reached, Selected
from tongguan.domain.risk.scorers import scorer_of_version
from tongguan.domain.risk.sealed import OUTCOME
from tongguan.domain.risk.today import WatchedRow
from tongguan.domain.risk.values import Consulted, CriterionRow, HitRate, Selection, Source
from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.sealed import Rows, made
from tongguan.facilities.tables import TableRows
from tongguan.kernel.identifiers import DeclarationId

READERS: Final = (Role.RISK_ANALYST, Role.AUDITOR)
"""Who reads criteria and whole selections; every reading stands in the ledger."""
_SELECTED: Final = (
    "declaration_id",
    "at",
    "documents",
    "goods",
    "trader",
    "peers",
    "selection",
    "facts",
)
_REACHED: Final = ("declaration_id", "at", "source", "criterion", "version", "treatment", "acted")
_LOG: Final = logging.getLogger(__name__)
_ENCODE: Final = json.Encoder(decimal_format="string").encode
_NOTHING: Final = Decimal(0)


def selection_rows(
    selected: Iterable[tuple[DeclarationId, Selection, Facts]], *, now: datetime
) -> tuple[TableRows, TableRows]:
    """Return the rows of what was selected, with the facts it was decided on, and every reason.

    Cost: 12 µs each.
    """
    rows: list[tuple[object, ...]] = []
    reached: list[tuple[object, ...]] = []
    for id_, one, facts in selected:
        trader, told = facts.trader or "", _ENCODE(one).decode()
        peers, kept = peers_of(facts), facts.stored()
        rows.append((id_, now, one.documents, one.goods, trader, peers, told, kept))
        reached += [
            (id_, now, why.source, why.criterion, why.version, why.treatment, why.acted)
            for why in one.reasons
        ]
    return (
        TableRows("risk_selected", _SELECTED, rows),
        TableRows("risk_reached", _REACHED, reached),
    )


def peers_of(facts: Facts) -> str:
    """Return the peer group of a declaration: credit class, flow, chapter of its first line."""
    first = facts.lines[0].commodity if facts.lines else None
    return f"{facts.credit} {facts.flow} {(first or '')[:2]}".rstrip()


def gather(ids: Iterable[DeclarationId]) -> int:
    """Add accepted declarations to the history that facts are read from; return how many.

    Runs in the transaction that follows their acceptance, which sees to it that each is added once.
    """
    return histories.gather(ids)


def explain(ids: Collection[DeclarationId]) -> int:
    """Work out what moved the scores of those that the model selected; return how many.

    Runs after acceptance, in the transaction that follows it. Cost: 2 ms each.
    """
    chosen = Reached.objects.filter(source=str(Source.MODEL), declaration_id__in=ids)
    found = Selected.objects.filter(pk__in=chosen.values("declaration_id")).order_by("pk")
    rows = []
    for id_, stored, version in found.values_list("pk", "facts", "selection__model_version"):
        try:
            moved = scorer_of_version(version).explain(Facts.read(stored))
        except LookupError:
            # The selection stands and says by which model; what follows from others goes on.
            _LOG.exception("declaration %s cannot be explained", id_)
            continue
        contributions = to_builtins(moved)
        rows.append(Explanation(id_, model_version=version, contributions=contributions))
    Explanation.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def record_outcome(
    *,
    declaration_id: DeclarationId,
    treatment: str,
    finding: str,
    office: str,
    by: Actor,
    now: datetime,
    value_effect: Decimal = _NOTHING,
    officers: Sequence[str] = (),
) -> list[Rows]:
    """Note how a treatment ended, in the transaction that ended it. Again changes nothing.

    Returns:
        What was written, for the entry of the act that ended it.

    Args:
        declaration_id: of the declaration.
        treatment: code of `Treatment`.
        finding: code of the finding; empty where all was as declared.
        office: where it was done.
        by: who recorded it.
        now: when it ended.
        value_effect: duty and taxes more (or less) by it, in CNY.
        officers: account names of those who did it, if not only `by`.
    """
    row, fresh = Outcome.objects.get_or_create(
        declaration_id=declaration_id,
        treatment=treatment,
        defaults={
            "finding": finding,
            "value_effect": value_effect,
            "office": office,
            "officers": list(officers) or [by.name],
            "at": now,
            "by": by.name,
        },
    )
    return [made(OUTCOME, row)] if fresh else []


@transaction.atomic(durable=True)
def consult(
    *, kind: Kind, by: Actor, now: datetime, ids: Collection[int] | None = None
) -> tuple[CriterionRow, ...]:
    """Return criteria for an analyst or auditor to read; the reading stands in the ledger.

    Raises:
        ProblemError: ACC-001 nobody else reads them.
    """
    require(by, *READERS)
    found = queries.criteria(kind, ids)
    told = "all" if ids is None else " ".join(map(str, sorted(ids)))
    record("CRITERIA_READ", None, by=by, at=now, criterion=kind, ids=told, count=len(found))
    return found


@transaction.atomic(durable=True)
def consult_page(
    *, kind: Kind, wanted: Wanted, by: Actor, now: datetime
) -> tuple[tuple[CriterionRow, ...], tuple[CriterionRow, ...]]:
    """Return a page of criteria, and on the first those that wait; the reading is entered.

    Raises:
        ProblemError: ACC-001 nobody else reads them.
    """
    require(by, *READERS)
    found = lists.page(kind, wanted)
    asked = lists.waiting(kind) if wanted.after is None else ()
    ids = " ".join(str(one) for one in sorted({row.criterion.id for row in (*found, *asked)}))
    record("CRITERIA_READ", None, by=by, at=now, criterion=kind, ids=ids or "none")
    return found, asked


@transaction.atomic(durable=True)
def consult_selection(*, declaration_id: DeclarationId, by: Actor, now: datetime) -> Consulted:
    """Return all that is known of a selection, also decided again; the reading is entered.

    Raises:
        ProblemError: ACC-001 nobody else reads it.
    """
    require(by, *READERS)
    record("SELECTION_READ", None, by=by, at=now, declaration=declaration_id)
    return Consulted(
        queries.told_to_auditor(declaration_id),
        queries.recomputed(declaration_id),
        queries.facts_of(declaration_id),
    )


@transaction.atomic(durable=True)
def consult_watched(
    *, day: date, since: datetime, by: Actor, now: datetime
) -> tuple[WatchedRow, ...]:
    """Return the names that profiles in force watch, and what they met; the reading is entered.

    Raises:
        ProblemError: ACC-001 nobody else reads them.
    """
    require(by, *READERS)
    found = today.watched(day, since=since)
    _read({row.profile.id for row in found}, by, now)
    return tuple(found)


@transaction.atomic(durable=True)
def consult_weak(
    *, since: datetime, until: datetime, by: Actor, now: datetime
) -> tuple[tuple[CriterionRow, HitRate], ...]:
    """Return the profiles that find next to nothing; the reading is entered.

    Raises:
        ProblemError: ACC-001 nobody else reads them.
    """
    require(by, *READERS)
    found = outcomes.to_retire(since=since, until=until)
    _read({row.criterion.id for row, _rate in found}, by, now)
    return found


def _read(ids: Collection[int], by: Actor, now: datetime) -> None:
    """Enter which profiles were read, if any were."""
    if ids:
        told = " ".join(map(str, sorted(ids)))
        record("CRITERIA_READ", None, by=by, at=now, criterion=Kind.PROFILE, ids=told)
