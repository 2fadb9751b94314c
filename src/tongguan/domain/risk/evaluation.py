"""Judging a model on labelled rows: the public face of `rules.learning`."""

from tongguan.domain.risk.rules.learning.judging import evaluate
from tongguan.domain.risk.rules.learning.rows import RowsError, read_mapping, read_rows

__all__ = ["RowsError", "evaluate", "read_mapping", "read_rows"]
