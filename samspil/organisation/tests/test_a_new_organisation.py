"""From an empty house to an administrator who is signed in: one command and one link."""

import json
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from samspil.organisation import addresses, journal
from samspil.organisation.models import Organisation, RegimePeriod, Role, Unit
from samspil.organisation.scope import scope
from tests.cast import Cast

PASSWORD = "fire kolde fjorde i marts"
NYBY = {
    "slug": "nyby",
    "name": "Nyby Kommune",
    "kind": "municipality",
    "regime": "MED",
    "since": "2026-01-01",
    "source": "Lokal MED-aftale af 12. december 2025",
    "given_name": "Nina",
    "family_name": "Ny",
    "email": "nina@nyby.example",
}


def create(capsys: pytest.CaptureFixture[str], **other: Any) -> dict[str, str]:
    facts = NYBY | other
    words = [word for name, value in facts.items() for word in (f"--{name.replace('_', '-')}", value)]
    call_command("organisation", "create", *words, "--json")
    return json.loads(capsys.readouterr().out)


def test_an_empty_house_gets_an_administrator_who_signs_in_and_goes_on(
    db: None, standing_clock: object, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("load-content", verbosity=0)
    capsys.readouterr()
    link = urlsplit(create(capsys)["link"]).path
    client = Client()
    assert client.post(link, {"username": "nina", "password": PASSWORD})["Location"] == "/nyby/"
    client.logout()
    client.post("/sign-in/login/", {"login": "nina", "password": PASSWORD})
    assert client.get("/").headers["Location"] == "/nyby/"
    assert client.get("/nyby/").status_code == 200
    assert client.get("/nyby/people/new/").status_code == 200
    assert Client().post(link, {"username": "other", "password": PASSWORD}).status_code == 410


def test_what_the_command_says_is_what_stands_there(
    content: None, standing_clock: object, capsys: pytest.CaptureFixture[str]
) -> None:
    create(capsys)
    made = Organisation.objects.get()
    assert (made.name, made.language, made.zone) == ("Nyby Kommune", "da", "Europe/Copenhagen")
    with scope(made):
        assert Unit.objects.get().name == "Nyby Kommune"
        assert RegimePeriod.objects.get().source == NYBY["source"]
        role = Role.objects.get()
        assert (role.kind, str(role.person), role.unit) == ("administrator", "Nina Ny", Unit.objects.get())
        verbs = [entry.verb for entry in journal.entries(made)]
        assert verbs == ["organisation.organisation_created", "organisation.person_invited"]
        assert journal.verify(made) == []


def test_a_swedish_organisation_speaks_swedish_unless_told_otherwise(
    content: None, standing_clock: object, capsys: pytest.CaptureFixture[str]
) -> None:
    create(capsys, country="SE", regime="samverkan")
    create(capsys, slug="nyby-2", country="SE", regime="samverkan", language="en", zone="Europe/Helsinki")
    assert list(Organisation.objects.order_by("pk").values_list("language", "zone")) == [
        ("sv", "Europe/Stockholm"),
        ("en", "Europe/Helsinki"),
    ]


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"slug": "fjordby"}, "There is an organisation “fjordby” already"),
        ({"slug": "Ny By"}, "small letters"),
        ({"slug": "static"}, "an address of Samspil itself"),
        ({"zone": "Europe/Nyby"}, "no such time zone"),
        ({"regime": "none"}, "not loaded"),
        ({"given_name": " "}, "given name"),
    ],
    ids=lambda value: str(value),
)
def test_what_cannot_be_is_said_and_nothing_is_left(
    outside_scope: Cast, capsys: pytest.CaptureFixture[str], other: dict[str, str], sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        create(capsys, **other)
    assert Organisation.objects.get() == outside_scope.organisation


@pytest.mark.parametrize("word", sorted(addresses.of_the_house()))
def test_no_organisation_takes_an_address_of_the_house(
    word: str, content: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError, match="an address of Samspil itself"):
        create(capsys, slug=word)


def test_the_addresses_of_the_house_are_known() -> None:
    known = {"demo", "cards", "sign-in", "language", "healthz", "readyz", "privacy", "security", "static"}
    assert known <= addresses.of_the_house()
