"""The committee met in the agenda system it has: half a minute to record it, and the file is found again."""

import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from samspil.initiative.models import Initiative
from samspil.kit.exports import Document, Heading, Paragraph, write
from tests.cast import AT, Cast
from tests.journeys.walker import Walker

HELD = AT.date() - timedelta(days=3)
MOST_SECONDS = 10  # of the house itself on a busy machine; the rest of the half minute is the person's


def minutes(held: date) -> bytes:
    """Minutes as another system would have made them: a real PDF."""
    words = [Heading(1, "Punkt 4"), Paragraph("Vagtplanen blev drøftet. Begge sider blev hørt.")]
    return write(Document(f"Referat {held}", "da", words), "pdf").bytes


@pytest.mark.parametrize(
    "way", [{}, {"width": 360, "script": False}], ids=["in a browser", "script off at 360 px"]
)
def test_date_outcome_and_file_are_enough(
    fjordby: Cast, initiative: Initiative, walk_as: Callable[..., Walker], way: dict[str, Any]
) -> None:
    walker = walk_as(fjordby, "lead", **way).go(f"/fjordby/initiatives/{initiative.ref}/")
    file = {"name": "referat.pdf", "mimeType": "application/pdf", "buffer": minutes(HELD)}
    walker.follow("held-elsewhere")
    begun = time.monotonic()
    walker.write("on", HELD.isoformat()).choose("outcome", "discussed").bring("file", file).send()
    waited = time.monotonic() - begun

    assert (walker.fields, walker.characters) == (3, 10)
    assert waited < MOST_SECONDS
    link = walker.sees("referat.pdf").page.locator("#main-content a", has_text="referat.pdf").first
    found = walker.page.request.get(f"{walker.address}{link.get_attribute('href')}")
    assert found.body() == file["buffer"]
    walker.go(f"/fjordby/initiatives/{initiative.ref}/").follow("/items/").sees("referat.pdf")
