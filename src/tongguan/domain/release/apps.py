"""The release room."""

from django.apps import AppConfig


class ReleaseConfig(AppConfig):
    """Release orders and gates."""

    name = "tongguan.domain.release"
    label = "release"
