"""Every parameter that the product reads is asked of a pack."""

import re
from pathlib import Path
from typing import Final

import tongguan
from tongguan.domain.reference.rules.pack import read_pack
from tongguan.domain.reference.rules.parameters import NEEDED, PER_CLASS

PACK: Final = Path(__file__).parents[3] / "regions" / "jingjinji"
HOUSE: Final = Path(tongguan.__file__).parent
READS: Final = re.compile(r"\bparameters\b")
WHOLE: Final = re.compile(r'(?<!f)"([a-z0-9]+(?:_[a-z0-9]+)+)"')
BEGUN: Final = re.compile(r'parameters\.[a-z]+\(f"([a-z]+(?:_[a-z]+)*_)\{')
QUOTED: Final = re.compile(r'"([a-z]+(?:_[a-z]+)+)"')


def test_every_parameter_that_code_reads_is_asked_of_every_pack() -> None:
    known = read_pack(PACK)[0].parameters.timelines.keys()
    listed = HOUSE / "domain" / "reference" / "rules" / "parameters.py"
    read = {
        name
        for path in HOUSE.rglob("*.py")
        if path != listed and READS.search(text := path.read_text("utf-8"))
        for name in QUOTED.findall(text)
        if name in known
    }

    assert read - {name for name in known if name.startswith(PER_CLASS)} <= NEEDED.keys()


def test_the_first_region_has_every_parameter_that_is_asked() -> None:
    known = read_pack(PACK)[0].parameters.timelines

    assert known.keys() >= NEEDED.keys()


def test_every_parameter_that_is_asked_is_read_by_some_rule() -> None:
    listed = HOUSE / "domain" / "reference" / "rules" / "parameters.py"
    texts = [path.read_text("utf-8") for path in HOUSE.rglob("*.py") if path != listed]
    read = {name for text in texts for name in WHOLE.findall(text)}
    begun = tuple({name for text in texts for name in BEGUN.findall(text)})

    assert [name for name in NEEDED if name not in read and not name.startswith(begun)] == []
