"""Tariffs that one person loads and another approves, and exchange rates that two correct."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Final

from django.db import transaction
from django.db.models import Q

from tongguan.domain.reference import problems, queries
from tongguan.domain.reference.loading import (
    IN_FORCE,
    in_force_since,
    put_in_force,
    require_loader,
    stamp,
    today_of,
    waiting,
)
from tongguan.domain.reference.models import RateCorrection, TariffRelease
from tongguan.domain.reference.rules.tariff_file import FileRow, read_tariff
from tongguan.domain.reference.rules.vat import Timelines, followed, stated
from tongguan.domain.reference.sealed import RATE, ROWS, TARIFF
from tongguan.domain.reference.values import RateColumn, SpecialRates, Tariff
from tongguan.facilities.accounts.rules.duties import require, require_person
from tongguan.facilities.accounts.two_persons import TwoPersonAct, lapsed, require_second
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.sealed import changed, of_written
from tongguan.facilities.ledger.sealed import made as written
from tongguan.facilities.tables import TableRows, write
from tongguan.kernel.numbers import typed_number
from tongguan.kernel.problems import ProblemError

CNY: Final = "CNY"
RATE_BELOW: Final = 1_000_000
RATE_PLACES: Final = 6
TARIFF_COLUMNS: Final = (
    "release_id",
    "code",
    "name_zh",
    "general",
    "mfn",
    "export",
    "consumption",
    "vat",
    "first_unit",
    "second_unit",
    "controls",
    "elements",
)


@dataclass(frozen=True, slots=True)
class VatTerms:
    """How long a rate of VAT in a loaded tariff holds.

    Attributes:
        rate: as stated; None: the rows state none, and have that of the row known before.
        rows: so many have it.
        follows: the parameter whose changes it follows; empty where it follows none.
        until: the day from which the law has no such rate, as known today: then an officer
            assesses it.
    """

    rate: Decimal | None
    rows: int
    follows: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a tariff file: the release, and how many rows are in.

    `unrated` rows lack a rate: what they owe of it goes to an officer. `doubted` rows state 0 where
    the region pack knows a rate by quantity, by price or none: the pack goes first. `letters` are
    those of its column of controls that no rule explains: their goods go to a reviewer. `vat` says
    how long each rate of VAT holds. `repeated` says that this file was the last one loaded for that
    day; nothing was changed. `waits` says that it is in force once a second person approves it.
    """

    release: int
    rows: int
    unrated: int
    doubted: int
    repeated: bool = False
    letters: str = ""
    vat: tuple[VatTerms, ...] = ()
    waits: bool = False


def load_tariff(
    data: bytes,
    *,
    name: str,
    source: str,
    valid_from: date,
    whole: bool = False,
    backdated: str = "",
    by: Actor,
    now: datetime,
) -> Loaded:
    """Load a tariff in the official layout, if every row of it is sound.

    It waits until a second person approves it (`approve_tariff`). Then, from `valid_from` on, it
    stands before the demonstration tariff and before releases that were in force earlier. A `whole`
    release ends the codes that it lacks. The same file again changes nothing, unless another was
    in force for that day since: then it goes first again.

    The operator of a house that has no person yet loads alone; nobody has declared anything there.

    Args:
        data: the file.
        name: what it is called.
        source: the law or publication.
        valid_from: its first day.
        whole: whether it is the entire tariff.
        backdated: why it begins on a day that is over; by then duties were computed.
        by: the first of two persons.
        now: the moment.

    Raises:
        ProblemError: ACC-001, ACC-014, ACC-016; REF-082 the operator, where there are persons;
            REF-005 no source; REF-080 a day that is over, without a reason; REF-071 a day too
            early; REF-027 not a tariff, or an empty one; REF-020, REF-070 every cell and column at
            fault. Nothing is loaded then.

    Cost: 0.5 s for 12,000 rows; one COPY.
    """
    require(by, Role.ADMINISTRATOR, Role.REVENUE)
    if not source.strip():
        raise problems.NO_SOURCE.error(file=name, row=1)
    law = queries.snapshot()
    vat = law.parameters.timelines["vat_rates"].find(valid_from)
    if vat is None:
        raise problems.NO_LAW.error(day=valid_from)
    vat_rates = {Decimal(rate) for rate in vat.value.split()}
    rows, refused = read_tariff(data, law.codes.valid("units", valid_from), vat_rates)
    if refused:
        raise ProblemError(*refused)
    if not rows:
        raise problems.FILE_NOT_A_TARIFF.error(reason="0")
    # What is wrong with a file is told to whoever runs the command; to load it takes a person.
    waits, backdated = require_loader(by), backdated.strip()
    if waits and not backdated:
        _require_coming(valid_from, now)
    unrated = sum(_unrated(row, law.tariff, valid_from) for row in rows)
    terms = _vat_terms(rows, valid_from, law.parameters.timelines)
    doubted = sum(_doubted(row, law.special_rates, valid_from) for row in rows)
    known_letters = law.permit_rules.on(valid_from).keys()
    letters = "".join(sorted({one for row in rows for one in row.controls} - known_letters))
    digest = sha256(data).hexdigest()
    with transaction.atomic(durable=True):
        stamp()
        earlier = _earlier(digest, valid_from, whole=whole, backdated=backdated)
        if earlier is not None:
            return Loaded(
                earlier.pk,
                len(rows),
                unrated,
                doubted,
                repeated=True,
                letters=letters,
                vat=terms,
                waits=earlier.waiting_since is not None,
            )
        release = TariffRelease.objects.create(
            name=name,
            source=source.strip(),
            sha256=digest,
            valid_from=valid_from,
            whole=whole,
            backdated=backdated,
            loaded_at=now,
            loaded_by=by.name,
            waiting_since=now if waits else None,
        )
        kept = _rows(release.pk, rows)
        write([kept])
        wrote = [written(TARIFF, release), *of_written([kept], {ROWS.table: ROWS}).values()]
        facts = {"release": release.pk, "count": len(rows), "unrated": unrated}
        file = {"sha256": digest, "valid_from": valid_from, "source": release.source}
        file |= {"waits": waits, "backdated": backdated}
        record("TARIFF_LOADED", None, by=by, at=now, wrote=wrote, **file, **facts)
    return Loaded(release.pk, len(rows), unrated, doubted, letters=letters, vat=terms, waits=waits)


