"""A learned model in use: it scores as the bytes that were approved, and can be asked again."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from msgspec import structs

from tests.domain.risk.cases import accepted, in_force, trader
from tests.domain.risk.examples import CHU, DAY, NOON, SAMPLE, WEI
from tests.domain.risk.learning.invented import trained
from tongguan.domain.risk import approvals, commands, queries, scorers
from tongguan.domain.risk.active import renew, selector
from tongguan.domain.risk.criteria import Kind, ModelCard, Policy
from tongguan.domain.risk.models import ModelFile
from tongguan.domain.risk.scorers import scorer_of
from tongguan.domain.risk.values import Source

pytestmark = pytest.mark.django_db
CARD = ModelCard(name="first", sha256="", data_sha256="d", learned_until=DAY)
ALL = Policy(name="all", inspect_from=Decimal(0), exploration=Decimal("0.5"))


@pytest.fixture(autouse=True)
def none_loaded() -> Iterator[None]:
    scorers.forget()
    yield
    scorers.forget()


def in_use(seed: int = 1) -> ModelCard:
    """Keep a model and approve it."""
    card = approvals.keep_model(content=trained(seed).dump(), card=CARD, by=CHU, now=NOON)
    approvals.approve(kind=Kind.MODEL, ids=[card.id], by=WEI, now=NOON)
    renew(DAY)
    return card


def test_an_approved_model_scores_what_is_selected() -> None:
    in_use()
    in_force(ALL)

    selection = selector(DAY).select(SAMPLE, key="1/R", day=DAY)

    assert selection.score == trained().score([SAMPLE])[0]
    assert selection.model_version == trained().version
    assert str(Source.MODEL) in {reason.source for reason in selection.reasons}


def test_a_model_that_waits_for_approval_scores_nothing() -> None:
    approvals.keep_model(content=trained().dump(), card=CARD, by=CHU, now=NOON)
    renew(DAY)

    assert selector(DAY).scorer is None


def test_bytes_other_than_those_approved_are_refused_and_declarations_go_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    card = in_use()
    ModelFile.objects.filter(pk=card.sha256).update(content=trained(2).dump())
    scorers.forget()
    in_force(ALL)

    with pytest.raises(LookupError, match=card.sha256):
        scorer_of(card)
    assert selector(DAY).select(SAMPLE, key="1/R", day=DAY).score is None
    assert "cannot be read" in caplog.text


def test_a_scored_selection_comes_out_the_same_after_another_model_took_over() -> None:
    in_use()
    in_force(ALL)
    id_ = accepted(trader())
    in_use(seed=2)

    found = queries.recomputed(id_)

    assert found is not None
    assert found.recorded.model_version == trained().version != trained(2).version
    assert found.same


def test_what_the_model_selected_is_explained_in_words() -> None:
    in_use()
    in_force(ALL)
    id_ = accepted(trader())

    assert commands.explain([id_]) == 1

    [told] = [one for one in queries.told_to_officer(id_) if one.contributions]
    assert all(one.amount > 0 and " " in one.words for one in told.contributions)
    assert told.lines == (told.contributions[0].line,)
    assert any(one.amount < 0 for one in queries.contributions_of(id_))


def test_whoever_the_model_did_not_select_is_not_explained() -> None:
    in_use()
    id_ = accepted(trader())

    assert commands.explain([id_]) == 0


def test_exploration_draws_whatever_the_score() -> None:
    in_use()
    in_force(structs.replace(ALL, inspect_from=Decimal(2)))

    drawn = [selector(DAY).select(SAMPLE, key=f"1/{key}", day=DAY) for key in range(40)]

    explored = [
        one for one in drawn if str(Source.EXPLORATION) in {why.source for why in one.reasons}
    ]
    assert 5 < len(explored) < 35
    assert all(one.goods and one.score is not None for one in explored)
