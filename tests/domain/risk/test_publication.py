"""Commit and reveal: seeds and sets are promised before they can be known, and opened later."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from msgspec import json, structs

from tests.domain.risk.cases import accepted, in_force, trader
from tests.domain.risk.examples import AUDITOR, CHU, DAY, NOON, REVIEWER, profile, when
from tongguan.domain.reference import queries as reference
from tongguan.domain.risk import active, approvals, problems, publication, published
from tongguan.domain.risk.criteria import Kind
from tongguan.domain.risk.models import DailySeed, SetCommitment
from tongguan.domain.risk.queries import recomputed, selection_of
from tongguan.domain.risk.rules.draw import commitment
from tongguan.domain.risk.rules.sets import set_commitment
from tongguan.domain.risk.seeds import seed_in
from tongguan.facilities.ledger.models import Entry
from tongguan.facilities.ledger.sealed import FACT
from tongguan.kernel.problems import ProblemError

pytestmark = pytest.mark.django_db
WINE = structs.replace(profile(when("line.commodity", "prefix", "2204"), name="Wine"), id=0)
TOMORROW = DAY + timedelta(days=1)


def told(kind: str) -> list[dict[str, str]]:
    """Return what acts of a kind say, but for what they say of rows."""
    found = Entry.objects.filter(kind=kind).order_by("number").values_list("facts", flat=True)
    return [{name: fact for name, fact in one.items() if name != FACT} for one in found]


def test_tomorrow_s_seed_is_promised_today_and_shown_the_day_after() -> None:
    publication.publish(now=NOON)

    row = DailySeed.objects.get(day=TOMORROW)
    assert commitment(TOMORROW, seed_in(row)) == row.commitment
    assert {"day": str(TOMORROW), "commitment": row.commitment} in told("SEED_COMMITTED")
    assert [one.seed for one in published.seeds(DAY, TOMORROW)] == [None, None]

    publication.publish(now=NOON + timedelta(days=2))

    assert [one.seed for one in published.seeds(TOMORROW, TOMORROW)] == [seed_in(row).hex()]
    assert {"day": str(TOMORROW), "seed": seed_in(row).hex()} in told("SEED_REVEALED")


def test_what_is_in_force_is_promised_for_today_and_tomorrow_in_the_act_that_changes_it() -> None:
    in_force(WINE)

    publication.publish(now=NOON)

    found = list(SetCommitment.objects.order_by("id"))
    assert [row.day for row in found] == [DAY, TOMORROW]
    assert [row.version for row in found] == [
        active.active_set(DAY).version,
        active.active_set(TOMORROW).version,
    ]
    assert [one["commitment"] for one in told("CRITERIA_COMMITTED")] == [
        set_commitment(bytes(row.salt), row.version) for row in found
    ]


def test_a_set_that_begins_with_a_day_is_promised_the_day_before() -> None:
    in_force(structs.replace(WINE, valid_from=TOMORROW))
    publication.publish(now=NOON)

    publication.publish(now=NOON + timedelta(days=1))

    first = SetCommitment.objects.filter(day=TOMORROW).get()
    assert first.published_at == NOON
    assert first.version == active.active_set(TOMORROW).version


def test_a_set_is_opened_once_its_day_is_over() -> None:
    in_force(WINE)
    publication.publish(now=NOON)

    with pytest.raises(ProblemError) as early:
        publication.open_sets(day=DAY, by=AUDITOR, now=NOON)
    assert early.value.faults[0].problem is problems.NOT_YET
    count = publication.open_sets(day=DAY, by=AUDITOR, now=NOON + timedelta(days=1))

    assert count == 1
    assert SetCommitment.objects.get(day=DAY).opened_by == "jiang"


def test_a_day_on_which_nothing_was_published_cannot_be_opened() -> None:
    with pytest.raises(ProblemError) as refusal:
        publication.open_sets(day=DAY, by=AUDITOR, now=NOON + timedelta(days=1))

    assert refusal.value.faults[0].problem is problems.NOT_PUBLISHED


def test_nobody_but_analysts_and_auditors_opens_a_set() -> None:
    with pytest.raises(ProblemError) as refusal:
        publication.open_sets(day=DAY, by=REVIEWER, now=NOON + timedelta(days=1))

    assert refusal.value.faults[0].problem.code == "ACC-001"


def test_what_stays_shut_is_exported_as_its_commitment_alone() -> None:
    in_force(WINE)
    publication.publish(now=NOON)

    found = published.export(DAY)

    assert found.seed is not None
    assert found.seed.seed is None
    [shut] = found.sets
    assert (shut.version, shut.salt, shut.criteria) == (None, None, ())
    assert found.declarations == ()
    assert published.export(DAY - timedelta(days=9)).seed is None


def test_a_set_of_then_is_exported_although_it_has_changed_since() -> None:
    trader_id = trader()
    in_force(WINE)
    id_ = accepted(trader_id)
    publication.publish(now=NOON)
    approvals.end(kind=Kind.PROFILE, id=1, why="", by=CHU, now=NOON)

    publication.publish(now=NOON + timedelta(days=1))
    publication.open_sets(day=DAY, by=AUDITOR, now=NOON + timedelta(days=1))
    found = published.export(DAY)

    first = found.sets[0]
    recorded = selection_of(id_)
    assert recorded is not None
    assert first.version == recorded.set_version
    assert '"name":"Wine"' in first.criteria[0].text
    [draw] = found.declarations
    assert (draw.key, draw.set, draw.profiles) == (recorded.key, first.version, ((1, True),))
    assert draw.commodities == ("2204210000", "8413709990")


@pytest.fixture
def corrected(tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Return what corrects a share of the region pack for days gone by, as a new pack would."""
    pack = Path(shutil.copytree(settings.REGION_DIR, tmp_path / "pack"))
    file = pack / "parameters/selection.csv"
    kept = reference._KEPT

    def correct() -> None:
        rows = file.read_text("utf-8")
        wanted = re.compile(r"^(random_goods_general),[0-9.]+,", re.MULTILINE)
        new, count = wanted.subn(r"\1,0.4,", rows)
        assert count == 1
        file.write_text(new, "utf-8")
        kept.pack = kept.whole = None

    with override_settings(REGION_DIR=pack):
        yield correct
    kept.pack = kept.whole = None
    active.forget()