def approve_tariff(release: int, *, by: Actor, now: datetime) -> None:
    """Put a loaded tariff in force. Whoever loaded it cannot.

    Raises:
        ProblemError: ACC-001, ACC-014 no person, ACC-015, ACC-016; REF-021 the same person; REF-080
            its first day is over by now; REF-081 nothing waits under this number; REF-083 another
            of that day came in force since it was loaded, which it would undo.
    """
    require(by, Role.ADMINISTRATOR, Role.REVENUE)
    require_person(by)
    with transaction.atomic(durable=True):
        stamp()
        found = waiting(TariffRelease.objects.filter(pk=release)).select_for_update().first()
        if found is None:
            raise problems.NOTHING_WAITS.error(release=release)
        first, same = {found.loaded_by}, problems.SECOND_PERSON
        require_second(TwoPersonAct.LOAD_TARIFF, by, first=first, refusal=same)
        if not found.backdated:
            _require_coming(found.valid_from, now)
        later = _overtaken(found)
        if later is not None:
            raise problems.OVERTAKEN.error(release=release, later=later.pk)
        wrote = [changed(TARIFF, release, **put_in_force(found, by=by, now=now))]
        facts = {"release": release, "sha256": found.sha256, "valid_from": found.valid_from}
        record("TARIFF_APPROVED", None, by=by, at=now, wrote=wrote, **facts)


def propose_rate(
    *,
    currency: str,
    month: date,
    rate: Decimal | str,
    reason: str,
    source: str,
    by: Actor,
    now: datetime,
) -> int:
    """Propose the exchange rate of a month; return the number of the proposal.

    Args:
        currency: three letters of the table of currencies.
        month: any day of it.
        rate: CNY for one unit.
        reason: why the rate in use is wrong, or that none is known.
        source: where the right one was published.
        by: the first of two people.
        now: the moment.

    Raises:
        ProblemError: ACC-001, ACC-014 no person; REF-023, REF-024, REF-026: every fault.
    """
    require(by, Role.ADMINISTRATOR, Role.REVENUE)
    require_person(by)
    first = month.replace(day=1)
    amount, faults = _rate(rate), []
    if currency == CNY or not queries.snapshot().codes.has("currencies", currency, first):
        faults.append(problems.CURRENCY_UNKNOWN.at("#/currency", currency=currency))
    if amount is None:
        faults.append(problems.RATE_WRONG.at("#/rate", rate=rate))
    if not (reason.strip() and source.strip()):
        faults.append(problems.REASON_MISSING.at("#/reason"))
    if faults or amount is None:
        raise ProblemError(*faults)
    with transaction.atomic(durable=True):
        made = RateCorrection.objects.create(
            currency=currency,
            month=first,
            rate=amount,
            reason=reason.strip(),
            source=source.strip(),
            proposed_by=by.name,
            proposed_at=now,
        )
        facts = {"correction": made.pk, "currency": currency, "month": first, "rate": amount}
        facts["reason"] = reason.strip()
        record("RATE_PROPOSED", None, by=by, at=now, wrote=[written(RATE, made)], **facts)
    return made.pk


