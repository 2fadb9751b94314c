"""Addresses of the workbench."""

from django.urls import include, path

from tongguan.interfaces.workbench import (
    backtests,
    cargo,
    case,
    gate,
    inspection,
    interventions,
    keeper,
    ledger,
    officers,
    operation,
    permits,
    queues,
    region,
    revenue,
    search,
)

app_name = "workbench"
urlpatterns = [
    path("review", queues.review, name="review"),
    path("inspection", inspection.page, name="inspection"),
    path("inspection/duty", officers.duty, name="duty"),
    path("inspection/<uuid:declaration_id>", inspection.one, name="inspect"),
    path("revenue", revenue.page, name="revenue"),
    path("risk/backtests", backtests.page, name="backtests"),
    path("risk/backtests/<uuid:id>", backtests.one, name="backtest"),
    path("risk/backtests/<uuid:id>/stop", backtests.stop, name="stop_backtest"),
    path("", include("tongguan.interfaces.workbench.risk.urls")),
    path("gate/examinations", keeper.page, name="keeper"),
    path("gate", gate.page, name="gate"),
    path("cargo", cargo.page, name="cargo"),
    path("coordination", queues.coordination, name="coordination"),
    path("region", region.page, name="region"),
    path("operation", operation.page, name="operation"),
    path("ledger", ledger.find, name="ledger"),
    path("ledger/<uuid:declaration_id>", ledger.page, name="ledger_of"),
    path("search", search.page, name="search"),
    path("permits", permits.page, name="permits"),
    path("case/<uuid:declaration_id>", case.page, name="case"),
    path("case/<uuid:declaration_id>/acts", interventions.page, name="interventions"),
    path("case/<uuid:declaration_id>/officers", officers.choose, name="choose_officers"),
]
