"""How the day goes: what was accepted by channel, what is watched, which promises are kept."""

from datetime import timedelta

import pytest
from msgspec import structs

from tests.domain.risk.cases import accepted, chosen, ended, in_force, trader, why
from tests.domain.risk.examples import NOON, SAMPLE, profile, when
from tongguan.domain.risk import today
from tongguan.domain.risk.models import DailySeed, SetCommitment
from tongguan.domain.risk.outcome_lists import Part, behind
from tongguan.domain.risk.outcomes import Cut
from tongguan.domain.risk.publication import publish
from tongguan.domain.risk.today import Broken
from tongguan.domain.risk.values import Channel
from tongguan.kernel.time import LOCAL

pytestmark = pytest.mark.django_db(transaction=True)
DAY = NOON.astimezone(LOCAL).date()
SINCE, UNTIL = NOON - timedelta(days=1), NOON + timedelta(days=1)


def test_the_flow_of_a_day_is_counted_by_the_way_declarations_took() -> None:
    firm = trader()
    papers, goods = why("random", 0, "documents"), why("random")
    for reasons in ((), (), (papers,), (goods,), (papers, goods)):
        accepted(firm, selection=chosen(*reasons))
    accepted(firm, selection=chosen(), now=NOON - timedelta(days=1))

    [before, now] = today.flow(DAY, days=2)

    assert before == (DAY - timedelta(days=1), {**dict.fromkeys(Channel, 0), Channel.NONE: 1})
    assert now[1] == {
        Channel.NONE: 2,
        Channel.REVIEW: 1,
        Channel.INSPECTION: 1,
        Channel.BOTH: 1,
    }


def test_every_way_opens_its_declarations_the_latest_first() -> None:
    firm = trader()
    first = accepted(firm, selection=chosen())
    second = accepted(firm, selection=chosen(), now=NOON + timedelta(minutes=1))
    accepted(firm, selection=chosen(why("random")))

    page = today.accepted_on(DAY, Channel.NONE, limit=1)

    assert [id_ for id_, _at in page] == [second]
    assert [id_ for id_, _at in today.accepted_on(DAY, Channel.NONE, after=page[0][1])] == [first]


def test_a_watched_name_tells_what_it_met_and_how_it_was_written() -> None:
    firm = trader()
    watch = profile(
        when("overseas", "watched", "GOLDEN HARBOUR TRADING", "NEVER SEEN COMPANY"), name="Watch"
    )
    [made] = in_force(structs.replace(watch, id=0))
    seller = structs.replace(SAMPLE, overseas="Golden Harbor Trading Co., Ltd.")
    met = [accepted(firm, seller, now=NOON + timedelta(minutes=place)) for place in range(2)]

    seen, unseen = today.watched(DAY, since=SINCE)

    assert (seen.name, seen.hits, seen.last) == ("GOLDEN HARBOUR TRADING", 2, met[1])
    assert seen.seen_as == "Golden Harbor Trading Co., Ltd."
    assert seen.profile.id == made.id
    assert (unseen.name, unseen.hits, unseen.last) == ("NEVER SEEN COMPANY", 0, None)


def test_a_promise_that_is_missing_or_late_is_told() -> None:
    publish(now=NOON - timedelta(days=1))
    publish(now=NOON)
    assert today.broken_promises(DAY) == []

    DailySeed.objects.filter(day=DAY).update(committed_at=NOON)
    DailySeed.objects.filter(day=DAY + timedelta(days=1)).delete()
    SetCommitment.objects.all().delete()

    assert today.broken_promises(DAY) == [
        (Broken.SEED_MISSING, DAY + timedelta(days=1)),
        (Broken.SEED_LATE, DAY),
        (Broken.SET_MISSING, DAY),
    ]


def test_every_figure_opens_the_declarations_that_it_counts() -> None:
    firm = trader()
    first = accepted(firm, selection=chosen(why("profile", 7)))
    second = accepted(firm, selection=chosen(why("profile", 7), why("random")))
    spared = accepted(firm, selection=chosen(why("profile", 7, acted=False)))
    ended(first, "QUANTITY", officers=["an", "bo"])
    ended(second, officers=["an", "cai"])

    def found(cut: Cut, name: str, part: Part, **page: int) -> list[object]:
        rows = behind(cut, name, part, since=SINCE, until=UNTIL, **page)
        return [row.declaration_id for row in rows]

    assert found(Cut.PROFILE, "7", Part.MET) == [spared, second, first]
    assert found(Cut.PROFILE, "7", Part.ENDED) == [second, first]
    assert found(Cut.PROFILE, "7", Part.FOUND) == [first]
    assert found(Cut.SOURCE, "random", Part.ENDED) == [second]
    assert found(Cut.OFFICER, "bo", Part.ENDED) == [first]
    assert found(Cut.OFFICE, "0202", Part.FOUND) == [first]
    assert found(Cut.GOODS, "22", Part.ENDED) == [second, first]
    assert found(Cut.PROFILE, "8", Part.MET) == []
    [last] = behind(Cut.PROFILE, "7", Part.MET, since=SINCE, until=UNTIL, limit=1)
    assert found(Cut.PROFILE, "7", Part.MET, after=last.id) == [second, first]


def test_a_model_is_told_by_its_version() -> None:
    firm = trader()
    for version in ("one", "one", "two"):
        id_ = accepted(firm, selection=chosen(why("model", 1), model_version=version))
        ended(id_, "VALUE")

    rows = behind(Cut.MODEL, "one", Part.FOUND, since=SINCE, until=UNTIL)

    assert len(rows) == 2
