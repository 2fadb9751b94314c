"""The parties room."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Enterprises, brokers, mandates and credit classes."""

    name = "tongguan.domain.parties"
    label = "parties"
