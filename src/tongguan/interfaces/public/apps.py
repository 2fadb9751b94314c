"""The public pages as a Django app."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Pages that anybody may read."""

    name = "tongguan.interfaces.public"
    label = "public"
