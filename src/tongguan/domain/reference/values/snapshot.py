"""All that law and region say, of any date."""

from dataclasses import dataclass, field

from tongguan.domain.reference.calendar import Calendar
from tongguan.domain.reference.values.exchange import Exchange
from tongguan.domain.reference.values.levies import LevyMatrix
from tongguan.domain.reference.values.lists import Codes, Parameters
from tongguan.domain.reference.values.permits import PermitRules
from tongguan.domain.reference.values.places import Region
from tongguan.domain.reference.values.special_rates import Origins, SpecialRates
from tongguan.domain.reference.values.tariff import Measures, Tariff


@dataclass(frozen=True, eq=False)
class Snapshot:
    """All that law and region say, of any date; `version` names this state of it."""

    version: str
    region: Region
    codes: Codes
    tariff: Tariff
    exchange: Exchange
    calendar: Calendar
    parameters: Parameters
    measures: Measures = field(default_factory=Measures)
    special_rates: SpecialRates = field(default_factory=SpecialRates)
    origins: Origins = field(default_factory=Origins)
    permit_rules: PermitRules = field(default_factory=PermitRules)
    levies: LevyMatrix = field(default_factory=LevyMatrix)
