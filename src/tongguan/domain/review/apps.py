"""The review room."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """Documentary check."""

    name = "tongguan.domain.review"
    label = "review"
