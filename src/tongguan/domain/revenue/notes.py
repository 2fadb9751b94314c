"""What a reader has to know about a charge beside its formula."""

from typing import Final

from tongguan.kernel.text import Term, _


class Note(Term):
    """What a reader has to know about a charge beside its formula."""

    BELOW_THRESHOLD = (
        "BELOW_THRESHOLD",
        _("Not levied: this tax stays below the least amount of one declaration."),
    )
    FEE_ENDED = (
        "FEE_ENDED",
        _("Counted up to the last day before customs may sell goods that nobody declares."),
    )
    CALENDAR_ENDED = (
        "CALENDAR_ENDED",
        _("Counted Monday to Friday: no holidays of that time were announced when it was counted."),
    )
    EXEMPT = "EXEMPT", _("Not levied: exempt in full by the declared levy mode.")
    HALF = "HALF", _("Levied by half, by the declared levy mode.")
    IN_PART = "IN_PART", _("Levied in part, as the certificate states.")
    RELIEF_UNPROVEN = (
        "RELIEF_UNPROVEN",
        _("A relief is claimed that no certificate known here grants: levied in full."),
    )
    ORIGIN_UNPROVEN = (
        "ORIGIN_UNPROVEN",
        _(
            "A preference is claimed on a certificate that proves nothing here: the "
            "most-favoured-nation rate applies; the difference can be claimed back."
        ),
    )
    GENERAL_RATE = "GENERAL_RATE", _("The origin is not known: the general rate applies.")
    NO_CERTIFICATE = (
        "NO_CERTIFICATE",
        _("A preference is claimed without a certificate: the most-favoured-nation rate applies."),
    )
    NO_AGREEMENT_RATE = (
        "NO_AGREEMENT_RATE",
        _(
            "The tariff in use has no agreement rates: the most-favoured-nation rate applies; "
            "the difference can be claimed back."
        ),
    )
    NOT_FAVOURED = (
        "NOT_FAVOURED",
        _("The origin is not most favoured: the general rate applies."),
    )
    FAVOUR_UNKNOWN = (
        "FAVOUR_UNKNOWN",
        _(
            "It is not known whether the origin is most favoured: the general rate applies until "
            "an officer has looked at it."
        ),
    )
    NO_RATE = (
        "NO_RATE",
        _("The tariff in use states no rate: an officer has to assess this tax."),
    )
    NO_QUANTITY = (
        "NO_QUANTITY",
        _(
            "The rate needs a quantity in a unit that is not declared: an officer has to assess "
            "this tax."
        ),
    )
    RATE_BY_PRICE = "RATE_BY_PRICE", _("The rate depends on the price of one unit.")
    INSURANCE_UNKNOWN = (
        "INSURANCE_UNKNOWN",
        _("No insurance was declared: the share that the law presumes is added."),
    )


UNDETERMINED: Final = frozenset(
    note.value for note in (Note.NO_RATE, Note.NO_QUANTITY, Note.FAVOUR_UNKNOWN)
)
"""Notes of charges that an officer has to look at before they are right."""

LOWERED: Final = frozenset(map(str, (Note.EXEMPT, Note.HALF, Note.IN_PART)))
"""Notes of charges that a relief lowered."""
