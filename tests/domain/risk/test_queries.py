"""Selections read back, told, and decided again years later."""

from datetime import timedelta
from decimal import Decimal

import pytest
from msgspec import structs

from tests.domain.risk.cases import accepted, chosen, ended, in_force, trader, why
from tests.domain.risk.examples import CHU, DAY, NOON, SAMPLE, profile, share, when
from tongguan.domain.risk import approvals, queries
from tongguan.domain.risk.criteria import Kind
from tongguan.domain.risk.facts import Facts
from tongguan.domain.risk.models import Explanation, Reached, Selected
from tongguan.kernel.identifiers import DeclarationId, new_id

WINE = structs.replace(
    profile(when("line.commodity", "prefix", "2204"), name="Wine", instruction="Look at labels."),
    id=0,
    share=Decimal("0.5"),
    treatment="full",
)
NOBODY = DeclarationId(new_id())


@pytest.fixture
def trader_id(db: None) -> int:
    return trader()


def test_a_selection_is_read_back_as_it_was_decided(trader_id: int) -> None:
    decided = chosen(why("profile", 4, lines=(1, 2), figure="0.5"), why("random"), score=0.25)

    id_ = accepted(trader_id, selection=decided)

    assert queries.selection_of(id_) == decided
    assert queries.selection_of(NOBODY) is None
    row = Selected.objects.get()
    assert (row.trader, row.peers) == ("91110113FAKE00001X", "general import 22")
    assert Reached.objects.count() == 2


def test_every_reason_is_kept_also_where_a_draw_spared(trader_id: int) -> None:
    in_force(WINE)

    ids = [accepted(trader_id) for _ in range(40)]

    assert Reached.objects.filter(source="profile").count() == 40
    acted = Reached.objects.filter(source="profile", acted=True).count()
    assert 0 < acted < 40
    selections = [queries.selection_of(id_) for id_ in ids]
    assert sum(bool(one and one.goods) for one in selections) >= acted


def test_a_selection_comes_out_the_same_years_later(trader_id: int) -> None:
    in_force(WINE, share("sample", "0.4", id=0))
    ids = [accepted(trader_id) for _ in range(30)]
    approvals.end(kind=Kind.PROFILE, id=1, why="", by=CHU, now=NOON + timedelta(days=900))
    in_force(structs.replace(WINE, name="Other"), now=NOON + timedelta(days=900))

    found = [queries.recomputed(id_) for id_ in ids]

    assert all(one is not None and one.same for one in found)
    assert queries.recomputed(NOBODY) is None


def test_a_selection_that_was_changed_afterwards_comes_out_otherwise(trader_id: int) -> None:
    in_force(structs.replace(WINE, share=Decimal(1)))
    id_ = accepted(trader_id)
    row = Selected.objects.get()
    row.selection = {**row.selection, "goods": False}
    row.save(update_fields=["selection"])

    found = queries.recomputed(id_)

    assert found is not None
    assert not found.same
    assert found.again is not None
    assert found.again.goods


def test_of_a_set_or_model_that_is_not_known_any_more_it_says_which(trader_id: int) -> None:
    in_force(WINE)
    of_set = accepted(trader_id)
    of_model = accepted(trader_id)
    first = queries.selection_of(of_model)
    assert first is not None
    Selected.objects.filter(pk=of_set).update(
        selection={
            "documents": False,
            "goods": False,
            "treatment": "",
            "seed_day": str(DAY),
            "set_version": "gone",
        }
    )
    Selected.objects.filter(pk=of_model).update(
        selection={
            "documents": False,
            "goods": False,
            "treatment": "",
            "seed_day": str(DAY),
            "set_version": first.set_version,
            "stamp": first.stamp,
            "model_version": "model 9",
        }
    )

    gone, unread = queries.recomputed(of_set), queries.recomputed(of_model)

    assert gone is not None
    assert unread is not None
    assert (gone.again, gone.missing) == (None, "gone")
    assert (unread.again, unread.missing) == (None, "model 9")


def test_each_reads_of_a_selection_what_is_for_him(trader_id: int) -> None:
    id_ = accepted(
        trader_id,
        selection=chosen(
            why("profile", 4, ground="security", words="Look at labels."),
            why("model", 1, figure="0.9"),
            why("random", treatment="documents", ground="random"),
        ),
    )
    Explanation.objects.create(
        declaration_id=id_, model_version="m", contributions=[["price_ratio", 1.5]]
    )

    hit, scored = queries.told_to_officer(id_, goods=True)
    assert hit.instruction == "Look at labels."
    assert [(one.feature, one.amount) for one in scored.contributions] == [("price_ratio", 1.5)]
    assert len(queries.told_to_auditor(id_)) == 3


def test_of_a_declaration_that_was_never_selected_nothing_is_told(db: None) -> None:
    assert queries.told_to_officer(NOBODY) == ()
    assert queries.told_to_auditor(NOBODY) == ()
    assert queries.contributions_of(NOBODY) == ()


def test_what_was_accepted_is_remembered_in_order_with_what_was_found(trader_id: int) -> None:
    late = accepted(trader_id, selection=chosen(why("random")), now=NOON + timedelta(hours=1))
    early = accepted(trader_id, selection=chosen())
    accepted(trader_id, selection=chosen(), now=NOON - timedelta(days=2))
    ended(late, "VALUE", value_effect=Decimal(12))

    found = list(queries.remembered(NOON - timedelta(days=1), NOON + timedelta(days=1)))

    assert [(one.declaration_id, one.finding) for one in found] == [(early, None), (late, "VALUE")]
    assert found[1].goods
    assert found[1].value_effect == 12
    assert found[0].facts == Facts.read(SAMPLE.stored())
