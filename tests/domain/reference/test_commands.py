"""Loading tariffs and correcting exchange rates, and what every process sees of it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest
from django.db import IntegrityError

from tests.domain.reference.test_tariff_file import ROW, changed, sheet
from tongguan.domain.reference.commands import Loaded, confirm_rate, load_tariff, propose_rate
from tongguan.domain.reference.loaded import releases
from tongguan.domain.reference.models import RateCorrection, Stamp, TariffRelease, TariffRow
from tongguan.domain.reference.queries import (
    CorrectionRow,
    corrections,
    pack,
    renew,
    snapshot,
)
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.facilities.ledger.models import Entry
from tongguan.kernel.problems import ProblemError

pytestmark = pytest.mark.django_db

NOW: Final = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TODAY: Final = date(2026, 11, 24)
MONTH: Final = date(2026, 11, 1)
WANG: Final = Actor("wang", "王", 1, roles=frozenset({Role.REVENUE}))
LI: Final = Actor("li", "李", 2, roles=frozenset({Role.ADMINISTRATOR}))
TRADER: Final = Actor("zhang", "张", 3, roles=frozenset({Role.TRADER}))


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Let each test see what it loads, and none what another had."""
    renew()
    yield
    renew()


def load(data: bytes, *, whole: bool = False, since: date = TODAY, by: Actor = SYSTEM) -> object:
    return load_tariff(
        data, name="a test", source="a test", valid_from=since, whole=whole, by=by, now=NOW
    )


def propose(rate: str = "7.25", *, currency: str = "USD", by: Actor = WANG) -> int:
    return propose_rate(
        currency=currency,
        month=TODAY,
        rate=rate,
        reason="a slip of the pen",
        source="PBoC, 21 October 2026",
        by=by,
        now=NOW,
    )


def codes_of(refusal: pytest.ExceptionInfo[ProblemError]) -> list[str]:
    return [fault.problem.code for fault in refusal.value.faults]


def test_without_anything_loaded_the_pack_speaks_alone(settings: object) -> None:
    whole = snapshot()

    line = whole.tariff.line("8482102000", TODAY)
    assert line is not None
    assert line.demonstration
    assert whole is snapshot()


def test_a_loaded_line_stands_before_the_demonstration_at_once() -> None:
    before = snapshot()

    done = load(sheet(changed(mfn_rate="0.05")))
    renew()

    after = snapshot()
    line = after.tariff.line("8482102000", TODAY)
    assert line is not None
    assert (line.mfn, line.demonstration, line.source) == (Decimal("0.05"), False, "a test")
    assert line.name_en == "ball bearings"
    assert line.elements == ("品牌类型", "出口享惠情况", "结构类型")
    assert after.version != before.version
    assert (done.rows, done.unrated, done.repeated) == (1, 0, False)  # type: ignore[attr-defined]
    assert Entry.objects.get().kind == "TARIFF_LOADED"


@pytest.mark.parametrize(
    ("vat", "rates"),
    [
        ("0.17", ["0.17", "0.16", "0.13"]),
        ("0.13", ["0.13", "0.10", "0.09"]),
        ("0", ["0", "0", "0"]),
        ("", ["0.17", "0.16", "0.13"]),
    ],
)
def test_the_vat_of_a_loaded_row_follows_the_law(vat: str, rates: list[str]) -> None:
    load(sheet(changed(vat_rate=vat)), since=date(2014, 6, 1))
    renew()

    tariff = snapshot().tariff
    days = (date(2014, 6, 1), date(2018, 5, 1), date(2019, 4, 1))
    rows = [tariff.line("8482102000", day) for day in days]
    assert [None if row is None else row.vat for row in rows] == [Decimal(rate) for rate in rates]
    assert not any(row is None or row.demonstration for row in rows)


def test_a_row_without_vat_of_a_code_nobody_knows_is_left_to_an_officer() -> None:
    done = load(sheet(changed(hs10="9999999999", vat_rate="")))
    renew()

    line = snapshot().tariff.line("9999999999", TODAY)
    assert line is not None
    assert line.vat is None
    assert done.unrated == 1  # type: ignore[attr-defined]
    assert [(one.rate, one.rows) for one in done.vat] == [(None, 1)]  # type: ignore[attr-defined]


def test_a_process_goes_on_with_what_it_keeps_until_it_looks_again() -> None:
    before = snapshot()

    load(sheet(ROW))

    assert snapshot() is before


