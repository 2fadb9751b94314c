"""The parts of a page: `{% load tongguan %}`. Each is shown in all its states on `/style`."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext

from tongguan.interfaces.pages import navigation, shapes, sites, steps, turns, wording
from tongguan.kernel.money import Money

register = template.Library()
register.filter("number", wording.number)
register.filter("quantity", wording.quantity)
register.filter("clock", wording.clock)
register.filter("stamp", wording.stamp)
register.filter("field_id", shapes.field_id)


@register.filter
def amount(value: Decimal | Money, currency: str = "") -> str:
    """`{{ owed|amount:"CNY" }}` or `{{ money|amount }}`: `91,235.46 CNY`."""
    return str(value) if isinstance(value, Money) else wording.amount(value, currency)


@register.filter
def of(called: Mapping[str, str], name: str) -> str:
    """`{{ called|of:row.by }}`: how somebody is called, or the account name where nobody knows."""
    return called.get(name, name)


@register.simple_tag(takes_context=True)
def day(context: Context, on: date | datetime) -> str:
    """`{% day row.on %}`: `3 Dec`, with the year when it is another one."""
    return wording.day(on, now=context["now"])


@register.simple_tag(takes_context=True)
def near(context: Context, at: datetime) -> str:
    """`{% near at %}`: `14:20` today, else the day; for tight places."""
    return wording.near(at, now=context["now"])


@register.simple_tag(takes_context=True)
def moment(context: Context, at: datetime | None, style: str = "ago") -> SafeString:
    """`{% moment at %}`: relative words, the full moment on hover; `"full"` writes both."""
    if at is None:
        return format_html('<span class="text-secondary">{}</span>', "–")
    words, full = wording.relative(at, now=context["now"]), wording.stamp(at)
    if style == "full":
        inside = format_html('{} <span class="text-secondary">· {}</span>', full, words)
        return format_html('<time datetime="{}">{}</time>', at.isoformat(), inside)
    return format_html('<time datetime="{}" title="{}">{}</time>', at.isoformat(), full, words)


@register.simple_tag(takes_context=True)
def due(context: Context, until: datetime | None, short: bool = False) -> SafeString | str:
    """`{% due row.until %}`: `due by 14:20 · 3 hours left`, louder as it nears.

    `short=True`, for a column headed "Until": `14:20 · 3 hours left`.
    """
    if until is None:
        return ""
    now = context["now"]
    return format_html(
        '<time class="due due-{}" datetime="{}" title="{}">{}</time>',
        wording.urgency(until, now=now),
        until.isoformat(),
        wording.stamp(until),
        wording.due(until, now=now, short=short),
    )


@register.inclusion_tag("pages/parts/turn.html", takes_context=True)
def turn(
    context: Context,
    turn: object,
    mine: bool | None = None,
    what: str = "",
    until: datetime | None = None,
) -> dict[str, Any]:
    """`{% turn row.turn mine=row.mine what="pay" until=row.until %}`: the chip.

    Without `mine` it is the reader's when the page's context says `my_turn` is that turn.
    """
    code = turns.known(turn)
    own = mine if mine is not None else context.get("my_turn") == code
    words = gettext("Your turn") if own else gettext(turns.WORDS[code])
    if what:
        words = pgettext("whose turn", "%(who)s: %(what)s") % {"who": words, "what": what}
    near = wording.near(until, now=context["now"]) if until else ""
    return {"code": code.lower(), "mine": own, "words": words, "until": near}


@register.inclusion_tag("pages/parts/progress.html", takes_context=True)
def progress(
    context: Context,
    state: object,
    moments: Mapping[str, datetime] | None = None,
    held_for: Sequence[str] = (),
    turn: object = "",
) -> dict[str, Any]:
    """`{% progress "ACCEPTED" moments held_for turn=… %}`: accepted → held → … → closed.

    `turn` colours the hold: whose turn the first of them is.
    """
    points = steps.line(str(state), moments or {}, held_for)
    return {**_shared(context), "steps": points, "turn": turns.known(turn).lower()}


@register.inclusion_tag("pages/parts/hold.html", takes_context=True)
def hold(context: Context, hold: shapes.HoldCard) -> dict[str, Any]:
    """`{% hold card %}`: what, why, whose turn, where, since, until, and the one next step."""
    return {**_shared(context), "hold": hold}


@register.inclusion_tag("pages/parts/holds.html", takes_context=True)
def holds(context: Context, holds: Sequence[shapes.HoldCard]) -> dict[str, Any]:
    """`{% holds cards %}`: the open ones, and the ended ones folded beneath."""
    return {
        **_shared(context),
        "open": [card for card in holds if card.ended_at is None],
        "ended": [card for card in holds if card.ended_at is not None],
    }


@register.inclusion_tag("pages/parts/coded.html")
def coded(code: shapes.Coded | str, chinese: str = "", english: str = "") -> dict[str, Any]:
    """`{% coded office %}` or `{% coded "0202" "新港海关" "Xingang" %}`: code and name together."""
    what = code if isinstance(code, shapes.Coded) else shapes.Coded(code, chinese, english)
    chinese_reader = (get_language() or "").startswith("zh")
    return {"what": what, "chinese_reader": chinese_reader}


@register.simple_tag
def measured(value: Decimal | None, unit: shapes.Coded | str | None) -> str:
    """`{% measured line.quantity.value line.unit %}`: `2,400 set (006)`, as far as known."""
    amount = "" if value is None else wording.quantity(value)
    if not isinstance(unit, shapes.Coded):
        return f"{amount} {unit or ''}".strip()
    chinese_reader = (get_language() or "").startswith("zh")
    name = unit.chinese if chinese_reader else unit.english or unit.chinese
    code = unit.code if unit.code.isalpha() and not name else f"({unit.code})"
    return " ".join(filter(None, (amount, name, code)))


@register.inclusion_tag("pages/parts/derivation.html")
def derivation(derivation: shapes.Derivation) -> dict[str, Any]:
    """`{% derivation charge %}`: an amount that opens how it came about."""
    return {"it": derivation}


@register.inclusion_tag("pages/parts/problems.html")
def problems(troubles: Sequence[shapes.Trouble]) -> dict[str, Any]:
    """`{% problems troubles %}`: the summary on top, each leading to its field."""
    return {
        "refusals": [one for one in troubles if not one.warning],
        "warnings": [one for one in troubles if one.warning],
    }


@register.inclusion_tag("pages/parts/problem_at.html")
def problem_at(troubles: Sequence[shapes.Trouble], pointer: str) -> dict[str, Any]:
    """`{% problem_at troubles "#/lines/2/net_mass_kg" %}`: the words beside the field."""
    return {
        "found": [one for one in troubles if one.pointer == pointer],
        "id": f"{shapes.field_id(pointer)}-problem",
    }


@register.inclusion_tag("pages/parts/field.html")
def field(
    words: str,
    name: str,
    value: object = "",
    *,
    pointer: str = "",
    troubles: Sequence[shapes.Trouble] = (),
    hint: str = "",
    kind: str = "text",
    required: bool = False,
    inputmode: str = "",
    choices: str = "",
) -> dict[str, Any]:
    """`{% field words name value pointer=… troubles=… hint=… %}`: label, entry, its problems.

    `kind` is the input's type, `choices` the id of a datalist.
    """
    id_ = shapes.field_id(pointer) if pointer else f"f-{name}"
    found = [one for one in troubles if pointer and one.pointer == pointer]
    described = f"{id_}-problem " * bool(found) + f"{id_}-hint" * bool(hint)
    return {
        "words": words,
        "name": name,
        "value": value,
        "id": id_,
        "found": found,
        "wrong": any(not one.warning for one in found),
        "hint": hint,
        "type": kind,
        "required": required,
        "inputmode": inputmode,
        "list": choices,
        "described": described.strip(),
    }


@register.inclusion_tag("pages/parts/form_fields.html")
def form_fields(form: Any) -> dict[str, Any]:
    """`{% form_fields form %}`: the fields of a Django form in the shared look."""
    return {"form": form}


@register.inclusion_tag("pages/parts/empty.html")
def nothing(title: str, text: str = "", button: shapes.Button | None = None) -> dict[str, Any]:
    """`{% nothing title text button %}`: what to say when there is nothing, and what to do."""
    return {"title": title, "text": text, "button": button}


@register.inclusion_tag("pages/parts/next_page.html", takes_context=True)
def next_page(context: Context, after: str = "", shown: int = 0) -> dict[str, Any]:
    """`{% next_page after=key shown=50 %}`: pages by key; nothing after the last row."""
    query = context["request"].GET.copy()
    paged = "after" in query
    query.pop("after", None)
    first = f"?{query.urlencode()}"
    if after:
        query["after"] = after
    following = f"?{query.urlencode()}" if after else ""
    return {"first": first if paged else "", "next": following, "shown": shown}


@register.inclusion_tag("pages/parts/button.html")
def button(button: shapes.Button, look: str = "btn-primary") -> dict[str, Any]:
    """`{% button next_step %}`: a link, or a form of one button; `confirm` asks first."""
    return {"button": button, "look": look}


@register.inclusion_tag("pages/parts/confirm.html")
def confirm(
    button: shapes.Button,
    name: str,
    *,
    reason: str = "",
    primary: bool = True,
) -> dict[str, Any]:
    """`{% confirm button "release-7" reason="Why" %}`: a button that asks before it posts.

    `reason` is the label of a required text sent as `reason`; none is asked when empty.
    """
    return {"button": button, "id": name, "reason": reason, "primary": primary}


@register.inclusion_tag("pages/parts/drop_zone.html")
def drop_zone(
    name: str,
    url: str,
    words: str,
    *,
    hint: str = "",
    accept: str = "",
    multiple: bool = False,
    target: str = "",
) -> dict[str, Any]:
    """`{% drop_zone "file" url words hint accept=".xml,.json" target="#answer" %}`.

    Without `target` the answer is a page; with it htmx puts the answer into that element.
    """
    return {
        "name": name,
        "url": url,
        "words": words,
        "hint": hint,
        "accept": accept,
        "multiple": multiple,
        "target": target,
    }


@register.inclusion_tag("pages/parts/region_map.html")
def region_map(data: Mapping[str, Any], name: str = "region-map") -> dict[str, Any]:
    """`{% region_map data %}`: the map, and the same as a list; contract in `region.js`."""
    states = {key: gettext(words) for key, words in sites.STATES.items()}
    rows = [
        {
            "site": shapes.Coded(site["code"], site["chinese"], site["english"]),
            "words": states[site["state"]],
            **site,
        }
        for site in data["sites"]
    ]
    return {
        "data": data,
        "id": name,
        "data_id": f"{name}-data",
        "rows": rows,
        "states": list(states.items()),
    }


@register.inclusion_tag("pages/parts/chart.html")
def chart(
    option: Mapping[str, Any], name: str, words: str, *, tall: bool = False
) -> dict[str, Any]:
    """`{% chart option "promise" words %}`: an ECharts option, told in `words` too."""
    return {
        "option": option,
        "id": name,
        "data_id": f"{name}-data",
        "words": words,
        "tall": tall,
    }


@register.inclusion_tag("pages/parts/icon.html")
def icon(name: str) -> dict[str, Any]:
    """`{% icon "gate" %}`: a mark beside words, silent to screen readers."""
    return {"name": name}


@register.simple_tag(takes_context=True)
def places(context: Context, frame: str) -> tuple[navigation.Link, ...]:
    """`{% places "portal" as links %}`: where the reader can go.

    The context may hold `desks` (keys of the places he may open) and `counts` (by key).
    """
    return navigation.links(
        frame,
        context["request"].path,
        only=context.get("desks"),
        counts=context.get("counts"),
    )


@register.simple_tag
def address(route: str) -> str:
    """`{% address "portal:search" as url %}`: where a route leads, empty when not served."""
    return navigation.address(route) or ""


def _shared(context: Context) -> dict[str, Any]:
    """Return what parts within a part need: the page's moment and the reader's turn."""
    return {"now": context["now"], "my_turn": context.get("my_turn", "")}
