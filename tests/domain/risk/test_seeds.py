"""Seeds are sealed until their day is over: the tables alone do not tell them."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.risk.examples import AUDITOR, DAY, NOON
from tongguan.domain.risk import active, problems, published
from tongguan.domain.risk.models import DailySeed
from tongguan.domain.risk.publication import publish
from tongguan.domain.risk.rules.draw import commitment
from tongguan.domain.risk.rules.sealing import seal, unseal
from tongguan.domain.risk.seeds import commit_seed, open_seed, replace_key, seed_in
from tongguan.facilities.ledger.models import Entry
from tongguan.kernel.problems import ProblemError

TOMORROW = DAY + timedelta(days=1)
KEY = bytes(range(32))


@pytest.fixture
def keys(tmp_path: Path) -> Iterator[Path]:
    """A house with keys of its own."""
    active.forget()
    with override_settings(KEYS_DIR=tmp_path / "keys"):
        yield tmp_path / "keys"
    active.forget()


def dump() -> bytes:
    """Return every table that holds rows, as a dump of the database has them."""
    out = io.BytesIO()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            with cursor.copy(f'COPY "{table}" TO STDOUT') as rows:
                for row in rows:
                    out.write(row)
    return out.getvalue()


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=12, max_size=12))
def test_what_is_sealed_opens_for_its_day_and_under_its_key_alone(
    seed: bytes, nonce: bytes
) -> None:
    sealed = seal(KEY, DAY, seed, nonce=nonce)

    assert unseal(KEY, DAY, sealed) == seed
    assert seed not in sealed
    assert unseal(KEY, TOMORROW, sealed) is None
    assert unseal(bytes(32), DAY, sealed) is None
    assert unseal(KEY, DAY, sealed[:-1]) is None
    assert unseal(KEY, DAY, b"") is None


@pytest.mark.django_db
def test_a_dump_tells_no_seed_before_it_is_revealed_and_the_seed_after(keys: Path) -> None:
    publish(now=NOON)
    today, tomorrow = open_seed(DAY, now=NOON), seed_in(DailySeed.objects.get(day=TOMORROW))

    before = dump()
    publish(now=NOON + timedelta(days=1))
    after = dump()

    for told in (today.hex().encode(), tomorrow.hex().encode()):
        assert told not in before
    assert commitment(TOMORROW, tomorrow).encode() in before
    assert today.hex().encode() in after
    assert tomorrow.hex().encode() not in after


@pytest.mark.django_db
def test_the_table_takes_no_clear_seed_that_is_not_revealed(keys: Path) -> None:
    commit_seed(DAY, now=NOON)

    with pytest.raises(IntegrityError, match="seed_sealed_until_revealed"), transaction.atomic():
        DailySeed.objects.filter(day=DAY).update(seed=KEY)


@pytest.mark.django_db
def test_the_first_seed_makes_the_key_and_its_owner_alone_reads_it(keys: Path) -> None:
    assert not keys.exists()

    commit_seed(DAY, now=NOON)

    assert [path.name for path in keys.iterdir()] == ["seeds.key"]
    assert (keys / "seeds.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_a_house_without_its_key_says_so_and_makes_no_other(keys: Path) -> None:
    publish(now=NOON)
    (keys / "seeds.key").unlink()

    for ask in (
        lambda: open_seed(DAY, now=NOON),
        lambda: commit_seed(DAY + timedelta(days=2), now=NOON),
        lambda: publish(now=NOON + timedelta(days=1)),
        lambda: active.selector(DAY),
    ):
        with pytest.raises(ProblemError) as refusal:
            ask()
        assert [fault.problem for fault in refusal.value.faults] == [problems.KEY_MISSING]
    assert list(keys.iterdir()) == []
    (keys / "seeds.key").write_bytes(b"no key")
    with pytest.raises(ProblemError) as refusal:
        open_seed(DAY, now=NOON)
    assert [fault.problem for fault in refusal.value.faults] == [problems.KEY_MISSING]
    assert [row.seed for row in DailySeed.objects.all()] == [None, None]


@pytest.mark.django_db
def test_another_key_than_the_one_it_was_sealed_with_is_told(keys: Path) -> None:
    commit_seed(DAY, now=NOON)
    (keys / "seeds.key").write_bytes(KEY)

    with pytest.raises(ProblemError) as refusal:
        open_seed(DAY, now=NOON)

    [fault] = refusal.value.faults
    assert (fault.problem, fault.facts) == (problems.OTHER_KEY, {"day": DAY})


@pytest.mark.django_db
def test_what_is_revealed_needs_no_key(keys: Path) -> None:
    publish(now=NOON)
    seed = open_seed(DAY, now=NOON)
    publish(now=NOON + timedelta(days=1))

    (keys / "seeds.key").unlink()

    assert open_seed(DAY, now=NOON) == seed
    assert [one.seed for one in published.seeds(DAY, DAY)] == [seed.hex()]


@pytest.mark.django_db
def test_seeds_whose_key_is_lost_are_given_up_in_the_ledger_and_new_ones_follow(
    keys: Path,
) -> None:
    publish(now=NOON)
    old = {row.day: row.commitment for row in DailySeed.objects.all()}
    (keys / "seeds.key").unlink()

    days = replace_key(why="the disk of the keys is gone", by=AUDITOR, now=NOON)
    publish(now=NOON)

    assert days == (DAY, TOMORROW)
    told = Entry.objects.filter(kind="SEED_LOST").order_by("number")
    assert [(one.facts["day"], one.facts["commitment"]) for one in told] == [
        (str(day), old[day]) for day in days
    ]
    assert {one.facts["why"] for one in told} == {"the disk of the keys is gone"}
    assert {row.commitment for row in DailySeed.objects.all()}.isdisjoint(old.values())
    assert len(open_seed(TOMORROW, now=NOON)) == 32


@pytest.mark.django_db
def test_seeds_that_open_are_not_given_up(keys: Path) -> None:
    publish(now=NOON)
    before = dump()

    assert replace_key(why="by mistake", by=AUDITOR, now=NOON) == ()

    assert dump() == before


@pytest.mark.django_db(transaction=True)
def test_seeds_that_stood_in_clear_are_sealed_when_the_tables_are_brought_up_to_date(
    keys: Path,
) -> None:
    publish(now=NOON - timedelta(days=1))
    publish(now=NOON)
    clear = {row.day: seed_in(row) for row in DailySeed.objects.all()}
    try:
        call_command("migrate", "risk", "0003", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("SELECT day, seed FROM risk_dailyseed")
            assert {day: bytes(seed) for day, seed in cursor.fetchall()} == clear
        (keys / "seeds.key").unlink()
    finally:
        call_command("migrate", "risk", verbosity=0)

    rows = list(DailySeed.objects.order_by("day"))
    assert [row.seed is None for row in rows] == [False, True, True]
    assert {row.day: seed_in(row) for row in rows} == clear
    assert dump().count(clear[TOMORROW].hex().encode()) == 0
