"""The workbench."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    """Officers' pages."""

    name = "tongguan.interfaces.workbench"
    label = "workbench"
