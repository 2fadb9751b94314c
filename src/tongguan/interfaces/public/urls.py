"""Addresses that are answered without signing in."""

from django.urls import path

from . import checkpoints, commitments

app_name = "public"
urlpatterns = [
    path("checkpoints", checkpoints.page, name="checkpoints"),
    path("checkpoints.ndjson", checkpoints.as_lines, name="checkpoints_lines"),
    path("commitments", commitments.page, name="commitments"),
    path("commitments.json", commitments.as_json, name="commitments_json"),
]
