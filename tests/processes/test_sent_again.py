"""The same reference again: the same content is answered as before, however it is written."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest
from msgspec import json

from tests.domain.declarations.samples import BROKER, TRADER, sound
from tests.domain.parties.factories import mandated
from tongguan.domain.declarations.values import Submission
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.processes.lodgement.lodge import lodge
from tongguan.processes.lodgement.values import Answer, Incoming, Outcome

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
SENT = json.encode(sound())

pytestmark = pytest.mark.django_db


def lodged(*documents: bytes) -> list[Answer]:
    read = [json.decode(one, type=Submission) for one in documents]
    batch = [Incoming(one, None, sha256().digest(), "json") for one in read]
    return lodge(batch, by=SYSTEM, now=NOW)


def written(number: str, other: str) -> bytes:
    """Return the document with a number written in another way."""
    changed = SENT.replace(f'"{number}"'.encode(), f'"{other}"'.encode())
    assert changed != SENT
    return changed


def test_the_same_content_with_other_decimals_or_empty_parts_is_lodged_once() -> None:
    mandated(TRADER, BROKER)
    [first] = lodged(SENT)
    again = [
        written("16440.00", "16440.0"),
        written("16440.00", "16440"),
        written("16440.00", "016440.000000"),
        written("2400", "2400.000"),
        SENT[:-1] + b',"charges":{},"invoice":{},"permits":[],"advance":false}',
        SENT,
    ]

    answers = lodged(*again)

    assert first.outcome is Outcome.ACCEPTED
    assert [(one.outcome, one.number) for one in answers] == [
        (Outcome.REPEATED, first.number)
    ] * len(again)


def test_another_number_under_the_same_reference_is_other_content() -> None:
    mandated(TRADER, BROKER)
    lodged(SENT)

    answers = lodged(written("16440.00", "16440.01"), written("16440.00", "1644000"), SENT)

    assert [[fault.problem.code for fault in one.faults] for one in answers] == [
        ["LOD-001"],
        ["LOD-001"],
        [],
    ]
