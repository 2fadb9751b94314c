"""A request that others act is confirmed as it was read, by who did not ask for it."""

from dataclasses import replace
from typing import Any

import pytest

from tests.domain.holding import officer
from tests.domain.inspection.drawing import (
    AN,
    NOW,
    YAN,
    ask,
    confirm,
    draw,
    held,
    present,
    refused,
    unlike,
)
from tongguan.domain.inspection import officers
from tongguan.facilities.accounts.commands import dismiss_person
from tongguan.facilities.accounts.values import SYSTEM, Role
from tongguan.kernel.identifiers import DeclarationId, HoldId
from tongguan.kernel.problems import ProblemError

pytestmark = pytest.mark.django_db(transaction=True)
CAI = officer("cai", Role.INSPECTOR, "0202")


@pytest.mark.parametrize(
    "changes",
    [
        {"named": ["ding"]},
        {"absent": ["an"]},
        {"ground": "INTEREST", "named": []},
        {"why": "dead animals"},
        {"by": officer("ding", Role.INSPECTOR, "0202")},
    ],
)
def test_a_chief_confirms_what_he_read_and_nothing_that_was_asked_meanwhile(
    case: tuple[DeclarationId, HoldId], changes: dict[str, Any]
) -> None:
    present("an", "bo")
    draw(case)
    first: dict[str, Any] = {"ground": "SKILL", "named": ["cai"], "why": "live animals"}
    ask(case, **first)
    read = held(case).wanted_sha256
    ask(case, **(first | changes))
    act: dict[str, Any] = {"declaration_id": case[0], "hold_id": case[1], "by": YAN, "now": NOW}

    for sha256 in (read, ""):
        with pytest.raises(ProblemError) as error:
            officers.confirm_replacement(sha256=sha256, **act)
        assert refused(error) == ["INS-048"]
    untouched = held(case).officers
    ask(case, **first)

    assert set(untouched) == {"an", "bo"}
    assert officers.confirm_replacement(sha256=read, **act) == ("cai",)


def test_what_was_read_of_an_earlier_replacement_confirms_no_later_one(
    case: tuple[DeclarationId, HoldId],
) -> None:
    present("an", "bo")
    draw(case)
    ask(case, absent=["an"], ground="INTEREST", by=CAI)
    read = held(case).wanted_sha256
    present("ding")
    confirm(case)
    ask(case, absent=["ding"], ground="SKILL", named=["an"], by=CAI)
    confirm(case)
    ask(case, absent=["an"], ground="INTEREST", by=CAI)

    assert read != held(case).wanted_sha256 != ""


def test_a_chief_does_not_confirm_what_he_asked_when_a_subordinate_asks_it_again(
    case: tuple[DeclarationId, HoldId],
) -> None:
    present("an", "bo")
    draw(case)
    ask(case, by=YAN, ground="INTEREST")
    ask(case, by=AN, ground="INTEREST")
    present("cai")
    asked = held(case)

    with pytest.raises(ProblemError) as error:
        confirm(case)

    assert refused(error) == ["INS-031"]
    assert (asked.wanted_by, asked.wanted_askers) == ("an", ("yan", "an"))
    assert confirm(case, replace(YAN, name="zhou")) == ("cai",)
    assert held(case).wanted_askers == ()
    present("ding")
    ask(case, absent=["cai"], ground="INTEREST")
    assert confirm(case) == ("ding",)
    assert unlike() == []


def test_an_officer_who_was_dismissed_is_replaced_and_so_is_what_another_asked_who_was(
    case: tuple[DeclarationId, HoldId],
) -> None:
    present("an", "bo")
    draw(case)
    ask(case, by=CAI, ground="INTEREST")
    ask(case, by=AN, ground="INTEREST")
    present("ding")
    for name in ("bo", "cai"):
        dismiss_person(username=name, by=SYSTEM, now=NOW)

    assert confirm(case) == ("ding",)
