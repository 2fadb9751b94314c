"""The code lists and parameters of one day that the checks read, gathered once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from tongguan.domain.reference.values import PermitRule, Snapshot

KEPT_DAYS: Final = 64

Codes = frozenset[str | None]
"""Codes in force, and None: what is absent is the business of `obligations`."""


@dataclass(frozen=True, slots=True)
class Lists:
    """What the checks compare with, on one day.

    Attributes:
        tables: codes in force, by table.
        price_tolerance: share by which quantity times price may differ from the total.
        mass_tolerance: share by which the masses of the lines may differ from the whole.
        levy_full: levy modes by which all is levied; `levy_reliefs`: those that claim a relief.
        contract_needed, record_needed: supervision modes that ask for one.
        permit_rules: what each control letter of the tariff asks for.
    """

    tables: dict[str, Codes]
    price_tolerance: Decimal
    mass_tolerance: Decimal
    lines_most: int
    documents_most: int
    advance_export_days: int
    undeclared_days: int
    late_declaration_days: int
    refuses_unsound_containers: bool
    levy_full: Codes
    levy_reliefs: frozenset[str]
    contract_needed: frozenset[str]
    record_needed: frozenset[str]
    permit_rules: Mapping[str, PermitRule]


TABLES: Final = (
    "attached_documents",
    "container_sizes",
    "countries",
    "currencies",
    "delivery_terms",
    "domestic_ports",
    "domestic_regions",
    "foreign_ports",
    "levy_modes",
    "levy_natures",
    "packaging",
    "permit_documents",
    "supervision_modes",
    "transport_modes",
    "units",
)


@lru_cache(maxsize=KEPT_DAYS)
def of(reference: Snapshot, day: date) -> Lists:
    """Return the lists of a day. Kept for the days asked last: a batch asks for one."""
    read = reference.parameters
    absent: Codes = frozenset({None})

    def words(name: str) -> frozenset[str]:
        return frozenset(read.value(name, day).split())

    return Lists(
        tables={table: absent | reference.codes.valid(table, day) for table in TABLES},
        price_tolerance=read.decimal("price_tolerance", day),
        mass_tolerance=read.decimal("mass_tolerance", day),
        lines_most=read.whole("lines_most", day),
        documents_most=read.whole("documents_most", day),
        advance_export_days=read.whole("advance_export_days", day),
        undeclared_days=read.whole("undeclared_days", day),
        late_declaration_days=read.whole("late_declaration_days", day),
        refuses_unsound_containers=read.value("container_check_refuses", day) == "yes",
        levy_full=absent | words("levy_full"),
        levy_reliefs=words("levy_stated")
        | {word.partition(":")[0] for word in words("levy_shares")},
        contract_needed=words("contract_needed"),
        record_needed=words("record_needed"),
        permit_rules=reference.permit_rules.on(day),
    )
