"""The verifier in the docs finds a real export right, and every tampering with it."""

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec import json, structs

from tests.domain.risk.cases import accepted, in_force, trader
from tests.domain.risk.examples import (
    AUDITOR,
    CHU,
    DAY,
    NOON,
    SAMPLE,
    WEI,
    profile,
    share,
    when,
)
from tests.domain.risk.learning.invented import trained
from tongguan.domain.risk import approvals, publication, published
from tongguan.domain.risk.criteria import Kind, ModelCard, Policy

VERIFIER = Path(__file__).parents[3] / "docs/verify/verify_draw.py"
BEFORE = NOON - timedelta(days=1)
AFTER = NOON + timedelta(days=1)


def verify(export: Any, where: Path, *noted: str) -> tuple[int, list[str]]:
    file = where / "export.json"
    file.write_bytes(export if isinstance(export, bytes) else json.encode(export))
    done = subprocess.run(
        [sys.executable, "-I", str(VERIFIER), str(file), *noted],
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr
    return done.returncode, done.stdout.splitlines()


@pytest.fixture
def export(db: None) -> bytes:
    """A day with profiles, shares and exploration, over sixty declarations."""
    trader_id = trader()
    publication.publish(now=BEFORE)
    card = approvals.keep_model(
        content=trained().dump(),
        card=ModelCard(
            name="learned",
            sha256="",
            data_sha256="d",
            learned_until=DAY - timedelta(days=30),
            bounds={"hit_ratio": 1},
        ),
        by=CHU,
        now=BEFORE,
    )
    approvals.approve(kind=Kind.MODEL, ids=[card.id], by=WEI, now=BEFORE)
    in_force(
        structs.replace(profile(when("line.origin", "is", "FRA"), share=Decimal("0.4")), id=0),
        share("scan", "0.5", id=0, credit="general"),
        share("scan", "0.9", id=0, credit="general", commodity="2204"),
        Policy(name="explore", exploration=Decimal("0.3")),
        now=BEFORE,
    )
    publication.publish(now=NOON)
    for number in range(60):
        mode = "regional" if number % 2 else "port"
        accepted(trader_id, structs.replace(SAMPLE, mode=mode))
    publication.publish(now=AFTER)
    publication.open_sets(day=DAY, by=AUDITOR, now=AFTER)
    return json.encode(published.export(DAY))


def test_a_real_export_is_found_right(export: bytes, tmp_path: Path) -> None:
    code, told = verify(export, tmp_path)

    assert (code, told) == (0, ["2026-11-24: 5 sets, 60 declarations, 0 faults"])
    assert len(VERIFIER.read_text().splitlines()) <= 140


def test_commitments_noted_before_the_day_are_looked_for(export: bytes, tmp_path: Path) -> None:
    found = json.decode(export)
    noted = [found["seed"]["commitment"], found["sets"][0]["commitment"]]

    assert verify(export, tmp_path, *noted)[0] == 0
    code, told = verify(export, tmp_path, *noted, "f" * 64)
    assert (code, told[0]) == (1, f"noted, but not in the export: {'f' * 64}")


def _other_seed(export: dict[str, Any]) -> None:
    export["seed"]["seed"] = "00" * 32


def _late(export: dict[str, Any]) -> None:
    export["seed"]["committed_at"] = "2026-11-23T16:00:00Z"  # midnight in the region


def _other_wording(export: dict[str, Any]) -> None:
    one = next(one for one in export["sets"][-1]["criteria"] if one["kind"] == "profile")
    one["text"] = one["text"].replace("FRA", "DEU")


def _left_out(export: dict[str, Any]) -> None:
    export["sets"][-1]["criteria"].pop()


def _other_salt(export: dict[str, Any]) -> None:
    export["sets"][-1]["salt"] = "00" * 16


def _spared(export: dict[str, Any]) -> None:
    drawn = next(one for one in export["declarations"] if one["random"])
    drawn["random"] = []


def _picked(export: dict[str, Any]) -> None:
    not_explored = next(one for one in export["declarations"] if not one["exploration"])
    not_explored["exploration"] = True


def _acted(export: dict[str, Any]) -> None:
    one = export["declarations"][0]
    one["profiles"] = [[id_, not acted] for id_, acted in one["profiles"]]


def _of_another_set(export: dict[str, Any]) -> None:
    export["declarations"][0]["set"] = "0" * 64


@pytest.mark.parametrize(
    "tamper",
    [
        _other_seed,
        _late,
        _other_wording,
        _left_out,
        _other_salt,
        _spared,
        _picked,
        _acted,
        _of_another_set,
    ],
)
def test_whatever_is_changed_afterwards_is_found(
    tamper: Callable[[dict[str, Any]], None], export: bytes, tmp_path: Path
) -> None:
    found = json.decode(export)

    tamper(found)
    code, told = verify(found, tmp_path)

    assert code == 1
    assert len(told) > 1


def test_what_is_not_open_yet_cannot_be_checked(db: None, tmp_path: Path) -> None:
    publication.publish(now=NOON)

    code, told = verify(json.encode(published.export(DAY)), tmp_path)

    assert code == 1
    assert told[0] == "the seed is not revealed"
    assert told[1].endswith("is not opened")
