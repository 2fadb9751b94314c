"""The reference room."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    """What law and region say, as of a date."""

    name = "tongguan.domain.reference"
    label = "reference"
