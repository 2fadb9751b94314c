"""Whether a mandate covers a declaration: missing, expired, revoked, another's, too narrow."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongguan.domain.parties import problems
from tongguan.domain.parties.delegation import check_mandate
from tongguan.domain.parties.rules.mandates import AT, best
from tongguan.domain.parties.values import MandateFlow, MandateRow
from tongguan.kernel.problems import Fault

DAY = date(2026, 11, 16)
MANDATE = MandateRow(1, 10, "", 20, "", "", date(2026, 1, 1), date(2027, 1, 1), None)
LINES = ("8482102000", "4016931000")


def checked(mandate: MandateRow | None, flow: str = "import") -> tuple[Fault, ...]:
    return check_mandate(mandate, flow, commodities=LINES, day=DAY)


@pytest.mark.parametrize(
    "mandate",
    [
        MANDATE,
        replace(MANDATE, valid_from=DAY),
        replace(MANDATE, valid_until=DAY + timedelta(days=1)),
        replace(MANDATE, revoked_on=DAY + timedelta(days=1)),
        replace(MANDATE, flow="import"),
        replace(MANDATE, chapters=("40", "84", "90")),
        replace(MANDATE, flow="export", further=(replace(MANDATE, id=2, flow="import"),)),
    ],
)
def test_a_mandate_in_force_for_these_goods_covers_the_declaration(mandate: MandateRow) -> None:
    assert checked(mandate) == ()


def test_without_a_mandate_nobody_declares_for_another() -> None:
    assert checked(None) == (problems.NO_MANDATE.at(AT),)


@pytest.mark.parametrize(
    "mandate",
    [replace(MANDATE, valid_until=DAY), replace(MANDATE, valid_from=DAY + timedelta(days=1))],
)
def test_an_expired_mandate_and_one_to_come_are_told_with_their_days(mandate: MandateRow) -> None:
    period = {"valid_from": mandate.valid_from, "valid_until": mandate.valid_until}

    assert checked(mandate) == (problems.MANDATE_EXPIRED.at(AT, **period),)


def test_a_mandate_revoked_today_is_told_as_revoked() -> None:
    assert checked(replace(MANDATE, revoked_on=DAY)) == (
        problems.MANDATE_REVOKED.at(AT, revoked_on=DAY),
    )


def test_a_mandate_of_another_principal_does_not_help() -> None:
    assert checked(replace(MANDATE, other_principal=True)) == (problems.OTHER_PRINCIPAL.at(AT),)


@pytest.mark.parametrize(
    ("mandate", "flow", "chapters"),
    [
        (replace(MANDATE, flow="export"), MandateFlow.EXPORT, "01–97"),
        (replace(MANDATE, chapters=("84", "90")), MandateFlow.BOTH, "84, 90"),
    ],
)
def test_a_mandate_for_something_else_says_what_it_covers(
    mandate: MandateRow, flow: MandateFlow, chapters: str
) -> None:
    assert checked(mandate) == (problems.OTHER_SCOPE.at(AT, flow=flow, chapters=chapters),)


def test_a_line_without_a_code_is_in_no_chapter() -> None:
    narrow = replace(MANDATE, chapters=("84",))

    [fault] = check_mandate(narrow, "import", commodities=[None], day=DAY)

    assert fault.problem is problems.OTHER_SCOPE


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@st.composite
def a_mandate(draw: st.DrawFn) -> MandateRow:
    begin, length = draw(days), draw(st.integers(1, 200))
    revoked = draw(st.none() | days)
    id_ = draw(st.integers(1, 99))
    return replace(
        MANDATE,
        id=id_,
        valid_from=begin,
        valid_until=begin + timedelta(days=length),
        revoked_on=revoked,
    )


@given(between=st.lists(a_mandate(), min_size=1, max_size=6), day=days)
def test_the_best_is_in_force_whenever_any_is(between: list[MandateRow], day: date) -> None:
    first, others = best(between, day)

    in_force = [one for one in between if one.in_force(day)]
    assert first.in_force(day) is bool(in_force)
    assert sorted((first, *others) if in_force else others, key=repr) == sorted(in_force, key=repr)
