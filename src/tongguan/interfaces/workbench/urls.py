"""Addresses of the workbench."""

from django.urls import include, path

from tongguan.interfaces.workbench import case, interventions, officers, permits, queues, sites

app_name = "workbench"
urlpatterns = [
    path("review", queues.review, name="review"),
    path("inspection", queues.inspection, name="inspection"),
    path("inspection/duty", officers.duty, name="duty"),
    path("revenue", queues.revenue, name="revenue"),
    path("risk", include("tongguan.interfaces.workbench.risk.urls")),
    path("gate", sites.gate, name="gate"),
    path("cargo", sites.goods, name="cargo"),
    path("coordination", queues.coordination, name="coordination"),
    path("region", queues.region, name="region"),
    path("ledger", sites.ledgers, name="ledger"),
    path("ledger/<uuid:declaration_id>", sites.ledger, name="ledger_of"),
    path("search", queues.search, name="search"),
    path("permits", permits.page, name="permits"),
    path("case/<uuid:declaration_id>", case.page, name="case"),
    path("case/<uuid:declaration_id>/acts", interventions.page, name="interventions"),
    path("case/<uuid:declaration_id>/officers", officers.choose, name="choose_officers"),
]
