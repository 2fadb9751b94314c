"""The cargo room."""

from django.apps import AppConfig


class CargoConfig(AppConfig):
    """Manifests, bills, containers and where they lie."""

    name = "tongguan.domain.cargo"
    label = "cargo"
