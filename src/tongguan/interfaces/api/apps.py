"""The API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """REST under `/api/v1`."""

    name = "tongguan.interfaces.api"
    label = "api"
