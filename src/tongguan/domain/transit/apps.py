"""The transit room."""

from django.apps import AppConfig


class TransitConfig(AppConfig):
    """Movement under customs control."""

    name = "tongguan.domain.transit"
    label = "transit"
