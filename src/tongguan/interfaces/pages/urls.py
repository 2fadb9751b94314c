"""Addresses that belong to no desk."""

from django.conf import settings
from django.urls import path
from django.views.i18n import set_language

from . import views

app_name = "pages"
urlpatterns = [
    path("language", set_language, name="language"),
    path("theme", views.theme, name="theme"),
]
urlpatterns += [path("style", views.style, name="style")] if settings.STYLE_PAGE else []
