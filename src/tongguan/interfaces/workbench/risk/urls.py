"""Addresses of the risk desk, below that of the workbench."""

from django.urls import path

from tongguan.interfaces.workbench.risk import (
    acts,
    cards,
    editor,
    home,
    outcomes,
    profile,
    profiles,
    promises,
    reasons,
    shares,
)

urlpatterns = [
    path("risk", home.page, name="risk"),
    path("risk/today/<str:channel>", home.accepted, name="accepted_today"),
    path("risk/profiles", profiles.page, name="profiles"),
    path("risk/profiles/new", editor.page, name="new_profile"),
    path("risk/profiles/new/trial", editor.trial, name="try_new"),
    path("risk/profiles/new/discard", editor.discard, name="discard_new"),
    path("risk/profiles/row/<int:place>", editor.row, name="editor_row"),
    path("risk/profiles/<int:criterion>", profile.page, name="profile"),
    path("risk/profiles/<int:criterion>/edit", editor.page, name="edit_profile"),
    path("risk/profiles/<int:criterion>/trial", editor.trial, name="try_edit"),
    path("risk/profiles/<int:criterion>/discard", editor.discard, name="discard_edit"),
    path("risk/profiles/<int:criterion>/retire", outcomes.retire, name="retire"),
    path("risk/decide/<str:kind>/<int:criterion>", acts.decide, name="decide"),
    path("risk/shares", shares.page, name="shares"),
    path("risk/models", cards.page, name="model_cards"),
    path("risk/outcomes", outcomes.page, name="outcomes"),
    path("risk/outcomes/list", outcomes.listed, name="behind"),
    path("risk/promises", promises.page, name="promises"),
    path("risk/promises/verify_draw.py", promises.verifier, name="verifier"),
    path("risk/promises/<str:day>/open", promises.open_day, name="open_day"),
    path("risk/promises/<str:day>.json", promises.exported, name="export_day"),
    path("risk/selection/<uuid:declaration_id>", reasons.page, name="selection"),
]
