"""Judging a model on labelled rows: the public face of `rules.learning`."""

from tongguan.domain.risk.rules.learning.judging import evaluate
from tongguan.domain.risk.rules.learning.rows import read_mapping, read_rows

__all__ = ["evaluate", "read_mapping", "read_rows"]
