"""Law and region as of any date: what every decision reads, frozen."""

from tongguan.domain.reference.values.dated import Named, name_of
from tongguan.domain.reference.values.distances import distance_km
from tongguan.domain.reference.values.exchange import Exchange, ExchangeRow
from tongguan.domain.reference.values.levies import LevyMatrix, LevyRow
from tongguan.domain.reference.values.lists import CodeRow, Codes, Parameters
from tongguan.domain.reference.values.modes import (
    Against,
    ModeRow,
    Movement,
    Objection,
    Offer,
    Relation,
    Route,
)
from tongguan.domain.reference.values.permits import Demand, PermitRule, PermitRules
from tongguan.domain.reference.values.places import (
    Capacity,
    Centre,
    District,
    Gate,
    Office,
    Region,
    Site,
    SiteKind,
)
from tongguan.domain.reference.values.snapshot import Snapshot
from tongguan.domain.reference.values.special_rates import (
    OriginRow,
    Origins,
    RateColumn,
    SpecialRate,
    SpecialRates,
    Treatment,
)
from tongguan.domain.reference.values.tariff import (
    BY_ORIGIN,
    Levy,
    Measure,
    Measures,
    Tariff,
    TariffLine,
)

__all__ = [
    "BY_ORIGIN",
    "Against",
    "Capacity",
    "Centre",
    "CodeRow",
    "Codes",
    "Demand",
    "District",
    "Exchange",
    "ExchangeRow",
    "Gate",
    "Levy",
    "LevyMatrix",
    "LevyRow",
    "Measure",
    "Measures",
    "ModeRow",
    "Movement",
    "Named",
    "Objection",
    "Offer",
    "Office",
    "OriginRow",
    "Origins",
    "Parameters",
    "PermitRule",
    "PermitRules",
    "RateColumn",
    "Region",
    "Relation",
    "Route",
    "Site",
    "SiteKind",
    "Snapshot",
    "SpecialRate",
    "SpecialRates",
    "Tariff",
    "TariffLine",
    "Treatment",
    "distance_km",
    "name_of",
]
