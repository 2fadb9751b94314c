"""The matcher answers as the plain reading of a profile does, and quickly."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bench import profiles as made
from tests.domain.risk import examples as given_
from tests.domain.risk.examples import DAY, SAMPLE, profile, when
from tongguan.domain.risk.criteria import Profile
from tongguan.domain.risk.facts import Facts
from tongguan.domain.risk.rules import plain
from tongguan.domain.risk.rules.matcher import Matcher


@settings(max_examples=400, deadline=None)
@given(found=given_.profiles(), batch=st.lists(given_.declared(), max_size=4))
def test_any_profiles_meet_any_declarations_as_plainly_read(
    found: list[Profile], batch: list[Facts]
) -> None:
    matcher = Matcher(found, DAY)

    assert matcher.match_many(batch) == [plain.hits(found, facts, day=DAY) for facts in batch]
    assert matcher.match_many(batch) == [plain.hits(found, facts, day=DAY) for facts in batch]


@settings(max_examples=200, deadline=None)
@given(found=given_.profiles(), facts=given_.declared())
def test_with_little_memory_the_answer_is_the_same(found: list[Profile], facts: Facts) -> None:
    matcher = Matcher(found, DAY, table_bytes=1)

    assert matcher.match(facts) == plain.hits(found, facts, day=DAY)


def test_ten_thousand_profiles_meet_a_declaration_as_plainly_read() -> None:
    found = made.made(10_000)
    matcher, scarce = Matcher(found, DAY), Matcher(found, DAY, table_bytes=800_000)
    batch = made.declared(8)

    expected = [plain.hits(found, facts, day=DAY) for facts in batch]

    assert matcher.match_many(batch) == expected
    assert scarce.match_many(batch) == expected
    assert sum(map(len, expected)) > len(batch)


def test_the_same_set_serves_another_day_without_being_compiled_again() -> None:
    begun = profile(id=1, valid_until=DAY + timedelta(days=1))
    later = profile(id=2, valid_from=DAY + timedelta(days=1))
    today = Matcher([begun, later], DAY)

    tomorrow = today.on(DAY + timedelta(days=1))

    assert [hit.profile.id for hit in today.match(SAMPLE)] == [1]
    assert [hit.profile.id for hit in tomorrow.match(SAMPLE)] == [2]


def test_one_line_has_to_meet_all_conditions_over_lines_together() -> None:
    french_pump = profile(when("line.origin", "is", "FRA"), when("line.commodity", "prefix", "84"))
    french_wine = profile(when("line.origin", "is", "FRA"), when("line.commodity", "prefix", "22"))
    matcher = Matcher([french_pump, french_wine], DAY)

    [hit] = matcher.match(SAMPLE)

    assert hit.profile is french_wine
    assert hit.lines == (1,)


def test_a_hit_names_every_line_that_meets_the_profile() -> None:
    dear = profile(when("line.value", "at_least", "1000"))

    [hit] = Matcher([dear], DAY).match(SAMPLE)

    assert hit.lines == (1, 2)


def test_two_conditions_on_one_field_both_hold() -> None:
    within = profile(
        when("total_value", "at_least", "100000"), when("total_value", "below", "130000")
    )
    around = profile(
        when("total_value", "at_least", "100000"), when("total_value", "at_most", "130000")
    )

    hits = Matcher([within, around], DAY).match(SAMPLE)

    assert [hit.profile for hit in hits] == [around]


def test_a_profile_without_conditions_meets_every_declaration_even_one_without_lines() -> None:
    matcher = Matcher([profile()], DAY)

    assert len(matcher.match(Facts())) == 1


def test_no_profiles_no_hits() -> None:
    assert Matcher([], date(2026, 1, 1)).match(SAMPLE) == ()


def test_answers_are_forgotten_when_too_many_are_kept_and_stay_the_same() -> None:
    found = [profile(when("trader", "prefix", "9111"), id=1)]
    matcher = Matcher(found, DAY, table_bytes=1)
    batch = [Facts(trader=f"9111{number}") for number in range(3)]

    many = [Facts(trader=f"9{number}") for number in range(20)]
    before = matcher.match_many(batch)
    matcher.match_many(many)

    assert matcher.match_many(batch) == before
    assert [len(hits) for hits in before] == [1, 1, 1]
