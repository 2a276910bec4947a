"""Whatever people write stays text: on no page does a word of theirs become an element, an attribute or a script."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.urls import reverse

from samspil.dialogue import actions as committees
from samspil.initiative import actions as hall
from samspil.organisation import actions as house
from samspil.organisation.scope import scope
from tests.permissions.addresses import Address, behind_the_door
from tests.permissions.law import expected
from tests.permissions.payloads import path_of
from tests.permissions.payloads.initiative import DEMAND, GATE
from tests.permissions.payloads.participation import for_participants, participants_path
from tests.permissions.visits import Visitors, client_of
from tests.permissions.world import PERSONS, World, furnish

pytestmark = pytest.mark.django_db
HOSTILE = {
    "breaks out of elements": (
        "\"><img src=x onerror=canary()>'><canary-tag canary-mark=1>{{canary}}"
        "</textarea></title><svg onload=canary()><!--canary"
    ),
    "breaks out of attributes": (
        "javascript:canary()//' onfocus='canary()' \" onfocus=\"canary()\" --></script><script>canary()</script>"
    ),
    "is escaped twice": "&lt;canary-tag&gt; &#60;canary-tag&#62; [canary](javascript:canary()) <javascript:canary()>",
}
READERS = ("lead", "vice_chair")
ALSO = {
    "initiative:need": ("other_need", "third_need"),
    "initiative:initiative": ("decided",),
    "dialogue:meeting": ("held", "negotiation", "settled"),
    "dialogue:item": (
        *("waiting", "held_item", "written_item", "released_item", "filed_item"),
        *("above_too", "negotiated_item", "closed_item"),
    ),
    "dialogue:staff_note": ("note_to_release",),
    "dialogue:remedy": ("answered_remedy", "open_remedy"),
    "business_case:part": ("case_benefit",),
    "participation:round": ("planned_round", "closed_round"),
}
WHERE_ADDRESSES_STAND = {
    "href",
    "src",
    "action",
    "formaction",
    "xlink:href",
    "hx-get",
    "hx-post",
    "poster",
    "data",
}
QUESTIONS = {
    "initiative:search": "q",
    "initiative:needs": "words",
    "initiative:initiatives": "words",
    "initiative:journal": "who",
    "initiative:raise_need": "because",
    "organisation:people": "words",
    "involvement:consultation": "words",
}


class Reader(HTMLParser):
    """Reads a page as a browser would and notes where somebody's words have become more than text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if "canary" in tag:
            self.faults.append(f"<{tag}>")
        for key, value in attrs:
            self.text.append(value or "")
            if "canary" in key or key.startswith("on"):
                self.faults.append(f"<{tag} {key}>")
            if key in WHERE_ADDRESSES_STAND and (value or "").strip().lower().startswith("javascript:"):
                self.faults.append(f"<{tag} {key}={value}>")
        if tag in ("img", "iframe", "object") and not dict(attrs).get("src", "").startswith(("/", "data:")):  # type: ignore[union-attr]
            self.faults.append(f"<{tag}> from elsewhere")

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self.cdata_elem and "canary" in data:
            self.faults.append(f"in <{self.cdata_elem}>")

    def handle_comment(self, data: str) -> None:
        if "canary" in data:
            self.faults.append("in a comment")


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader


class Pen:
    """Writes every text with something hostile in it, and a number by which it is found again."""

    def __init__(self, hostile: str) -> None:
        self.hostile = hostile
        self.written: dict[int, str] = {}

    def __call__(self, text: str) -> str:
        number = len(self.written) + 1
        self.written[number] = text
        return f"{text} no{number}. {self.hostile} no{number}."

    def unread(self, text: str) -> set[str]:
        return {word for number, word in self.written.items() if f"no{number}." not in text}


def test_what_people_write_stays_text_on_every_page_and_every_text_was_looked_at(house: None) -> None:
    pen = Pen(" ".join(HOSTILE.values()))
    visitors = Visitors(furnish("fremmedby", "MED", pen))
    _write_on(visitors.world)
    seen: list[str] = []
    for where, page in _pages(visitors):
        reader = read(page)
        assert reader.faults == [], where
        seen += reader.text
    assert pen.unread(" ".join(seen)) == set()


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_what_people_ask_for_stays_text(fjordby: Visitors, hostile: str) -> None:
    for name, question in QUESTIONS.items():
        client = fjordby.client("lead")
        response = client.get(path_of(name, fjordby.world), {question: hostile})
        assert read(response.content.decode()).faults == [], name


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_a_page_that_is_not_there_does_not_repeat_what_was_asked_for(fjordby: Visitors, hostile: str) -> None:
    response = fjordby.get("lead", f"/fjordby/{hostile}/")
    assert response.status_code == 404
    assert read(response.content.decode()).faults == []


@pytest.mark.parametrize("hostile", [*HOSTILE.values()][:2], ids=[*HOSTILE][:2])
def test_a_page_that_forgot_to_escape_is_caught(hostile: str) -> None:
    assert read(f"<p title='{hostile}'>{hostile}</p>").faults


def _pages(visitors: Visitors) -> Iterator[tuple[str, str]]:
    """Every page of text, as everybody who reads it differently."""
    for address in behind_the_door():
        if "GET" in address.methods:
            for who in _readers(address):
                for path in _paths(address, visitors.world):
                    response = visitors.get(who, path)
                    if response.headers["Content-Type"].startswith("text/html"):
                        yield f"{path} as {who}", response.content.decode()
    for one in for_participants():
        for name in ("open_round", "closed_round"):
            path = participants_path(one, visitors.world, name)
            yield path, client_of().get(path).content.decode()


def _paths(address: Address, world: World) -> Iterator[str]:
    yield path_of(address.name, world)
    for name in ALSO.get(address.name, ()):
        yield reverse(address.name, args=[world.slug, world.refs[name]])


def _readers(address: Address) -> list[str]:
    """Those who read a page differently, else the first who may; a link is opened by anybody."""
    allowed = expected()[address.action] or {"lead"}
    return [who for who in READERS if who in allowed] or [next(who for who in PERSONS if who in allowed)]


def _write_on(world: World) -> None:
    """The texts that are only written once something lies there."""

    def does(who: str) -> dict[str, Any]:
        return {"by": world.viewer(who), "at": world.at}

    with scope(world.cast.organisation):
        hall.correct_step(
            step=world.step(), on=world.day(50), taken=False, reason=world.say("Udskudt"), **does("lead")
        )
        hall.answer_demand(
            initiative=world.initiative(),
            gate=GATE,
            demand=DEMAND,
            status="not_relevant",
            because=world.say("Staben ejer det"),
            version=1,
            **does("owner"),
        )
        hall.inform_about_ai(
            initiative=world.initiative(), informed_on=world.day(0), how=world.say("På mødet"), **does("lead")
        )
        for who in ("chair", "vice_chair"):
            committees.release_answers(item=world.item(), **does(who))
        committees.withdraw_item(item=world.item("waiting"), reason=world.say("For tidligt"), **does("lead"))
        house.add_unit(name=world.say("Ny enhed"), parent=None, **does("administrator"))
        house.add_committee(name=world.say("Nyt udvalg"), level="local", **does("administrator"))
        house.add_audience_group(name=world.say("Pårørende"), kind="citizens", **does("administrator"))
