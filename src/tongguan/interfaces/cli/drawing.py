"""Lines over weeks as a drawing (SVG) and as plain text; both read by day and by night."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

WIDTH: Final = 860
HEIGHT: Final = 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 24, 92, 46
_TICKS: Final = 5
_LABELS_MOST: Final = 12
_MARK_WIDTH: Final = 26
_LETTER: Final = 7
"""About so wide is a letter of the legend, in pixels; a Chinese sign is twice that."""
_FIRST_WIDE: Final = "\u2e80"
_STYLE: Final = """
  svg { --paper: #fff; --ink: #1f2933; --soft: #5f6c7b; --line: #d9dee5;
        --c0: #0b63b8; --c1: #b85c00; --c2: #1a7f4b; --c3: #7a3fb0; background: var(--paper) }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #12161c; --ink: #e6eaf0; --soft: #9aa7b5; --line: #2c3540;
          --c0: #6cb2ff; --c1: #ffb066; --c2: #62d39a; --c3: #c9a2ff }
  }
  text { font: 13px system-ui, sans-serif; fill: var(--soft) }
  .title { font-size: 16px; font-weight: 600; fill: var(--ink) }
  .legend { fill: var(--ink) }
  .grid { stroke: var(--line); stroke-width: 1 }
  .moment { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 4 4 }
  .graph { fill: none; stroke-width: 2.5; stroke-linejoin: round }
  .faint { stroke-width: 1; opacity: .35 }
"""
_TEXT_ROWS: Final = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words, a figure from 0 to `Chart.most` a week, or None where there is none.

    Attributes:
        colour: 0 to 3.
        mark: the sign that stands for it in a plain text.
        faint: drawn thin and without words, behind the others.
    """

    words: str
    figures: Sequence[float | None]
    colour: int = 0
    mark: str = "*"
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Lines over weeks.

    Attributes:
        title: one sentence.
        weeks: what stands below, a word a week.
        most: the figure at the top.
        percent: figures are shares of 1, told in per cent.
        moment: the place of a week at which something began, and the words for it.
    """

    title: str
    weeks: Sequence[str]
    lines: Sequence[Line]
    most: float = 1.0
    percent: bool = True
    moment: tuple[int, str] | None = None


def svg(chart: Chart) -> str:
    """Return the chart as an SVG document of its own, light or dark as the reader's screen is."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<title>{escape(chart.title)}</title>",
        f"<style>{_STYLE}</style>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="var(--paper)"/>',
        f'<text class="title" x="{_LEFT}" y="30">{escape(chart.title)}</text>',
        *_grid(chart),
        *_moment(chart),
        *(_graph(chart, line) for line in sorted(chart.lines, key=lambda line: not line.faint)),
        *_legend(chart),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def text(chart: Chart, *, width: int) -> str:
    """Return the chart as plain text of at most so many signs a line."""
    label = max(len(_figure(chart, 0.0)), len(_figure(chart, chart.most))) + 2
    every = max(1, -(-len(chart.weeks) // max(width - label, 1)))
    columns = range(0, len(chart.weeks), every)
    wide = max(1, min(4, (width - label) // max(len(columns), 1)))
    rows = [[" " * wide for _ in columns] for _ in range(_TEXT_ROWS + 1)]
    for line in reversed([line for line in chart.lines if not line.faint]):
        for place, week in enumerate(columns):
            figure = _mean(line.figures[week : week + every])
            if figure is not None:
                height = round(min(figure / chart.most, 1.0) * _TEXT_ROWS)
                rows[height][place] = line.mark.ljust(wide)
    told = [chart.title]
    for height in range(_TEXT_ROWS, -1, -1):
        at = _figure(chart, chart.most * height / _TEXT_ROWS) if height % 2 == 0 else ""
        told.append(f"{at:>{label - 2}} │{''.join(rows[height])}".rstrip())
    told.append(" " * (label - 1) + "└" + "─" * (wide * len(columns)))
    if chart.weeks:
        told.append(f"{'':{label}}{chart.weeks[0]} … {chart.weeks[-1]}")
    told.append("  ".join(f"{one.mark} {one.words}" for one in chart.lines if not one.faint))
    return "\n".join(told)


def _mean(figures: Sequence[float | None]) -> float | None:
    known = [one for one in figures if one is not None]
    return sum(known) / len(known) if known else None


def _x(chart: Chart, week: float) -> float:
    return _LEFT + (WIDTH - _LEFT - _RIGHT) * week / max(len(chart.weeks) - 1, 1)


def _y(chart: Chart, figure: float) -> float:
    return HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * min(figure / chart.most, 1.0)


def _grid(chart: Chart) -> list[str]:
    parts = []
    for tick in range(_TICKS + 1):
        figure = chart.most * tick / _TICKS
        y = _y(chart, figure)
        told = _figure(chart, figure)
        parts += [
            f'<line class="grid" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>',
            f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{told}</text>',
        ]
    every = max(1, -(-len(chart.weeks) // _LABELS_MOST))
    for place, words in enumerate(chart.weeks):
        if place % every == 0:
            parts.append(
                f'<text x="{_x(chart, place):.1f}" y="{HEIGHT - _BOTTOM + 22}" '
                f'text-anchor="middle">{escape(words)}</text>'
            )
    return parts


def _moment(chart: Chart) -> list[str]:
    if chart.moment is None:
        return []
    place, words = chart.moment
    x = _x(chart, place)
    return [
        f'<line class="moment" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP - 8}" y2="{HEIGHT - _BOTTOM}"/>',
        f'<text x="{x - 8:.1f}" y="{_TOP + 4}" text-anchor="end">{escape(words)}</text>',
    ]


def _graph(chart: Chart, line: Line) -> str:
    """Return a line; it breaks where a week has no figure, and one such week alone is a dot."""
    path, drawing = [], False
    for place, figure in enumerate(line.figures):
        if figure is not None:
            path.append(f"{'L' if drawing else 'M'}{_x(chart, place):.1f} {_y(chart, figure):.1f}")
        drawing = figure is not None
    faint = " faint" if line.faint else ""
    return f'<path class="graph{faint}" stroke="var(--c{line.colour})" d="{" ".join(path)}"/>'


def _legend(chart: Chart) -> list[str]:
    parts, x = [], _LEFT
    for line in chart.lines:
        if line.faint:
            continue
        parts.append(
            f'<line class="graph" stroke="var(--c{line.colour})" x1="{x}" x2="{x + 20}" '
            f'y1="56" y2="56"/><text class="legend" x="{x + _MARK_WIDTH}" y="60">'
            f"{escape(line.words)}</text>"
        )
        x += _MARK_WIDTH + 24 + sum(_LETTER * (1 + (one >= _FIRST_WIDE)) for one in line.words)
    return parts


def _figure(chart: Chart, figure: float) -> str:
    return f"{figure:.0%}" if chart.percent else f"{figure:.2f}"
