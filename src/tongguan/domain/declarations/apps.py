"""The declarations room."""

from django.apps import AppConfig


class DeclarationsConfig(AppConfig):
    """What was declared, in versions."""

    name = "tongguan.domain.declarations"
    label = "declarations"
