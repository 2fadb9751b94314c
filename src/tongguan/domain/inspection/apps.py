"""The inspection room."""

from django.apps import AppConfig


class InspectionConfig(AppConfig):
    """Inspection of goods."""

    name = "tongguan.domain.inspection"
    label = "inspection"
