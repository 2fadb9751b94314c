"""The announcements room."""

from django.apps import AppConfig


class AnnouncementsConfig(AppConfig):
    """Events queued in the transaction that made them."""

    name = "tongguan.facilities.announcements"
    label = "announcements"
