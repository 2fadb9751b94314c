"""What a cell of a pack has to be, in words for whoever writes one."""

from tongguan.kernel.text import Term, _


class Wanted(Term):
    """What stands in the place of a wrong value."""

    NUMBER = "number", _("a number")
    DAY = "day", _("a day like 2014-07-01")
    YES_NO = "yes_no", _("yes or no")
    NAME = "name", _("a name")
    CODE = "code", _("ten digits")
    DISTRICT = "district", _("up to eight digits or capital letters")
    OFFICE = "office", _("four digits")
    SITE_KIND = "site_kind", _("a kind of site: seaport, airport, rail, inland, bonded, land")
    MODE = "mode", _("a mode: port, transit, local_declared, local_released, regional")
    RELATION = "relation", _("same, other or any")
    MOVEMENT = "movement", _("free, sealed or sealed_if_inspected_elsewhere")
    INSPECTION = "inspection", _("goods, declaration or any")
    CIRCUMSTANCE = "circumstance", _("selected, port_permit, no_report or investigated")
    LEVY = (
        "levy",
        _("duty, duty_general, consumption, anti_dumping, countervailing or safeguard"),
    )
    RATES = "rates", _("a share of 1, or a parameter whose values are")
    LETTER = "letter", _("one sign, as it stands in the column of controls")
    SHORTEST = "shortest", _("a number without needless zeros")
    MONTH = "month", _("the first day of a month")
    PREFIX = "prefix", _("the first four to ten digits of a commodity code")
    RATE_COLUMN = "rate_column", _("general, mfn, export or consumption")
    TREATMENT = "treatment", _("general or unknown")
    DEMAND = "demand", _("forbid, refuse, hold, tell or none")
    DAYS = "days", _("a list of days, [2014-10-01]")
