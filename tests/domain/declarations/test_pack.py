"""The samples under the law of the region that the product ships."""

from datetime import date
from pathlib import Path

import pytest

from tests.domain.declarations.samples import DAY, fob, of_lines, sound, sound_export
from tongguan.domain.declarations.rules.check import check, normalise
from tongguan.domain.declarations.values import Submission
from tongguan.domain.reference.rules.pack import read_pack
from tongguan.domain.reference.values import Snapshot
from tongguan.domain.revenue.rules.assess import assess

PACK = Path(__file__).parents[3] / "regions" / "jingjinji"


@pytest.fixture(scope="module")
def region() -> Snapshot:
    """Return the law of the shipped region."""
    found, faults = read_pack(PACK)
    assert not faults
    return found


@pytest.mark.parametrize("submission", [sound(), sound_export(), fob(), of_lines(50)])
def test_the_samples_are_sound_in_the_region(submission: Submission, region: Snapshot) -> None:
    assert check(normalise(submission), reference=region, day=DAY) == ()


def test_an_import_of_the_reforms_first_winter_is_sound_by_the_law_of_its_day(
    region: Snapshot,
) -> None:
    then = sound(entry_date=date(2015, 3, 1))

    assert check(then, reference=region, day=date(2015, 3, 2)) == ()


@pytest.mark.parametrize("submission", [sound(), sound_export(), fob()])
def test_the_samples_are_assessed_in_the_region(submission: Submission, region: Snapshot) -> None:
    owed = assess(submission, reference=region, day=DAY)

    assert not owed.undetermined
    assert owed.value > 0
