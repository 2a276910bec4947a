"""Charts say the same to the eye, to a screen reader and in their table."""

import itertools
import re
from dataclasses import replace
from datetime import date, timedelta
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.kit.charts import (
    NARROWEST,
    QUIET,
    Bar,
    Bars,
    Basis,
    Chart,
    Moment,
    Panel,
    Picture,
    SmallMultiples,
    Stack,
    StackedBars,
    TimeLine,
    draw,
    share,
    text_width,
    wrapped,
)
from samspil.kit.spread_charts import Course, Part, Point, Sides, Spread, TwoSides

SVG = "{http://www.w3.org/2000/svg}"
BASIS = Basis(1204, "Survey of home care", date(2026, 3, 4))

BARS = Bars(
    "Days until an answer",
    "days",
    (Bar("North", 42, 38, 51), Bar("South", 12.5), Bar("East", None), Bar("West", 0), Bar("Sea", -8)),
    BASIS,
)
STACKS = StackedBars(
    "Statements",
    ("Agree", "Pass", "Disagree"),
    (Stack("It takes time", (812, 121, 271)), Stack("It is easy", (None, 1, 95)), Stack("New", (0, 0, 0))),
    BASIS,
)
TIME = TimeLine(
    "What happened",
    (
        Moment("Contract signed", date(2026, 3, 1)),
        Moment("Go-live", date(2026, 11, 2), planned=True),
        Moment("Evaluation", None, planned=True),
    ),
    date(2026, 3, 4),
    BASIS,
)
PANELS = SmallMultiples(
    "Sick leave",
    "days",
    ("Jan", "Feb", "Mar"),
    (Panel("North", (3, None, 5)), Panel("South", (-1, 0, 2))),
    BASIS,
)
COURSE = Course(
    "Cash flow",
    "DKK",
    ("Net of the year", "Come together", "Nine in ten"),
    (Point("2027", -90, -120, -100, -80), Point("2028", 60, -60, -30, 10), Point("2029", 60, -10, 40, 90)),
    BASIS,
)
SPREAD = Spread(
    "Spread",
    "DKK",
    (Part(-200, -100, 10), Part(-100, 0, 200), Part(0, 100, 694)),
    (("P5", -90), ("P50", 30), ("P95", 95)),
    ("Below zero: 24 %", "Above zero: 76 %"),
    BASIS,
    under=100,
    over=200,
)
TWO_SIDES = TwoSides(
    "Who pays",
    "DKK",
    ("Pays", "Gains"),
    (Sides("IT", -147_000, 0, -147_000), Sides("Elder care", -37_200, 219_250, 182_050)),
    BASIS,
    net="Together",
)
PICTURES = [BARS, STACKS, TIME, PANELS, COURSE, SPREAD, TWO_SIDES]


def drawn(picture: Picture, language: str = "en") -> Element:
    return fromstring(draw(picture, language).svg)


def of_class(root: Element, css: str) -> list[Element]:
    return [element for element in root.iter() if css in element.get("class", "").split()]


def texts(root: Element) -> str:
    return " ".join(element.text or "" for element in root.iter(f"{SVG}text"))


@pytest.mark.parametrize("picture", PICTURES)
def test_a_chart_names_and_describes_itself_with_ids_of_its_own(picture: Picture):
    root = drawn(picture)
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text == picture.title
    assert "Survey of home care" in description.text


def test_no_two_charts_on_a_page_share_an_id():
    page = [draw(picture, "en").svg for picture in PICTURES] + [draw(BARS, "en", name="again").svg]
    ids = [found for svg in page for found in re.findall(r' id="([^"]+)"', svg)]
    assert len(ids) == len(set(ids)) > 0


@pytest.mark.parametrize("picture", PICTURES)
def test_a_chart_passes_a_strict_content_security_policy(picture: Picture):
    svg = draw(picture, "en").svg
    assert " style=" not in svg
    assert "<style" not in svg
    assert "<script" not in svg
    assert not re.search(r"\son\w+=", svg)


@pytest.mark.parametrize("picture", PICTURES)
def test_no_text_is_smaller_than_twelve_pixels_and_the_width_follows_the_screen(picture: Picture):
    root = drawn(picture)
    assert all(float(text.get("font-size")) >= 12 for text in root.iter(f"{SVG}text"))
    assert root.get("width") == "100%"
    assert root.get("viewBox") is None, "a view box would shrink the words on a phone"


