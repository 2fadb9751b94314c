"""A selection in three depths: nobody learns more than he should."""

from tests.domain.risk.examples import DAY, SAMPLE, profile, share, when
from tongguan.domain.risk.criteria import ActiveSet, Policy, Treatment
from tongguan.domain.risk.rules.matcher import Matcher
from tongguan.domain.risk.rules.selection import Selector
from tongguan.domain.risk.rules.shares import Shares
from tongguan.domain.risk.rules.telling import for_auditor, for_officer
from tongguan.domain.risk.values import Contribution, Reason, Selection

SECRET = "Compare the labels with the list of vineyards."
CHOSEN = Selector(
    ActiveSet(day=DAY, stamp=1, version="v", policy=Policy()),
    Matcher(
        [
            profile(
                when("line.price_ratio", "below", "0.5"),
                id=41,
                version=3,
                name="Wine below half of what is usual",
                treatment="full",
                reason="security",
                instruction=SECRET,
            )
        ],
        DAY,
    ),
    Shares([share("documents", "1")]),
    bytes(32),
).select(SAMPLE, key="7/R1", day=DAY)


def test_an_officer_learns_what_to_look_for_and_at_which_line_but_no_condition_or_share() -> None:
    hit, random = for_officer(CHOSEN)

    assert (hit.instruction, hit.lines, hit.treatment) == (SECRET, (1,), Treatment.FULL)
    assert (random.words, random.instruction) == ("Drawn at random.", "")
    assert all(one.facts == {} for one in (hit, random))


def test_who_inspects_goods_is_told_of_goods_and_who_checks_papers_of_papers() -> None:
    assert [one.treatment for one in for_officer(CHOSEN, goods=True)] == [Treatment.FULL]
    assert [one.treatment for one in for_officer(CHOSEN, goods=False)] == [Treatment.DOCUMENTS]


def test_an_auditor_learns_everything() -> None:
    hit, random = for_auditor(CHOSEN)

    assert hit.words.format(**hit.facts) == f"Profile 41, version 3: {SECRET}"
    assert random.words.format(**random.facts) == ("Drawn at a share of 1 by share 1, version 1.")


def test_what_a_draw_spared_is_told_to_the_auditor_only() -> None:
    spared = Reason("profile", "goods", "full", acted=False, criterion=9, version=2, figure="0.1")
    found = Selection(
        documents=False, goods=False, treatment="", reasons=(spared,), seed_day=DAY, set_version="v"
    )

    assert for_officer(found) == ()
    [told] = for_auditor(found)
    assert told.words.format(**told.facts) == (
        "Profile 9, version 2, was met; at a share of 0.1 the draw spared it."
    )


def test_a_model_s_reason_comes_with_what_moved_the_score() -> None:
    scored = Reason("model", "goods", "sample", criterion=1, version=1, figure="0.93")
    found = Selection(
        documents=False,
        goods=True,
        treatment="sample",
        reasons=(scored,),
        seed_day=DAY,
        set_version="v",
    )
    moved = (Contribution("price_ratio", 1.2),)

    [officer], [auditor] = for_officer(found, moved), for_auditor(found, moved)

    assert officer.contributions == auditor.contributions == moved
    assert "0.93" not in officer.words
    assert auditor.words.format(**auditor.facts) == "Score 0.93 under policy 1, version 1."


def test_an_officer_cannot_tell_exploration_from_a_random_share() -> None:
    drawn = [Reason(source, "random", "sample") for source in ("random", "exploration")]
    found = [
        Selection(
            documents=False,
            goods=True,
            treatment="sample",
            reasons=(one,),
            seed_day=DAY,
            set_version="v",
        )
        for one in drawn
    ]

    assert for_officer(found[0]) == for_officer(found[1])
