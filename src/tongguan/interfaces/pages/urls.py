"""Addresses that belong to no desk."""

from django.conf import settings
from django.urls import path

from . import views

app_name = "pages"
urlpatterns = [
    path("language", views.language, name="language"),
    path("theme", views.theme, name="theme"),
]
urlpatterns += [path("style", views.style, name="style")] if settings.STYLE_PAGE else []
