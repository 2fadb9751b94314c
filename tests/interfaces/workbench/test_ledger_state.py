"""The page of the ledger says how the whole of it stands, and raises an alarm where it must."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection
from django.test import override_settings

from tests.interfaces.workbench.conftest import House
from tongguan.facilities.accounts.commands import register_client
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.ledger.installation_keys import public_key
from tongguan.facilities.ledger.models import Entry
from tongguan.facilities.ledger.queries import signed_checkpoints
from tongguan.facilities.ledger.signing import KEY
from tongguan.facilities.ledger.witnesses import countersign, keep_countersignatures
from tongguan.kernel.time import utc_now
from tongguan.processes import jobs, verifications
from tongguan.processes.reconciliation import adopt
from tongguan.processes.seals import sign_ledger
from tongguan.processes.verifications import verify_if_due

WITNESS = Ed25519PrivateKey.generate()


def at_work(now: datetime) -> None:
    """Describe what the factories of tests wrote; admit software; sign."""
    adopt(reason="factories", by=SYSTEM, now=now)
    register_client(name="software", label="Software", postings=[], by=SYSTEM, now=now)
    sign_ledger(now)


def test_a_new_house_says_that_nothing_was_verified_yet(house: House) -> None:
    page = house.get("auditor", "/ledger")

    assert "none yet" in page
    assert "none is set up" in page
    assert 'role="alert"' not in page


def test_the_page_shows_the_last_verification_the_checkpoint_its_witness_and_the_second_place(
    house: House, tmp_path: Path
) -> None:
    now, second = utc_now(), tmp_path / "second"
    with override_settings(CHECKPOINTS_TO=second):
        at_work(now)
    seen = countersign(
        list(signed_checkpoints()),
        state=tmp_path / "seen.json",
        keys=[public_key(KEY)],
        witness="Tianjin",
        signing=WITNESS,
        now=now,
    )
    keep_countersignatures([seen], keys=())
    with override_settings(CHECKPOINTS_TO=second):
        found = verify_if_due(now=now)
        page = house.get("auditor", "/ledger")

    assert found is not None
    assert (found.broken, found.differing, found.adoptions) == (0, 0, 1), found.first
    assert f"{found.entries} entries and {found.compared} rows: 0 faults, 0 differences" in page
    assert "Tianjin: checkpoint 1" in page
    assert "up to checkpoint 1" in page
    assert 'role="alert"' not in page


def test_a_row_that_was_changed_past_the_product_raises_an_alarm_with_the_next_verification(
    house: House,
) -> None:
    now = utc_now()
    at_work(now)
    assert verify_if_due(now=now) is not None
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_apiclient SET label = 'x'")

    assert verify_if_due(now=now + timedelta(hours=23)) is None
    found = verify_if_due(now=now + timedelta(hours=24))
    page = house.get("reviewer", "/ledger")

    assert found is not None
    assert (found.is_alarming, found.differing) == (True, 1)
    assert "accounts_apiclient" in found.first
    assert 'role="alert"' in page
    assert "0 faults and 1 differences" in page
    assert found.first in page


def test_a_verification_that_is_missed_and_a_second_place_that_is_behind_raise_an_alarm(
    house: House, tmp_path: Path
) -> None:
    long_ago = utc_now() - timedelta(days=3)
    at_work(long_ago)
    verify_if_due(now=long_ago)

    with override_settings(CHECKPOINTS_TO=tmp_path):
        page = house.get("auditor", "/ledger")

    assert "it is due every day" in page
    assert "The second place lacks the last checkpoints." in page


@pytest.mark.parametrize("forged", [timedelta(days=400), None])
def test_a_forged_verification_does_not_keep_the_next_one_from_running(
    house: House, forged: timedelta | None
) -> None:
    now = utc_now()
    at_work(now)
    verify_if_due(now=now)
    last = Entry.objects.filter(kind="LEDGER_VERIFIED")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        if forged is None:
            last.update(facts={"entries": "many"})
        else:
            last.update(at=now + forged)

    found = verify_if_due(now=now + timedelta(minutes=1))

    assert found is not None
    assert found.is_alarming


def test_the_worker_looks_whether_a_verification_is_due() -> None:
    assert verifications.look in [beat for _seconds, beat in jobs.BEATS]
