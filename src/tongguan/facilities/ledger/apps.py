"""The ledger room."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Who did what, when and why."""

    name = "tongguan.facilities.ledger"
    label = "ledger"