def test_a_set_stays_as_it_was_committed_to_when_the_region_pack_is_corrected(
    corrected: Callable[[], None], tmp_path: Path
) -> None:
    trader_id = trader()
    publication.publish(now=NOON - timedelta(days=1))
    ids = [accepted(trader_id) for _ in range(20)]
    publication.publish(now=NOON + timedelta(days=1))
    publication.open_sets(day=DAY, by=AUDITOR, now=NOON + timedelta(days=1))
    before = published.export(DAY)

    corrected()
    after = published.export(DAY)

    assert active.active_set(DAY).version != before.sets[0].version
    assert (after.sets, after.declarations) == (before.sets, before.declarations)
    [note] = after.notes
    assert note.startswith(f"{DAY}: share of sample general: 0.03")
    assert note.endswith(" in the set, 0.4 in the region pack today")
    file = tmp_path / "export.json"
    file.write_bytes(json.encode(after))
    command = [sys.executable, "-I", str(settings.VERIFIER), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"note: {note}",
        "2026-11-24: 1 sets, 20 declarations, 0 faults",
    ]
    for id_ in ids:
        found = recomputed(id_)
        assert found is not None
        assert (found.same, found.missing, found.notes) == (True, "", (note,))


def test_a_set_of_a_day_to_come_is_committed_to_anew_with_the_corrected_pack(
    corrected: Callable[[], None],
) -> None:
    publication.publish(now=NOON)
    first = SetCommitment.objects.get(day=TOMORROW)
    corrected()

    publication.publish(now=NOON)

    second = SetCommitment.objects.filter(day=TOMORROW).latest("pk")
    assert second.version != first.version
    assert second.version == active.active_set(TOMORROW).version
    assert [active.set_of(TOMORROW, one.stamp, one.version).version for one in (first, second)] == [
        first.version,
        second.version,
    ]


def test_a_set_committed_to_before_shares_were_kept_is_read_from_the_pack() -> None:
    publication.publish(now=NOON)
    SetCommitment.objects.update(pack=None)
    row = SetCommitment.objects.get(day=DAY)

    assert active.set_of(DAY, row.stamp, row.version).version == row.version


def test_shares_that_are_kept_with_a_commitment_are_sealed() -> None:
    publication.publish(now=NOON)
    row = SetCommitment.objects.get(day=DAY)
    [told] = [
        one
        for one in Entry.objects.filter(kind="CRITERIA_COMMITTED")
        if row.commitment in str(one.facts)
    ]

    said = json.decode(told.facts[FACT])["risk_setcommitment"][str(row.pk)]

    assert said["pack"] == "sha256:" + sha256(str(row.pack).encode()).hexdigest()


def test_commitments_are_listed_without_what_they_hold() -> None:
    in_force(WINE)

    [(day, row), _tomorrow] = published.commitments(DAY, TOMORROW)

    assert (day, row.published_at, row.version) == (DAY, NOON, None)
