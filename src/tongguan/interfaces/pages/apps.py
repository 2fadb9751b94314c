"""The shared page as a Django app."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Templates, static files, tags and words that the portal and the workbench share."""

    name = "tongguan.interfaces.pages"
    label = "pages"