def test_words_fit_on_the_narrowest_screen():
    long = Bar(
        "Centre for rehabilitation, special services and everything that belongs to it " * 2, 12345.678
    )
    root = drawn(Bars("Long", "minutes a week", (long, Bar("W" * 90, None)), BASIS))
    assert all(
        text_width(text.text, float(text.get("font-size"))) <= NARROWEST for text in root.iter(f"{SVG}text")
    )


@pytest.mark.parametrize("picture", PICTURES)
def test_the_number_of_answers_the_source_and_the_date_are_on_the_chart_and_under_the_table(picture: Picture):
    chart = draw(picture, "en")
    for told in (texts(fromstring(chart.svg)).replace("\xa0", " "), chart.table.note):
        assert "n = 1,204" in told
        assert "Survey of home care" in told
        assert "4 Mar 2026" in told


def test_a_basis_that_is_not_known_is_said_to_be_unknown():
    chart = draw(Bars("x", "", (), Basis(None, None, None)), "en")
    assert chart.table.note == "n = unknown · Source: unknown · As of unknown"


def test_unknown_is_a_dashed_frame_and_zero_is_not():
    root = drawn(Bars("x", "", (Bar("unknown one", None), Bar("zero", 0)), BASIS))
    assert len(of_class(root, "chart-unknown")) == 1
    assert [bar.get("width") for bar in of_class(root, "chart-bar")] == ["0%"]
    assert "unknown" in texts(root)


def test_one_unknown_count_leaves_the_shares_unknown_but_keeps_the_known_counts():
    chart = draw(STACKS, "en")
    assert chart.table.rows[1] == ("It is easy", None, 1, 95, None, None, None, None)
    assert len(of_class(fromstring(chart.svg), "chart-unknown")) == 2
    assert "Disagree\xa095" in texts(fromstring(chart.svg))


def test_an_unknown_column_among_small_multiples_is_framed():
    assert len(of_class(drawn(PANELS), "chart-unknown")) == 1


def test_a_plan_without_a_date_says_so():
    root = drawn(TIME)
    assert "Date unknown: Evaluation" in texts(root)
    assert len(of_class(root, "chart-unknown")) == 1


def test_the_time_line_tells_past_from_plan_and_marks_today():
    root = drawn(TIME)
    assert len(of_class(root, "chart-happened")) == 1
    assert len(of_class(root, "chart-planned")) == 1
    assert "Today, 4 Mar 2026" in texts(root)
    assert "2 Nov 2026, planned: Go-live" in texts(root)
    happened, today = of_class(root, "chart-happened")[0], of_class(root, "chart-today")[0]
    assert float(happened.get("cx")[:-1]) < float(today.get("x1")[:-1])


def test_parts_differ_by_pattern_and_not_by_colour_alone():
    root = drawn(STACKS)
    patterns = {pattern.get("id") for pattern in root.iter(f"{SVG}pattern")}
    fills = [element.get("fill") for element in of_class(root, "chart-part")[:3]]
    assert len(set(fills)) == 3
    assert {fill[5:-1] for fill in fills[1:]} == patterns, "all but the first have a pattern"
    assert [key.get("fill") for key in of_class(root, "chart-key")] == fills, "the legend shows the same"


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a\x00\ud800b"]
)
def test_what_people_wrote_is_text_in_the_drawing(hostile: str):
    pictures: list[Picture] = [
        Bars(hostile, hostile, (Bar(hostile, 1),), Basis(1, hostile, None)),
        StackedBars(hostile, (hostile, "b"), (Stack(hostile, (1, 2)),), Basis(1, hostile, None)),
        TimeLine(hostile, (Moment(hostile, None),), date(2026, 1, 1), BASIS),
        SmallMultiples(hostile, hostile, (hostile,), (Panel(hostile, (1,)),), BASIS),
    ]
    for picture in pictures:
        root = drawn(picture)
        assert not {element.tag.removeprefix(SVG) for element in root.iter()} & {
            "script",
            "img",
            "image",
            "a",
        }


def test_figures_and_dates_follow_the_reader():
    bars = Bars("x", "", (Bar("y", 1234.5),), BASIS)
    assert draw(bars, "da").words == (("y", "1.234,5"),)
    assert draw(bars, "sv").words == (("y", "1\xa0234,5"),)
    assert draw(bars, "en").words == (("y", "1,234.5"),)
    assert "4. mar. 2026" in draw(bars, "da").description


