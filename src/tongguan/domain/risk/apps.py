"""The risk room."""

from django.apps import AppConfig


class RiskConfig(AppConfig):
    """What is selected, and why."""

    name = "tongguan.domain.risk"
    label = "risk"
