"""Files of invented labelled rows."""

import csv
import random
from collections.abc import Sequence
from pathlib import Path

from tongguan.domain.risk.rules.learning.columns import KCS


def write(
    path: Path, count: int, *, year: int, seed: int, importers: Sequence[str] = ("P",)
) -> Path:
    """Write invented rows in which goods of chapter 62 from one country are mostly at fault."""
    dice = random.Random(seed)
    with path.open("w", newline="") as lines:
        writer = csv.DictWriter(lines, (KCS.day, *KCS.facts.values(), KCS.label))
        writer.writeheader()
        for place in range(count):
            goods, origin = dice.choice(("620342", "847130", "870323")), dice.choice(("CN", "DE"))
            wrong = dice.random() < (0.8 if (goods, origin) == ("620342", "CN") else 0.05)
            told = {
                KCS.day: f"{year}-{place * 12 // count + 1:02d}-01",
                KCS.label: int(wrong),
                "HS6 Code": goods,
                "Country of Departure": "CN",
                "Country of Origin": origin,
                "Tax Rate": "8.0",
                "Tax Type": "A",
                "Net Mass": dice.randrange(1, 400),
                "Item Price": 1000,
                "Importer ID": dice.choice(importers),
            }
            writer.writerow(told)
    return path
