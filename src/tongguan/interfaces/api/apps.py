"""The API."""

from django.apps import AppConfig
from django.urls import register_converter

from tongguan.interfaces.api.converters import Slashed


class ApiConfig(AppConfig):
    """REST under `/api/v1`."""

    name = "tongguan.interfaces.api"
    label = "api"

    def ready(self) -> None:
        """Let addresses name what may hold slashes."""
        register_converter(Slashed, "slashed")
