"""The revenue room."""

from django.apps import AppConfig


class RevenueConfig(AppConfig):
    """What goods owe, and what was paid or secured for them."""

    name = "tongguan.domain.revenue"
    label = "revenue"