def test_a_figure_without_an_interval_is_not_an_unknown_estimate():
    chart = draw(BARS, "en")
    assert chart.words[0] == ("North", "42", "38", "51")
    assert chart.words[1] == ("South", "12.5", "–", "–")
    assert chart.words[2] == ("East", "unknown", "unknown", "unknown")
    assert "42 days (38 – 51)" in texts(fromstring(chart.svg))


def test_a_tall_chart_is_cut_between_rows_into_sheets_that_together_are_the_whole():
    many = StackedBars("Many", ("Yes", "No"), tuple(Stack(f"S{i}", (i, 1)) for i in range(60)), BASIS)
    sheets = [fromstring(sheet) for sheet in draw(many, "en").sheets(640, 800)]
    windows = [tuple(map(float, sheet.get("viewBox").split())) for sheet in sheets]
    assert len(sheets) > 3
    assert all(height <= 800 for *_, height in windows)
    assert [top for _, top, *_ in windows[1:]] == [pytest.approx(w[1] + w[3]) for w in windows[:-1]]


def test_the_wrong_number_of_counts_is_refused():
    with pytest.raises(ValueError, match="2 counts for 3 parts"):
        draw(StackedBars("x", ("a", "b", "c"), (Stack("s", (1, 2)),), BASIS), "en")
    with pytest.raises(ValueError, match="two to five"):
        draw(StackedBars("x", ("a",), (), BASIS), "en")
    with pytest.raises(ValueError, match="1 values for 2 points"):
        draw(SmallMultiples("x", "", ("a", "b"), (Panel("p", (1,)),), BASIS), "en")


counts = st.lists(st.none() | st.integers(0, 10**9), min_size=3, max_size=3).map(tuple)


@given(counts)
def test_the_parts_of_a_bar_fill_it_exactly_or_it_is_unknown(given_counts: tuple[int | None, ...]):
    root = drawn(StackedBars("x", ("a", "b", "c"), (Stack("s", given_counts),), BASIS))
    parts = of_class(root, "chart-part")
    if None in given_counts or not sum(given_counts):
        assert not parts
        assert of_class(root, "chart-unknown")
    else:
        assert sum(float(part.get("width")[:-1]) for part in parts) == pytest.approx(100, abs=0.05)


values = st.none() | st.floats(-1e12, 1e12) | st.integers(-(10**12), 10**12)


@given(st.lists(values, max_size=8))
def test_bars_stay_on_the_paper_and_are_as_long_as_their_values(given_values: list[float | None]):
    root = drawn(Bars("x", "", tuple(Bar(str(i), v) for i, v in enumerate(given_values)), BASIS))
    bars = of_class(root, "chart-bar")
    known = [value for value in given_values if value is not None]
    assert len(bars) == len(known)
    spread = max([0.0, *known]) - min([0.0, *known])
    for bar, value in zip(bars, known, strict=True):
        left, wide = float(bar.get("x")[:-1]), float(bar.get("width")[:-1])
        assert left >= -0.01
        assert left + wide <= 100.01
        assert wide == pytest.approx(abs(value) / spread * 100 if spread else 0, abs=0.01)


@given(
    st.lists(st.none() | st.dates(date(1900, 1, 1), date(2200, 1, 1)), max_size=6), st.dates(date(1950, 1, 1))
)
def test_any_dates_make_a_time_line_in_order(dates: list[date | None], today: date):
    moments = tuple(Moment(str(i), on) for i, on in enumerate(dates))
    root = drawn(TimeLine("x", moments, today, BASIS))
    places = [float(mark.get("cx")[:-1]) for mark in of_class(root, "chart-happened")]
    assert places == sorted(places)
    assert all(0 <= place <= 100 for place in places)
    assert len(of_class(root, "chart-tick")) <= 5


@given(st.text(max_size=200), st.floats(20, 600))
def test_wrapping_loses_no_letter(text: str, width: float):
    from samspil.kit.charts import printable

    squeezed = "".join(printable(text).split())
    assert "".join("".join(wrapped(text, width, 15)).split()) == squeezed


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_share_is_the_nearest_whole_per_cent(part: int, more: int):
    whole = part + more
    assert abs(share(part, whole) * whole - 100 * part) * 2 <= whole


def test_the_same_picture_is_the_same_drawing():
    charts: list[Chart] = [draw(BARS, "en"), draw(BARS, "en")]
    assert charts[0] == charts[1]


