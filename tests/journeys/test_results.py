"""From the files of a consultation to what came of it: in words, as a table, and as a map moved by keys alone."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest

from samspil.initiative.models import Initiative
from samspil.involvement.results.tests.held import tables
from samspil.kit import jobs
from samspil.organisation.rounds import works
from tests.cast import AT, Cast
from tests.journeys.walker import Walker


def export() -> list[dict[str, object]]:
    return [
        {"name": f"{name}.csv", "mimeType": "text/csv", "buffer": as_csv(rows)}
        for name, rows in tables(people=90).items()
    ]


def as_csv(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.prove), 360])
def test_from_files_to_what_we_agree_on(
    fjordby: Cast, initiative: Initiative, walk_as: Callable[..., Walker], width: int
) -> None:
    walker = walk_as(fjordby, "lead", width=width).go(f"/fjordby/initiatives/{initiative.ref}/")
    walker.follow("/consultations/new/").bring("files", export()).write("title", "Ruter")
    walker.write("source", "Egen høring").choose("language", "da").send().sees("bliver regnet ud")
    while jobs.run_next(works(), AT + timedelta(hours=1)):
        pass
    walker.follow("/results/").sees("Det er vi enige om").sees("ud af 10 i hver gruppe er enige.")
    walker.sees("Det skiller os").sees("Det kan vi ikke sige, og hvorfor")
    walker.follow("/statements/").write("words", "borgeren")
    with walker.page.expect_navigation():
        walker.page.keyboard.press("Enter")
    walker.look_around().sees("1 udsagn")
    walker.follow("/map/")
    moved_by_keys(walker)
    walker.page.locator("summary", has_text="Hver prik på kortet").click()
    walker.look_around()
    walker.follow("/method/").sees("Hash af kortet")


def moved_by_keys(walker: Walker) -> None:
    """Tab to the map; plus goes closer, an arrow moves, nought shows all of it again."""
    box = walker.page.locator("[data-explore-map]")
    box.focus()
    whole = seen(walker)
    walker.page.keyboard.press("+")
    closer = seen(walker)
    assert closer[2] < whole[2]
    walker.page.keyboard.press("ArrowRight")
    assert seen(walker)[0] > closer[0]
    walker.page.keyboard.press("0")
    assert seen(walker) == whole
    walker.page.keyboard.press("Tab")
    walker.page.keyboard.press("Enter")
    assert seen(walker)[2] < whole[2]
    walker.look_around()


def seen(walker: Walker) -> list[float]:
    box = walker.page.locator("svg.opinion-map").get_attribute("viewBox") or ""
    return [float(part) for part in box.split()]


def test_without_a_script_everything_is_there(
    fjordby: Cast, initiative: Initiative, walk_as: Callable[..., Walker]
) -> None:
    walker = walk_as(fjordby, "lead", script=False).go(f"/fjordby/initiatives/{initiative.ref}/")
    walker.follow("/consultations/new/").bring("files", export())
    walker.write("source", "Egen høring").send()
    while jobs.run_next(works(), AT + timedelta(hours=1)):
        pass
    walker.follow("/results/").follow("/map/").sees("Kortet i ord").sees("De farvede områder")
    assert not walker.page.locator("[data-map-tools]").is_visible()
