"""What the price of the goods includes, by terms of delivery.

Source: the statistics rules of GACC (CIF for import, FOB for export); codes of the table of terms.
"""

from typing import Final

INCLUDES: Final = {
    #      freight  insurance
    "1": (True, True),  # CIF
    "2": (True, False),  # C&F
    "3": (False, False),  # FOB
    "4": (False, True),  # C&I
    "7": (False, False),  # EXW
}
"""Other terms (market price, padding) say nothing about costs: the price counts as it stands."""
