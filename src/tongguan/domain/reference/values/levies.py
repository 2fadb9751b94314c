"""Which levy modes fit which nature of levy and supervision mode, as of a day."""

from dataclasses import dataclass, field
from datetime import date

from tongguan.domain.reference.values.dated import last_in_force


@dataclass(frozen=True, slots=True)
class LevyRow:
    """What fits one nature of levy through a period.

    Attributes:
        nature: code of the table of natures of levy.
        supervision: supervision modes it goes with; empty: all.
        levy_modes: levy modes that lines of this nature may have.
    """

    nature: str
    supervision: frozenset[str]
    levy_modes: frozenset[str]
    valid_from: date
    valid_until: date | None
    source: str


@dataclass(frozen=True, eq=False)
class LevyMatrix:
    """The matrix of supervision mode, nature of levy and levy mode."""

    rows: dict[str, tuple[LevyRow, ...]] = field(default_factory=dict)

    def row(self, nature: str, day: date) -> LevyRow | None:
        """Return what fits a nature of levy on a day; None: it is not in the matrix."""
        return last_in_force(self.rows.get(nature, ()), day)
