"""Lines over weeks, as a drawing and as plain text."""

from xml.etree.ElementTree import fromstring

from tongguan.interfaces.cli.drawing import Chart, Line, svg, text

WEEKS = [f"w{number}" for number in range(20)]
RISING = Line("rising & shining", [number / 19 for number in range(20)], 0, "r")
GAPPED = Line("gapped", [0.5, None, 0.5, 0.5] * 5, 1, "g", faint=True)
CHART = Chart("Two lines", WEEKS, [RISING, GAPPED], moment=(10, "it begins"))


def test_a_drawing_is_a_sound_document_with_a_line_each_and_words_for_all_but_the_faint() -> None:
    root = fromstring(svg(CHART))

    space = "{http://www.w3.org/2000/svg}"
    words = [one.text for one in root.iter(f"{space}text")]
    paths = [one.get("d", "") for one in root.iter(f"{space}path")]
    assert {"Two lines", "rising & shining", "it begins", "0%", "100%", "w0"} <= set(words)
    assert "gapped" not in words
    assert [path.count("M") for path in paths] == [6, 1]  # it breaks where a week has no figure


def test_a_plain_chart_rises_from_left_to_right_within_its_width() -> None:
    told = text(CHART, width=60).splitlines()

    assert max(map(len, told)) <= 60
    rows = [row.index("r") for row in told[1:12] if "r" in row]
    assert rows == sorted(rows, reverse=True)
    assert told[-1] == "r rising & shining"


def test_more_weeks_than_fit_are_told_together() -> None:
    many = Chart("Long", [str(week) for week in range(500)], [Line("x", [0.2] * 500)])

    told = text(many, width=80).splitlines()

    assert max(map(len, told)) <= 80
    assert any(row.startswith(" 20% │**") for row in told)


def test_nothing_to_draw_is_drawn_all_the_same() -> None:
    empty = Chart("Empty", [], [Line("x", [])])

    assert "Empty" in text(empty, width=80)
    assert fromstring(svg(empty)) is not None
