"""The permits room."""

from django.apps import AppConfig


class PermitsConfig(AppConfig):
    """Licences of partner agencies."""

    name = "tongguan.domain.permits"
    label = "permits"
