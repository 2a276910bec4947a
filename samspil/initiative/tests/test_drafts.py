"""What somebody typed and did not send waits for them on its page, and is gone once it was sent."""

import re
from collections.abc import Callable
from datetime import datetime
from html import unescape

import pytest
from django.test import Client

from samspil.initiative import actions
from samspil.initiative.models import Initiative, Need
from samspil.organisation.models import Draft, Organisation
from samspil.organisation.scope import scope
from tests.cast import Cast

SignIn = Callable[[str], Client]
WORDS = "Halvt skrevet, før bussen kom"


@pytest.fixture
def client(sign_in: SignIn) -> Client:
    client = sign_in("owner")
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def with_ai(outside_scope: Cast, initiative: Initiative, at: datetime) -> Initiative:
    with scope(outside_scope.organisation):
        return change(outside_scope, initiative, at)


def change(cast: Cast, initiative: Initiative, at: datetime, title: str = "Ny vagtplan") -> Initiative:
    return actions.change_initiative(
        initiative=initiative,
        version=Initiative.objects.get(pk=initiative.pk).version,
        title=title,
        owner=initiative.owner,
        lead=initiative.lead,
        decision_level="local",
        ai_involved="yes",
        case_number="",
        units=[cast.units["workplace"]],
        groups=[],
        by=cast.viewer("lead"),
        at=at,
    )


def pages(cast: Cast, initiative: Initiative) -> dict[str, tuple[str, dict[str, object]]]:
    """Every page with a longer text: its address, and what is typed there besides what it is opened with."""
    here = f"initiatives/{initiative.ref}"
    unit = cast.units["workplace"].ref
    return {
        "need": ("needs/new/", {"problem": WORDS, "for_whom": "Os", "if_nothing": "Mere af det"}),
        "demand": (f"{here}/asks/go/analogue_channel/", {"status": "met", "because": WORDS}),
        "monday": (f"{here}/monday/{unit}/", {"changes": "yes", "text": WORDS}),
        "ai": (f"{here}/ai/", {"how": WORDS, "way": "meeting"}),
        "gate": (f"{here}/gate/", {"outcome": "stop", "reason": WORDS}),
        "change": (f"{here}/change/", {"title": WORDS}),
    }


PAGES = ("need", "demand", "monday", "ai", "gate", "change")


def opened_with(page: str) -> dict[str, object]:
    """What the form on a page would send as it stands, without a hand put to it."""
    form = page[page.index('<form class="form"') :]
    form = form[: form.index("</form>")]
    fields: dict[str, object] = {}
    for tag in re.findall(r"<input [^>]+>", form):
        found = dict(re.findall(r'([a-z]+)="([^"]*)"', tag))
        if found.get("type") in ("radio", "checkbox") and " checked" not in tag:
            continue
        fields[found["name"]] = unescape(found.get("value", ""))
    for name, text in re.findall(r'<textarea name="(\w+)"[^>]*>([^<]*)', form):
        fields[name] = unescape(text.strip())
    return {name: value for name, value in fields.items() if name != "csrfmiddlewaretoken"}


def draft_address(page: str) -> str:
    found = re.search(r'data-draft-url="([^"]+)"', page)
    assert found
    return unescape(found[1])


def type_in(client: Client, page: str, typed: dict[str, object]) -> dict[str, object]:
    """Typing stops for a moment: the script saves what stands in the form."""
    fields = opened_with(page) | typed
    assert client.post(draft_address(page), fields).status_code == 204
    return fields


@pytest.mark.parametrize("name", PAGES)
def test_what_was_typed_waits_and_is_gone_once_sent(
    outside_scope: Cast, with_ai: Initiative, client: Client, name: str
) -> None:
    path, typed = pages(outside_scope, with_ai)[name]
    address = f"/fjordby/{path}"
    fields = type_in(client, client.get(address).content.decode(), typed)
    back = client.get(address).content.decode()
    assert WORDS in back
    assert "This is your draft" in back
    assert "changed since" not in back
    sent = client.post(address, fields)
    assert sent.status_code == 302, sent.content.decode()[:3000]
    with scope(outside_scope.organisation):
        assert not Draft.objects.exists()
    assert "This is your draft" not in client.get(address).content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_a_draft_is_its_writers_alone(
    outside_scope: Cast, with_ai: Initiative, client: Client, sign_in: SignIn, name: str
) -> None:
    path, typed = pages(outside_scope, with_ai)[name]
    type_in(client, client.get(f"/fjordby/{path}").content.decode(), typed)
    other = sign_in("director" if name == "gate" else "digital_lead")
    assert WORDS not in other.get(f"/fjordby/{path}").content.decode()