def confirm_rate(correction: int, *, by: Actor, now: datetime) -> None:
    """Put a proposed exchange rate in force. Whoever proposed it cannot.

    Raises:
        ProblemError: ACC-001, ACC-014 no person; REF-021 the same person; REF-025 nothing waits
            under this number; REF-083 another rate of that month came in force since.
    """
    require(by, Role.ADMINISTRATOR, Role.REVENUE)
    require_person(by)
    with transaction.atomic(durable=True):
        stamp()
        waits = RateCorrection.objects.filter(pk=correction, confirmed_at=None, declined_at=None)
        found = waits.select_for_update().first()
        if found is None:
            raise problems.NO_CORRECTION.error(correction=correction)
        first, same = {found.proposed_by}, problems.SECOND_PERSON
        require_second(TwoPersonAct.CORRECT_RATE, by, first=first, refusal=same)
        month = RateCorrection.objects.filter(currency=found.currency, month=found.month)
        since = Q(pk__gt=correction) | Q(confirmed_at__gt=found.proposed_at)
        later = month.filter(since, confirmed_at__isnull=False).order_by("-confirmed_at").first()
        if later is not None:
            raise problems.OVERTAKEN.error(release=correction, later=later.pk)
        found.confirmed_by, found.confirmed_at = by.name, now
        found.save(update_fields=["confirmed_by", "confirmed_at"])
        facts = {"correction": correction, "currency": found.currency, "month": found.month}
        wrote = [changed(RATE, correction, confirmed_by=by.name, confirmed_at=now)]
        record("RATE_CONFIRMED", None, by=by, at=now, wrote=wrote, rate=found.rate, **facts)


def _require_coming(valid_from: date, now: datetime) -> None:
    """Refuse a first day that is over: duties of that day were computed by another tariff."""
    if valid_from < today_of(now):
        raise problems.BACKDATED.error(day=valid_from)


def _overtaken(found: TariffRelease) -> TariffRelease | None:
    """Return the tariff of the same day that came in force since one was loaded."""
    same_day = TariffRelease.objects.filter(valid_from=found.valid_from)
    return in_force_since(found, same_day).first()


def _earlier(digest: str, valid_from: date, *, whole: bool, backdated: str) -> TariffRelease | None:
    """Return the release that a file was loaded as before, if it waits or goes first that day.

    What cannot be approved any more is loaded anew: it was declined or overtaken, or the account of
    whoever loaded it was withdrawn.
    """
    same_day = TariffRelease.objects.filter(valid_from=valid_from)
    same = same_day.filter(sha256=digest, whole=whole, backdated=backdated)
    for one in waiting(same).order_by("-pk"):
        if not lapsed(one.loaded_by) and _overtaken(one) is None:
            return one
    current = same_day.filter(waiting_since=None).order_by(IN_FORCE.desc(), "-pk").first()
    if current is not None and (current.sha256, current.whole) == (digest, whole):
        return current
    return None


def _doubted(row: FileRow, special_rates: SpecialRates, day: date) -> bool:
    """Return whether a rate of 0 stands where the law has none by value, or one by price."""
    stated = {
        RateColumn.GENERAL: row.general,
        RateColumn.MFN: row.mfn,
        RateColumn.EXPORT: row.export,
        RateColumn.CONSUMPTION: row.consumption,
    }
    return any(
        rate == 0 and any(one.rate != 0 for one in special_rates.of(row.code, column, day))
        for column, rate in stated.items()
    )


def _unrated(row: FileRow, known: Tariff, day: date) -> bool:
    """Return whether a rate is not known: stated neither here nor, of VAT, by the row before."""
    if None in row._replace(vat=Decimal(0)):
        return True
    before = known.line(row.code, day) if row.vat is None else None
    return row.vat is None and (before is None or before.vat is None)


def _vat_terms(rows: Iterable[FileRow], since: date, timelines: Timelines) -> tuple[VatTerms, ...]:
    """Return how long each rate of VAT of a file holds, the highest first, what is empty last."""
    count = Counter(row.vat for row in rows)
    unstated = count.pop(None, 0)
    found = []
    for rate, rows_with in sorted(count.items(), key=lambda one: one[0] or 0, reverse=True):
        if rate is None:
            continue
        name, spans = followed(rate, since, timelines), stated(rate, since, timelines)
        until = None if name else spans[0].valid_until
        found.append(VatTerms(rate, rows_with, name, until))
    if unstated:
        found.append(VatTerms(None, unstated, "", None))
    return tuple(found)


def _rows(release: int, rows: Iterable[FileRow]) -> TableRows:
    return TableRows("reference_tariffrow", TARIFF_COLUMNS, [(release, *row) for row in rows])


def _rate(words: Decimal | str) -> Decimal | None:
    rate = typed_number(words) if isinstance(words, str) else words
    if rate is None:
        return None
    sound = rate.is_finite() and 0 < rate < RATE_BELOW and rate == round(rate, RATE_PLACES)
    return rate if sound else None
