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
if getattr(settings, "STYLE_PAGE", False):
    urlpatterns.append(path("style", views.style, name="style"))
