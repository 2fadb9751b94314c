"""Judging the learner on labelled rows: the public face of `rules.learning`."""

from tongguan.domain.risk.rules.learning.columns import GOODS, read_columns
from tongguan.domain.risk.rules.learning.judging import evaluate
from tongguan.domain.risk.rules.learning.reading import read_labelled

__all__ = ["GOODS", "evaluate", "read_columns", "read_labelled"]
