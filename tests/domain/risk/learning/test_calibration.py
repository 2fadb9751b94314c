"""Scores become probabilities that hold, in the same order."""

import numpy as np
import pytest

from tongguan.domain.risk.rules.learning.calibration import (
    brier,
    calibrated,
    calibration_error,
)


def test_scores_that_promise_too_much_are_brought_down_and_keep_their_order() -> None:
    dice = np.random.default_rng(1)
    truth = dice.uniform(0, 0.5, 4_000)
    found = (dice.uniform(size=4_000) < truth).astype(float)
    boasted = np.sqrt(truth)

    told = calibrated(boasted, found).of(boasted)

    assert calibration_error(boasted, found) > 0.2
    assert calibration_error(told, found) < 0.05
    assert brier(told, found) < brier(boasted, found)
    assert (np.argsort(told) == np.argsort(boasted)).all()


def test_scores_that_say_nothing_become_the_share_that_is_found() -> None:
    found = np.repeat([1.0, 0, 0, 0], 50)
    scores = np.resize([0.1, 0.4, 0.6, 0.8], 200)

    told = calibrated(scores, found).of(scores)

    assert told.mean() == pytest.approx(0.25, abs=0.02)
    assert (np.diff(told[:4]) > 0).all()


def test_perfect_probabilities_have_no_error() -> None:
    found = np.array([0.0, 1.0])

    assert brier(found, found) == calibration_error(found, found) == 0
