"""Addresses of the portal."""

from django.urls import path

from . import (
    answering,
    codes,
    declaration,
    declarations,
    examination,
    exchanged,
    form,
    holdings,
    licence,
    lists,
    lodge,
    mandates,
    payments,
    search,
    todo,
)

app_name = "portal"
urlpatterns = [
    path("", todo.page, name="todo"),
    path("declarations", declarations.page, name="declarations"),
    path("declarations/<uuid:declaration_id>", declaration.page, name="declaration"),
    path(
        "declarations/<uuid:declaration_id>/came/<uuid:attempt_id>",
        exchanged.document,
        name="came",
    ),
    path(
        "declarations/<uuid:declaration_id>/versions/<int:number>",
        exchanged.version,
        name="version",
    ),
    path(
        "declarations/<uuid:declaration_id>/receipts/<slug:cursor>/<slug:form>.xml",
        exchanged.receipt,
        name="receipt",
    ),
    path("declarations/<uuid:declaration_id>/pay", payments.pay_page, name="pay"),
    path("declarations/<uuid:declaration_id>/pay/bank", payments.pay, name="pay_at_bank"),
    path("declarations/<uuid:declaration_id>/pay/guarantee", payments.secure, name="secure"),
    path("declarations/<uuid:declaration_id>/answer/<uuid:hold_id>", answering.page, name="answer"),
    path("declarations/<uuid:declaration_id>/licence/<uuid:hold_id>", licence.page, name="licence"),
    path("declarations/<uuid:declaration_id>/examination", examination.page, name="examination"),
    path("lodge", lodge.page, name="lodge"),
    path("lodge/form", form.page, name="form"),
    path("lodge/codes/<slug:table>", codes.part, name="codes"),
    path("goods", lists.goods, name="goods"),
    path("certificates", holdings.page, name="certificates"),
    path("certificates/<slug:kind>/<int:holding_id>", holdings.one, name="certificate"),
    path("payments", payments.page, name="payments"),
    path("inspections", lists.inspections, name="inspections"),
    path("messages", lists.messages, name="messages"),
    path("company", lists.company, name="company"),
    path("company/mandates/<int:mandate_id>", mandates.page, name="mandate"),
    path("search", search.page, name="search"),
]
