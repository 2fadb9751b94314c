"""The clearance room."""

from django.apps import AppConfig


class ClearanceConfig(AppConfig):
    """How far a declaration has come, and what holds it."""

    name = "tongguan.domain.clearance"
    label = "clearance"
