"""Files of invented labelled rows."""

import csv
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tongguan.domain.risk.rules.learning.rows import KCS

HEAD: Final = (*KCS.identity, KCS.date, KCS.price, KCS.label, "Importer ID")


def write(
    path: Path, count: int, *, year: int, seed: int, importers: Sequence[str] = ("P",)
) -> Path:
    """Write invented rows in which goods of chapter 62 from one country are mostly at fault."""
    dice = random.Random(seed)
    with path.open("w", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(HEAD)
        for place in range(count):
            goods, origin = dice.choice(("620342", "847130", "870323")), dice.choice(("CN", "DE"))
            wrong = dice.random() < (0.8 if (goods, origin) == ("620342", "CN") else 0.05)
            day = f"{year}-{place * 12 // count + 1:02d}-01"
            row = (goods, "CN", origin, "8.0", "A", dice.randrange(1, 400), day, 1000, int(wrong))
            writer.writerow((*row, dice.choice(importers)))
    return path
