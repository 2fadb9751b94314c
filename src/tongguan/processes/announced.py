"""Which acts announce which events, by the kinds of their entries in the ledger.

An event of a kind is announced in the transaction of such an act, at its moment, about the
declaration or thing on whose chain the act is entered.
"""

from typing import Final

from tongguan.facilities.ledger.stray import Acts, Known

# fmt: off
ACTS: Final[Acts] = {
    #  event                  kinds of entries
    "DeclarationAccepted":  ("ACCEPTED",),
    "HoldOpened":           ("ACCEPTED", "HOLD_OPENED"),
    "HoldDischarged":       ("HOLD_DISCHARGED",),
    "Released":             ("RELEASED",),
    "Cancelled":            ("CANCELLED",),
    "Refused":              ("REFUSED",),
    "Departed":             ("DEPARTED",),
    "Closed":               ("CLOSED",),
    "ManifestReceived":     ("MANIFEST_RECEIVED",),
    "ConsigneeNamed":       ("CONSIGNEE_NAMED",),
    "TransportDeclared":    ("TRANSPORT_DECLARED", "TRANSPORT_CORRECTED"),
    "Arrived":              ("GOODS_ARRIVED",),
    "UnitArrived":          ("GOODS_ARRIVED",),
    "QueryAsked":           ("HOLD_OPENED",),
    "QueryAnswered":        ("QUERY_ANSWERED",),
    "ReviewClosed":         ("REVIEW_CLOSED",),
    "CaseDecided":          ("CASE_DECIDED",),
    "InspectionAppointed":  ("INSPECTION_APPOINTED",),
    "InspectionPrepared":   ("RECORD_PREPARED",),
    "InspectionRecorded":   ("INSPECTION_RECORDED",),
    "LicenceConfirmed":     ("LICENCE_CONFIRMED",),
    "LicenceDeclined":      ("LICENCE_DECLINED",),
    "LicenceNamed":         ("LICENCE_NAMED",),
    "TaxesPaid":            ("PAYMENT_RECORDED",),
    "TaxesSecured":         ("PAYMENT_SECURED",),
    "AssessedAnew":         ("ASSESSED_ANEW",),
    "RefundOrdered":        ("REFUND_ORDERED",),
    "TransitDeparted":      ("TRANSIT_DEPARTED",),
    "TransitArrived":       ("TRANSIT_ARRIVED",),
    "OrderSent":            ("RELEASE_ORDER_SENT",),
    "OrderRecalled":        ("RELEASE_ORDER_RECALLED",),
    "GateOut":              ("GATE_OUT",),
    "Stopped":              ("INSTRUCTION_GIVEN",),
    "InstructionLifted":    ("INSTRUCTION_LIFTED",),
}
# fmt: on
AT_HOME: Final = frozenset({"BacktestAsked", "CriteriaChanged", "ModelWithdrawn"})
"""Acts on the chain of the house announce them."""
KNOWN: Final = Known(ACTS, AT_HOME)