def test_nothing_is_loaded_when_a_row_is_refused_and_every_fault_is_told() -> None:
    with pytest.raises(ProblemError) as refusal:
        load(sheet(ROW, changed(hs10="1"), changed(hs10="8482103000", unit1="", mfn_rate="8%")))

    assert [(one.facts["row"], one.facts["column"]) for one in refusal.value.faults] == [
        (3, "hs10"),
        (4, "unit1"),
        (4, "mfn_rate"),
    ]
    assert not TariffRelease.objects.exists()
    assert not Entry.objects.exists()


def test_a_rate_that_is_not_known_is_loaded_as_such_and_counted() -> None:
    done = load(sheet(ROW, changed(hs10="8482103000", mfn_rate="")))

    assert (done.rows, done.unrated) == (2, 1)  # type: ignore[attr-defined]
    assert TariffRow.objects.get(code="8482103000").mfn is None


def test_a_0_that_stands_for_a_rate_by_quantity_is_counted() -> None:
    done = load(sheet(ROW, changed(hs10="2709000000", general_rate="0", mfn_rate="0")))

    assert (done.rows, done.doubted) == (2, 1)  # type: ignore[attr-defined]


def test_the_rates_of_value_added_tax_are_those_of_the_first_day() -> None:
    load(sheet(changed(vat_rate="0.17")), since=date(2015, 1, 1))

    with pytest.raises(ProblemError) as refusal:
        load(sheet(changed(vat_rate="0.17")), since=date(2020, 1, 1))

    assert codes_of(refusal) == ["REF-020"]
    assert TariffRelease.objects.count() == 1


def test_a_tariff_of_a_day_whose_law_is_not_known_is_refused() -> None:
    with pytest.raises(ProblemError) as refusal:
        load(sheet(ROW), since=date(1999, 1, 1))

    assert codes_of(refusal) == ["REF-071"]


@pytest.mark.parametrize(
    ("rate", "value"), [("general", 3), ("mfn", 1), ("export", 1), ("consumption", 1), ("vat", -1)]
)
def test_the_table_itself_holds_no_percents(rate: str, value: int) -> None:
    load(sheet(ROW))

    with pytest.raises(IntegrityError, match=f"tariff_{rate}_share"):
        TariffRow.objects.update(**{rate: value})


def test_the_same_file_again_changes_nothing() -> None:
    first = load(sheet(ROW))

    again = load(sheet(ROW))

    assert again.repeated  # type: ignore[attr-defined]
    assert (again.release, again.rows) == (first.release, 1)  # type: ignore[attr-defined]
    assert TariffRelease.objects.count() == 1
    assert Entry.objects.count() == 1


def test_a_tariff_that_was_loaded_before_another_of_the_day_holds_again() -> None:
    right, wrong = sheet(ROW), sheet(changed(mfn_rate="0.01"))
    load(right)
    load(wrong)

    again = load(right)
    renew()

    assert not again.repeated  # type: ignore[attr-defined]
    found = snapshot().tariff.line(ROW["hs10"], TODAY)
    assert found is not None
    assert found.mfn == Decimal("0.08")
    assert load(right).repeated  # type: ignore[attr-defined]
    assert load(right, whole=True).repeated is False  # type: ignore[attr-defined]
    assert TariffRelease.objects.count() == 4


def test_a_tariff_of_another_day_does_not_make_one_new() -> None:
    load(sheet(ROW))
    load(sheet(changed(mfn_rate="0.01")), since=date(2026, 12, 1))

    assert load(sheet(ROW)).repeated  # type: ignore[attr-defined]


def test_a_file_without_a_row_leaves_nothing() -> None:
    with pytest.raises(ProblemError) as refusal:
        load(sheet())

    assert codes_of(refusal) == ["REF-027"]
    assert not TariffRelease.objects.exists()
    assert not Entry.objects.exists()


def test_a_release_names_its_source() -> None:
    with pytest.raises(ProblemError) as refusal:
        load_tariff(sheet(ROW), name="x", source=" ", valid_from=TODAY, by=SYSTEM, now=NOW)

    assert codes_of(refusal) == ["REF-005"]


def test_a_trader_cannot_load_a_tariff() -> None:
    with pytest.raises(ProblemError) as refusal:
        load(sheet(ROW), by=TRADER)

    assert codes_of(refusal) == ["ACC-001"]


def test_the_official_tariff_is_loaded_whole(shared_data: Path) -> None:
    data = (shared_data / "codes" / "tariff_2020.csv").read_bytes()

    done = load(data, whole=True, since=date(2020, 1, 1))
    renew()

    found = snapshot().tariff
    assert (done.rows, done.unrated, done.doubted) == (11_988, 3, 79)  # type: ignore[attr-defined]
    assert TariffRow.objects.count() == 11_988
    assert len(found.lines) == 11_988
    assert not any(
        line.demonstration
        for code in found.lines
        if (line := found.line(code, date(2020, 1, 1))) is not None
    )
    [listed] = releases()
    assert (listed.rows, listed.whole, listed.valid_from) == (11_988, True, date(2020, 1, 1))


