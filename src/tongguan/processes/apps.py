"""The processes."""

from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    """What happens next."""

    name = "tongguan.processes"
    label = "processes"
