"""Tables that the ledger describes: what is owed, paid and secured."""

from typing import Final

from tongguan.facilities.ledger.sealed import SealedTable

OF_ASSESSMENT: Final = "LEFT JOIN revenue_assessment AS owed ON owed.id = row.assessment_id"
ASSESSMENT: Final = SealedTable(
    "revenue_assessment",
    ("total", "due_date", "paid_at", "secured_by", "settled", "hold_id", "replaced_at"),
    (
        "version",
        "computed",
        "office",
        "district",
        "value",
        "duty",
        "export_duty",
        "remedies",
        "consumption_tax",
        "vat",
        "late_fee",
        "currency",
        "issued_at",
        "charges",
    ),
    documents=frozenset({"charges"}),
    defaults={"settled": 0, "computed": 1},
)
OVERPAYMENT: Final = SealedTable(
    "revenue_overpayment",
    ("amount", "ordered_at"),
    ("payment_id",),
    key="assessment_id",
    chain="owed.declaration_id",
    join=OF_ASSESSMENT,
)
PAYMENT: Final = SealedTable(
    "revenue_payment",
    ("amount", "surcharge", "bank_reference"),
    ("assessment_id", "bank_id", "paid_at", "received_at", "signature"),
    chain="owed.declaration_id",
    join=OF_ASSESSMENT,
)
REFUND: Final = SealedTable(
    "revenue_refund",
    ("amount", "ordered_at"),
    key="payment_id",
    chain="owed.declaration_id",
    join="LEFT JOIN revenue_payment AS paid ON paid.id = row.payment_id"
    " LEFT JOIN revenue_assessment AS owed ON owed.id = paid.assessment_id",
)
DEBIT: Final = SealedTable(
    "revenue_guaranteedebit",
    ("amount", "credited_at"),
    ("guarantee_id", "assessment_id", "debited_at"),
    chain="owed.declaration_id",
    join=OF_ASSESSMENT,
)
GUARANTEE: Final = SealedTable(
    "revenue_guarantee",
    ("limit_cny", "drawn_cny", "withdrawn_at"),
    ("number", "enterprise_id", "valid_from", "valid_until"),
    chain="",
)
BANK: Final = SealedTable(
    "revenue_bank", ("withdrawn_at",), ("name", "public_key", "registered_at"), chain=""
)
SEALED: Final = (ASSESSMENT, OVERPAYMENT, PAYMENT, REFUND, DEBIT, GUARANTEE, BANK)
