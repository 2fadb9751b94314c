"""The coordination room."""

from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    """What coordination centres do by hand."""

    name = "tongguan.domain.coordination"
    label = "coordination"