def test_a_rate_is_in_force_once_a_second_person_confirms_it() -> None:
    first = snapshot().exchange.rate("USD", TODAY)
    number = propose()
    renew()
    waiting = snapshot().exchange.rate("USD", TODAY)

    confirm_rate(number, by=LI, now=NOW)
    renew()

    then = snapshot().exchange.rate("USD", TODAY)
    assert waiting == first
    assert then is not None
    assert (then.rate, then.source, then.fixed_on) == (
        Decimal("7.25"),
        "PBoC, 21 October 2026",
        date(2026, 10, 21),
    )
    assert snapshot().exchange.rate("USD", date(2026, 12, 1)) != then
    assert [entry.kind for entry in Entry.objects.order_by("number")] == [
        "RATE_PROPOSED",
        "RATE_CONFIRMED",
    ]
    assert corrections() == (
        CorrectionRow(
            number,
            "USD",
            MONTH,
            Decimal("7.25"),
            "a slip of the pen",
            "PBoC, 21 October 2026",
            "wang",
            NOW,
            "li",
            NOW,
        ),
    )


def test_whoever_proposed_a_rate_cannot_confirm_it() -> None:
    number = propose()

    with pytest.raises(ProblemError) as refusal:
        confirm_rate(number, by=WANG, now=NOW)

    assert codes_of(refusal) == ["REF-021"]
    assert RateCorrection.objects.get().confirmed_at is None


def test_the_table_itself_refuses_one_person_twice() -> None:
    number = propose()

    with pytest.raises(IntegrityError, match="rate_confirmed_by_another"):
        RateCorrection.objects.filter(pk=number).update(confirmed_by="wang", confirmed_at=NOW)


def test_a_rate_is_confirmed_once() -> None:
    number = propose()
    confirm_rate(number, by=LI, now=NOW)

    for absent in (number, number + 1):
        with pytest.raises(ProblemError) as refusal:
            confirm_rate(absent, by=LI, now=NOW)
        assert codes_of(refusal) == ["REF-025"]


@pytest.mark.parametrize(
    ("currency", "rate", "codes"),
    [
        ("XXX", "7", ["REF-023"]),
        ("CNY", "1", ["REF-023"]),
        ("USD", "0", ["REF-024"]),
        ("USD", "-7", ["REF-024"]),
        ("USD", "NaN", ["REF-024"]),
        ("USD", "seven", ["REF-024"]),
        ("USD", "7.1234567", ["REF-024"]),
        ("USD", "1000000", ["REF-024"]),
        ("XXX", "seven", ["REF-023", "REF-024"]),
    ],
)
def test_a_proposal_at_fault_is_refused(currency: str, rate: str, codes: list[str]) -> None:
    with pytest.raises(ProblemError) as refusal:
        propose(rate, currency=currency)

    assert codes_of(refusal) == codes
    assert not RateCorrection.objects.exists()


def test_a_proposal_says_why() -> None:
    with pytest.raises(ProblemError) as refusal:
        propose_rate(
            currency="USD", month=TODAY, rate="7", reason=" ", source="x", by=WANG, now=NOW
        )

    assert codes_of(refusal) == ["REF-026"]


@pytest.mark.parametrize("act", ["propose", "confirm"])
def test_a_trader_has_no_hand_in_rates(act: str) -> None:
    number = propose()

    with pytest.raises(ProblemError) as refusal:
        propose(by=TRADER) if act == "propose" else confirm_rate(number, by=TRADER, now=NOW)

    assert codes_of(refusal) == ["ACC-001"]


def test_a_faulty_pack_is_not_used(tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as refusal:
        pack(tmp_path)

    assert "REF-001" in codes_of(refusal)


def test_rows_call_themselves_by_what_they_are() -> None:
    load(sheet(ROW))
    propose()

    named = [Stamp.objects.get(), TariffRelease.objects.get(), TariffRow.objects.get()]
    assert [str(row) for row in named] == ["1", "a test 2026-11-24", "8482102000"]
    assert str(RateCorrection.objects.get()) == "USD 2026-11: 7.250000"


def test_letters_of_the_controls_that_no_rule_explains_are_told() -> None:
    known = load(sheet(changed(control_codes="47ABx")))
    unknown = load(sheet(changed(control_codes="Auw")))

    assert isinstance(known, Loaded)
    assert isinstance(unknown, Loaded)
    assert (known.letters, unknown.letters) == ("", "uw")