@pytest.mark.parametrize("name", ["demand", "monday", "ai", "change"])
def test_a_draft_older_than_the_text_is_told_and_overwrites_nothing(
    outside_scope: Cast, with_ai: Initiative, client: Client, sign_in: SignIn, at: datetime, name: str
) -> None:
    path, typed = pages(outside_scope, with_ai)[name]
    address = f"/fjordby/{path}"
    mine = type_in(client, client.get(address).content.decode(), typed)
    theirs = mine | {key: "Skrevet imens" for key, value in typed.items() if value == WORDS}
    assert sign_in("lead").post(address, theirs).status_code == 302
    back = client.get(address).content.decode()
    assert "changed since" in back
    both = client.post(address, opened_with(back))
    assert both.status_code == 409
    assert "Skrevet imens" in both.content.decode()
    assert WORDS in both.content.decode()


def test_a_draft_of_a_decision_on_older_answers_makes_one_look_again(
    outside_scope: Cast, initiative: Initiative, client: Client, at: datetime
) -> None:
    address = f"/fjordby/initiatives/{initiative.ref}/gate/"
    type_in(client, client.get(address).content.decode(), {"outcome": "stop", "reason": WORDS})
    with scope(outside_scope.organisation):
        actions.answer_demand(
            initiative=initiative,
            gate="explore",
            demand="owner_in_line",
            status="not_relevant",
            because="Staben ejer det",
            version=1,
            by=outside_scope.viewer("lead"),
            at=at,
        )
    back = client.get(address).content.decode()
    assert "changed since" in back
    assert "The answers have changed" in client.post(address, opened_with(back)).content.decode()


def test_the_form_can_be_opened_without_the_draft(client: Client, standing_clock: datetime) -> None:
    type_in(client, client.get("/fjordby/needs/new/").content.decode(), {"problem": WORDS})
    back = client.get("/fjordby/needs/new/").content.decode()
    assert 'href="/fjordby/needs/new/?afresh=yes"' in back
    afresh = client.get("/fjordby/needs/new/?afresh=yes").content.decode()
    assert WORDS not in afresh
    assert draft_address(afresh) == draft_address(back)


def test_a_need_because_of_something_has_a_draft_of_its_own(
    need: Need, client: Client, standing_clock: datetime
) -> None:
    type_in(client, client.get("/fjordby/needs/new/").content.decode(), {"problem": WORDS})
    cited = client.get(f"/fjordby/needs/new/?because={need.ref}").content.decode()
    assert WORDS not in cited
    assert opened_with(cited)["because"] == need.ref


def test_every_tick_of_a_draft_comes_back(outside_scope: Cast, with_ai: Initiative, client: Client) -> None:
    address = f"/fjordby/initiatives/{with_ai.ref}/change/"
    cast = outside_scope
    both = [f"unit:{cast.units['workplace'].ref}", f"group:{cast.groups['citizens'].ref}"]
    type_in(client, client.get(address).content.decode(), {"affected": both})
    back = client.get(address).content.decode()
    assert all(re.search(rf'value="{value}"[^>]* checked', back) for value in both)


def test_an_emptied_form_keeps_no_draft(need: Need, client: Client, outside_scope: Cast) -> None:
    page = client.get(f"/fjordby/needs/new/?because={need.ref}").content.decode()
    type_in(client, page, {"problem": WORDS})
    type_in(client, page, {"problem": " "})
    with scope(Organisation.objects.get(slug="fjordby")):
        assert not Draft.objects.exists()
