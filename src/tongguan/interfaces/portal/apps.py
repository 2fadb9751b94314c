"""The portal."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Enterprises' pages."""

    name = "tongguan.interfaces.portal"
    label = "portal"