def test_marks_differ_by_shape_and_a_warning_by_a_cross_too():
    today = date(2026, 3, 4)
    moments = (
        Moment("talk", today),
        Moment("step", today, square=True),
        Moment("late", today, square=True, warning=True),
    )
    root = drawn(TimeLine("x", moments, today, BASIS))
    shapes = [mark.tag.removeprefix(SVG) for mark in of_class(root, "chart-happened")]
    assert shapes == ["circle", "rect", "rect"]
    assert len(of_class(root, "chart-cross")) == 1
    assert len({mark.get("stroke") for mark in of_class(root, "chart-happened")}) == 2


def test_a_list_of_dates_counts_nothing():
    basis = Basis(None, "the dates", date(2026, 3, 4), counted=False)
    chart = draw(TimeLine("x", (Moment("a", date(2026, 1, 1)),), date(2026, 3, 4), basis), "en")
    assert "n =" not in chart.table.note
    assert "Source: the dates" in chart.table.note


@pytest.mark.parametrize("moments", [(), (Moment("a", None),), (Moment("a", date(2026, 1, 1)),)])
def test_a_time_line_that_is_read_much_later_marks_no_day(moments: tuple[Moment, ...]) -> None:
    chart = draw(TimeLine("x", moments, None, BASIS), "en")
    assert "oday" not in str(chart.svg) + chart.table.note
    assert "chart-today" not in str(chart.svg)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 3000))
def test_the_words_under_the_ticks_of_a_time_line_never_overlap(first: date, days: int):
    picture = TimeLine("x", (Moment("a", first),), first + timedelta(days=days), BASIS)
    ends = []
    for text in drawn(picture).iter(f"{SVG}text"):
        if text.get("fill") != QUIET or not text.get("x").endswith("%"):
            continue
        x, wide = float(text.get("x")[:-1]) / 100 * NARROWEST, text_width(text.text, 13)
        left = {"start": x, "middle": x - wide / 2, "end": x - wide}[text.get("text-anchor")]
        ends.append((left, left + wide))
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(ends))


def far(root: Element, css: str, name: str) -> list[float]:
    return [float(element.get(name, "").removesuffix("%")) for element in of_class(root, css)]


def test_a_course_draws_each_year_and_its_band_and_the_table_says_the_same():
    root = drawn(COURSE)
    assert len(of_class(root, "chart-bar")) == len(of_class(root, "chart-point")) == 3
    (band,) = of_class(root, "chart-band")
    assert len(band[0].get("points").split()) == 6
    zero = far(root, "chart-zero", "y1")[0]
    first, second, _third = (float(one.get("y")) for one in of_class(root, "chart-bar"))
    assert first == pytest.approx(zero)  # below zero it hangs, above it stands
    assert second < zero
    assert draw(COURSE, "en").table.rows[1] == ("2028", 60, -60, -30, 10)


def test_a_spread_tells_both_sides_of_zero_apart_by_pattern_and_says_what_lies_further_out():
    root = drawn(SPREAD)
    below, also_below, above = (one.get("fill") for one in of_class(root, "chart-bar"))
    assert below == also_below != above
    assert below.startswith("url(#")
    assert "100 draws below, 200 above" in texts(root)
    rows = draw(SPREAD, "en").table.rows
    assert [row[1] for row in rows] == [100, 10, 200, 694, 200]
    assert [row[0] for row in rows] == ["under -200", "-200 – -100", "-100 – 0", "0 – 100", "over 100"]


def test_two_sides_reach_from_the_middle_and_the_net_is_marked():
    root = drawn(TWO_SIDES)
    bars = of_class(root, "chart-bar")
    assert len(bars) == 3  # what is nothing has no bar
    zero = far(root, "chart-zero", "x1")[0]
    left = float(bars[0].get("x").removesuffix("%")) + float(bars[0].get("width").removesuffix("%"))
    assert left == pytest.approx(zero, abs=0.02)
    assert far(root, "chart-net", "cx")[1] > zero
    assert draw(TWO_SIDES, "en").table.rows[0] == ("IT", -147_000, 0, -147_000)


def test_a_course_of_a_hundred_years_names_only_as_many_as_fit():
    points = tuple(Point(str(year), 1, 0, year, year) for year in range(2000, 2100))
    root = drawn(replace(COURSE, points=points))
    named = [text for text in root.iter(f"{SVG}text") if re.fullmatch(r"2\d{3}", text.text or "")]
    assert 2 < len(named) < 8
