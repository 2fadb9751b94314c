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
    path("", home.page, name="risk"),
    path("/today/<str:channel>", home.accepted, name="accepted_today"),
    path("/profiles", profiles.page, name="profiles"),
    path("/profiles/new", editor.page, name="new_profile"),
    path("/profiles/new/trial", editor.trial, name="try_new"),
    path("/profiles/new/discard", editor.discard, name="discard_new"),
    path("/profiles/row/<int:place>", editor.row, name="editor_row"),
    path("/profiles/<int:criterion>", profile.page, name="profile"),
    path("/profiles/<int:criterion>/edit", editor.page, name="edit_profile"),
    path("/profiles/<int:criterion>/trial", editor.trial, name="try_edit"),
    path("/profiles/<int:criterion>/discard", editor.discard, name="discard_edit"),
    path("/profiles/<int:criterion>/retire", outcomes.retire, name="retire"),
    path("/decide/<str:kind>/<int:criterion>", acts.decide, name="decide"),
    path("/shares", shares.page, name="shares"),
    path("/models", cards.page, name="model_cards"),
    path("/outcomes", outcomes.page, name="outcomes"),
    path("/outcomes/list", outcomes.listed, name="behind"),
    path("/promises", promises.page, name="promises"),
    path("/promises/verify_draw.py", promises.verifier, name="verifier"),
    path("/promises/<str:day>/open", promises.open_day, name="open_day"),
    path("/promises/<str:day>.json", promises.exported, name="export_day"),
    path("/selection/<uuid:declaration_id>", reasons.page, name="selection"),
]
