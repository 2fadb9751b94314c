"""A model's card in words: nothing that a model goes by is left unnamed."""

from django.utils import translation

from tongguan.domain.risk.rules.learning.groups import EFFECTS, FEATURES
from tongguan.interfaces.workbench.risk.told_of_models import feature, metrics


def test_every_group_that_a_model_goes_by_has_words_of_its_own() -> None:
    of_groups = [one for one in (*FEATURES, *EFFECTS) if ": " in one]

    with translation.override("en"):
        told = {one: feature(one) for one in of_groups}

    assert not [one for one, words in told.items() if ":" in words and not one.endswith(": seen")]
    assert feature("something new: rate") == "something new: rate"


def test_figures_stand_in_order_and_in_the_form_people_read() -> None:
    with translation.override("en"):
        told = metrics({"recall@10%": 0.5, "recall@2%": 0.25, "learned from": 12.0, "odd": 0.5})

    assert told == [
        ("declarations it learned from", "12"),
        ("of all faults, among the first 2%", "25%"),
        ("of all faults, among the first 10%", "50%"),
        ("odd", "0.5"),
    ]
