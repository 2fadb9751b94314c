"""A model in use is watched day by day, and taken out of use by itself where a bound is passed."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from msgspec import structs

from tests.domain.risk.cases import accepted, chosen, ended, trader, why
from tests.domain.risk.examples import AUDITOR, CHU, DAY, NOON, REVIEWER, WEI
from tests.domain.risk.learning.invented import invented, trained
from tongguan.domain.risk import approvals, scorers
from tongguan.domain.risk.active import active_set, selector
from tongguan.domain.risk.approvals import withdraw_model
from tongguan.domain.risk.criteria import Kind, ModelCard
from tongguan.domain.risk.models import ModelFile
from tongguan.domain.risk.values import Figure, Selection
from tongguan.domain.risk.watch import alerts, watched
from tongguan.domain.risk.watching import watch
from tongguan.facilities.accounts import problems as accounts
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.announcements.models import Announcement
from tongguan.facilities.ledger.models import Entry
from tongguan.kernel.problems import ProblemError

CARD = ModelCard(name="first", sha256="", data_sha256="d", learned_until=DAY)
BOUNDS = {"score_drift": 0.25, "hit_ratio": 1.0, "calibration_error": 0.1}
TOMORROW = NOON + timedelta(days=1)


@pytest.fixture
def trader_id(db: None) -> Iterator[int]:
    scorers.forget()
    yield trader()
    scorers.forget()


def in_use(seed: int = 1, *, id_: int = 0, bounds: dict[str, float] = BOUNDS) -> ModelCard:
    """Keep a model and approve it: a new one, or another wording of one that is known."""
    wanted = structs.replace(CARD, id=id_, bounds=bounds)
    card = approvals.keep_model(content=trained(seed).dump(), card=wanted, by=CHU, now=NOON)
    approvals.approve(kind=Kind.MODEL, ids=[card.id], by=WEI, now=NOON)
    return card


def scored(score: float, *reasons: str) -> Selection:
    return chosen(
        *(why(source) for source in reasons), score=score, model_version=trained().version
    )


def declare(trader_id: int, count: int) -> None:
    """Write declarations like those that were learned from."""
    for one in invented(count, seed=7):
        [score] = trained().score([one.facts])
        accepted(trader_id, one.facts, selection=scored(score), now=NOON)


def treat(
    trader_id: int,
    source: str,
    *,
    count: int,
    found: int,
    score: float = 0.3,
    alike: bool = False,
) -> None:
    for place, one in enumerate(invented(1) * count if alike else invented(count, seed=9)):
        id_ = accepted(trader_id, one.facts, selection=scored(score, source), now=NOON)
        ended(id_, "VALUE" if place < found else "")


def test_what_was_seen_of_a_steady_model_is_kept_once_a_day(trader_id: int) -> None:
    card = in_use()
    declare(trader_id, 610)
    treat(trader_id, "model", count=60, found=24)
    treat(trader_id, "random", count=60, found=16)

    assert watch(now=TOMORROW) is False
    assert watch(now=TOMORROW) is False

    [row] = watched(since=DAY, until=DAY + timedelta(days=1), viewer=AUDITOR)
    assert (row.day, row.card, row.version, row.sha256) == (DAY, card.id, 1, card.sha256)
    assert row.figures[str(Figure.DECLARED)] == 730
    assert row.figures[str(Figure.SCORE_DRIFT)] < 0.25
    assert row.figures[str(Figure.HIT_RATE)] == 0.4
    assert row.figures[str(Figure.RANDOM_RATE)] == 0.2667
    assert row.figures[str(Figure.CALIBRATION)] == 0.0
    assert (row.passed, row.withdrawn) == ((), False)
    assert alerts(since=DAY, viewer=CHU) == ()


def test_where_scores_drift_the_last_good_version_takes_over_and_it_is_told(
    trader_id: int,
) -> None:
    first = in_use(seed=2)
    in_use(seed=1, id_=first.id)
    treat(trader_id, "random", count=400, found=60, score=0.2, alike=True)

    assert watch(now=TOMORROW) is True

    model = active_set(DAY).model
    assert model is not None
    assert (model.version, model.sha256) == (1, first.sha256)
    [alert] = alerts(since=DAY, viewer=CHU)
    assert alert.passed == ("score_drift",)
    assert alert.withdrawn
    entry = Entry.objects.get(kind="MODEL_WITHDRAWN")
    assert (entry.by, entry.facts["version"], entry.facts["restored"]) == ("system", "2", "1")
    assert entry.facts["why"].startswith("score_drift ")
    told = Announcement.objects.get(kind="ModelWithdrawn")
    assert told.facts["restored"] == "1"
    assert watch(now=TOMORROW) is False


def test_where_there_is_no_earlier_version_nothing_scores_any_more(trader_id: int) -> None:
    in_use()
    treat(trader_id, "model", count=80, found=4, score=0.05)
    treat(trader_id, "random", count=80, found=30, score=0.3)

    assert watch(now=TOMORROW) is True

    assert active_set(DAY).model is None
    [alert] = alerts(since=DAY, viewer=CHU)
    assert alert.passed == ("hit_ratio",)
    assert selector(DAY).scorer is None


def test_promises_that_do_not_hold_take_a_model_out_of_use(trader_id: int) -> None:
    in_use()
    treat(trader_id, "model", count=80, found=20, score=0.9)

    assert watch(now=TOMORROW) is True

    [alert] = alerts(since=DAY, viewer=CHU)
    assert alert.passed == ("calibration_error",)


def test_a_model_without_bounds_is_watched_and_stays(trader_id: int) -> None:
    in_use(bounds={})
    treat(trader_id, "model", count=80, found=20, score=0.9)

    assert watch(now=TOMORROW) is False


def test_a_model_that_cannot_be_read_is_taken_out_of_use(trader_id: int) -> None:
    card = in_use()
    ModelFile.objects.filter(pk=card.sha256).update(content=b"other")
    scorers.forget()

    assert watch(now=TOMORROW) is True

    [alert] = alerts(since=DAY, viewer=CHU)
    assert alert.passed == ("unreadable",)


def test_without_a_model_there_is_nothing_to_watch(db: None) -> None:
    assert watch(now=TOMORROW) is False
    assert watched(since=DAY, until=DAY + timedelta(days=9), viewer=CHU) == ()


def test_a_version_that_is_not_in_use_is_not_withdrawn(trader_id: int) -> None:
    card = in_use()

    found = withdraw_model(id=card.id, version=9, why="", by=SYSTEM, now=NOON)

    assert found is None
    assert not Entry.objects.filter(kind="MODEL_WITHDRAWN").exists()


def test_whoever_is_no_analyst_sees_nothing_of_it(db: None) -> None:
    with pytest.raises(ProblemError) as refusal:
        alerts(since=DAY, viewer=REVIEWER)
    assert refusal.value.faults[0].problem is accounts.NOT_POSTED

    with pytest.raises(ProblemError) as refusal:
        watched(since=DAY, until=DAY, viewer=REVIEWER)
    assert refusal.value.faults[0].problem is accounts.NOT_POSTED
