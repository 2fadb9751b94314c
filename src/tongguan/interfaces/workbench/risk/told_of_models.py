"""A model's card in words: what its figures say, and what it goes by."""

from typing import Final

from django.utils.translation import gettext

from tongguan.domain.risk.fields import Field
from tongguan.domain.risk.values import Figure
from tongguan.interfaces.workbench.risk.names import of_line
from tongguan.interfaces.workbench.risk.reader import percent
from tongguan.kernel.text import _

PLACES: Final = 4
COUNTS: Final = {
    "learned from": _("declarations it learned from"),
    "judged on": _("later ones it was judged on"),
    "seed": _("seed of the dice"),
}
SHARES: Final = {"share found": _("of these at fault")}
FIGURES: Final = {
    "auc": _("area under the curve; 0.5 is chance"),
    "brier": _("Brier score; 0 is certain and right"),
    "calibration error": _("by how much its probabilities are off"),
}
AMONG: Final = {
    "precision": _("at fault among the first {part}"),
    "recall": _("of all faults, among the first {part}"),
    "revenue": _("of the revenue at stake, among the first {part}"),
}
"""Of the declarations that it scores highest."""
GROUPS: Final = {
    "chapter": _("chapter"),
    "heading": _("heading"),
    "goods": _("goods"),
    "commodity": _("commodity code"),
    "origin": _("origin"),
    "dispatch": _("country of dispatch"),
    "from": _("origin and dispatch"),
    "terms": _("rate and preference"),
    "mass": _("exact mass"),
    "chapter from": _("chapter and origin"),
    "heading from": _("heading and origin"),
    "heading at": _("heading, rate and preference"),
    "goods from": _("goods and origin"),
    "goods by": _("goods and dispatch"),
    "goods rated": _("goods and rate"),
    "goods preferred": _("goods and preference"),
    "goods at": _("goods, rate and preference"),
    "goods on": _("goods, origin and dispatch"),
    "goods so heavy": _("goods of this mass"),
    "goods so dear": _("goods at this price"),
    "but for mass": _("the same but for the mass"),
    "but for goods": _("the same but for the goods"),
    "trader": _("trader"),
    "declarant": _("declarant"),
    "overseas": _("overseas party"),
    "partners": _("trader and overseas party"),
    "trader's goods": _("trader and heading"),
    "trader's origin": _("trader and origin"),
    "overseas' goods": _("overseas party and heading"),
    "declarant's goods": _("declarant and heading"),
    "route": _("route"),
    "office's goods": _("office and chapter"),
    "use": _("supervision mode and use"),
    "means": _("means of transport and chapter"),
    "direct": _("sent from where they come from"),
    "origin direct": _("origin, sent from there"),
    "chapter direct": _("chapter, sent from the origin"),
    "goods direct": _("goods, sent from the origin"),
    "chapter by": _("chapter and dispatch"),
    "heading by": _("heading and dispatch"),
    "heading on": _("heading, origin and dispatch"),
    "goods by and at": _("goods, dispatch, rate and preference"),
    "range": _("range of mass"),
    "chapter in range": _("chapter and range of mass"),
    "heading in range": _("heading and range of mass"),
    "goods in range": _("goods and range of mass"),
    "heading from in range": _("heading, origin and range of mass"),
    "goods from so heavy": _("goods of this mass and origin"),
    "all but exact mass": _("the same but for the exact mass"),
    "preferred mass": _("preference and exact mass"),
    "mass from": _("origin and exact mass"),
    "mass of heading": _("heading and exact mass"),
    "rate of heading": _("rate against the heading"),
    "rate of goods": _("rate against the same goods"),
    "mass of goods": _("mass against the same goods"),
    "price of heading": _("price against the heading"),
    "price of goods": _("price against the same goods"),
    "price from": _("price against the same goods and origin"),
    "price of trader": _("price against the trader's own"),
    "whole kg": _("mass in whole kg"),
    "tens of kg": _("mass in tens of kg"),
    "hundreds of kg": _("mass in hundreds of kg"),
    "share of the value": _("share of the value"),
}
WORKED_OUT: Final = {
    "rate": _("findings by {group}"),
    "effect": _("effect of {group}"),
    "looked at": _("looked at by {group}"),
    "apart": "{group}",
    "seen": _("how often known: {group}"),
}


def metrics(of: dict[str, float]) -> list[tuple[str, str]]:
    """Return what a model's figures say, in words and in a stated order."""
    told = [(gettext(words), f"{of[name]:.0f}") for name, words in COUNTS.items() if name in of]
    told += [(gettext(words), percent(of[name])) for name, words in SHARES.items() if name in of]
    told += [
        (gettext(words), str(round(of[name], PLACES)))
        for name, words in FIGURES.items()
        if name in of
    ]
    for name, words in AMONG.items():
        parts = sorted(
            (float(part.rstrip("%")), part, share)
            for key, share in of.items()
            for begun, _at, part in [key.partition("@")]
            if begun == name and part
        )
        told += [(gettext(words).format(part=part), percent(share)) for _of, part, share in parts]
    known = {*COUNTS, *SHARES, *FIGURES}
    rest = [key for key in of if key not in known and key.partition("@")[0] not in AMONG]
    return told + [(key, str(round(of[key], PLACES))) for key in sorted(rest)]


def seen(figure: Figure, of: float) -> str:
    """Return what the watch over a model noted, as people read it."""
    if figure is Figure.DECLARED:
        return f"{of:.0f}"
    return percent(of) if figure in {Figure.HIT_RATE, Figure.RANDOM_RATE} else f"{of:.3f}"


def feature(name: str) -> str:
    """Return what a model goes by in words; what it does not know, by its name."""
    for one in (name, name.partition("=")[0], f"line.{name}"):
        found = next((field for field in Field if field.value == one), None)
        if found is not None:
            return of_line(found)
    group, _of, what = name.partition(": ")
    if group not in GROUPS:
        return name.replace("_", " ")
    return gettext(WORKED_OUT.get(what, "{group}")).format(group=gettext(GROUPS[group]))
