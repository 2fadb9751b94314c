"""Addresses that are answered without signing in."""

from django.urls import path

from . import commitments

app_name = "public"
urlpatterns = [
    path("commitments", commitments.page, name="commitments"),
    path("commitments.json", commitments.as_json, name="commitments_json"),
]
