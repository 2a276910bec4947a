"""A file comes in through a form and goes out again byte for byte, to those who may read what it belongs to."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samspil.dialogue.models import Item
from samspil.dialogue.tests.conftest import Play, noon
from samspil.initiative import actions as hall
from samspil.kit import clock
from samspil.kit.models import Blob
from samspil.kit.uploads import LARGEST, UploadRefused
from samspil.organisation import files
from samspil.organisation.models import File
from samspil.organisation.scope import scope
from tests.cast import Cast, gather

SignIn = Callable[[str], Client]
MET = date(2026, 2, 18)
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n%%EOF\n"
HELD = {"on": "2026-02-17", "outcome": "discussed", "order": ""}
APPROVED = {"approved_on": "2026-02-18", "approved_by": "Formandskabet"}


@pytest.fixture
def form(play: Play, standing_clock: datetime) -> dict[str, str]:
    clock.move_to(noon(MET))
    return HELD | {"committee": play.cast.committees["local"].ref}


def send(client: Client, play: Play, form: dict[str, str], name: str, data: bytes) -> object:
    """As a browser sends a form with a file in it."""
    path = f"/fjordby/initiatives/{play.initiative.ref}/held-elsewhere/"
    return client.post(path, form | {"file": SimpleUploadedFile(name, data, "application/octet-stream")})


def fetched(client: Client, item: Item) -> tuple[int, bytes]:
    answer = client.get(f"/fjordby/items/{item.ref}/file/")
    return answer.status_code, answer.content if answer.status_code == 200 else b""


def test_a_file_that_was_brought_is_fetched_again_byte_for_byte(
    play: Play, form: dict[str, str], sign_in: SignIn
) -> None:
    assert send(sign_in("lead"), play, form | APPROVED, "Referat 17. februar.pdf", PDF).status_code == 302  # type: ignore[attr-defined]
    item = Item.objects.get()
    for who in ("lead", "vice_chair", "chair", "employee", "auditor"):
        assert fetched(sign_in(who), item) == (200, PDF), who
    answer = sign_in("employee").get(f"/fjordby/items/{item.ref}/file/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    kept = File.objects.get()
    assert (kept.name, kept.size) == ("Referat 17. februar.pdf", len(PDF))
    assert kept.blob_id == hashlib.sha256(PDF).hexdigest()


def test_what_is_not_released_is_there_for_the_committee_alone(
    play: Play, form: dict[str, str], sign_in: SignIn
) -> None:
    send(sign_in("lead"), play, form, "referat.pdf", PDF)
    item = Item.objects.get()
    assert fetched(sign_in("steward"), item) == (200, PDF)
    assert fetched(sign_in("employee"), item)[0] == 404


def test_guests_and_strangers_find_no_file(
    play: Play, form: dict[str, str], sign_in: SignIn, at: datetime
) -> None:
    send(sign_in("lead"), play, form | APPROVED, "referat.pdf", PDF)
    item = Item.objects.get()
    assert fetched(sign_in("guest"), item)[0] == 404
    assert Client().get(f"/fjordby/items/{item.ref}/file/").status_code == 302
    there = gather("sjovik", "samverkan")
    neighbour = Client()
    neighbour.force_login(there.account("chair"), backend="django.contrib.auth.backends.ModelBackend")
    for slug in ("fjordby", "sjovik"):
        assert neighbour.get(f"/{slug}/items/{item.ref}/file/").status_code == 404
    hall.admit_guest(
        initiative=play.initiative, person=play.cast.people["guest"], by=play.cast.viewer("lead"), at=at
    )
    assert fetched(sign_in("guest"), item) == (200, PDF)


def test_a_file_that_is_too_large_is_refused_where_it_was_chosen_and_nothing_is_kept(
    play: Play, form: dict[str, str], sign_in: SignIn
) -> None:
    client = sign_in("lead")
    client.cookies["django_language"] = "en"
    fits = PDF + b"\n" * (LARGEST - len(PDF) - 6) + b"\n%%EOF"
    assert len(fits) == LARGEST
    answer = send(client, play, form, "referat.pdf", fits + b"\n")
    assert answer.status_code == 200  # type: ignore[attr-defined]
    assert "The file is larger than 10 MB." in answer.content.decode()  # type: ignore[attr-defined]
    assert (Item.objects.count(), File.objects.count(), Blob.objects.count()) == (0, 0, 0)
    assert send(client, play, form, "referat.pdf", fits).status_code == 302  # type: ignore[attr-defined]
    assert File.objects.get().size == LARGEST


@pytest.mark.parametrize(
    "wrong", [{"on": "2026-03-18"}, {"approved_on": "2026-02-18"}], ids=["too early", "no name"]
)
def test_a_form_that_is_refused_keeps_no_file(
    play: Play, form: dict[str, str], sign_in: SignIn, wrong: dict[str, str]
) -> None:
    answer = send(sign_in("lead"), play, form | wrong, "referat.pdf", PDF)
    assert answer.context["form"].errors  # type: ignore[attr-defined]
    assert (Item.objects.count(), File.objects.count(), Blob.objects.count()) == (0, 0, 0)


def test_the_same_bytes_are_kept_once_whoever_brings_them(cast: Cast, at: datetime) -> None:
    first = files.keep("referat.pdf", PDF, cast.viewer("chair"), at)
    second = files.keep("Samme.pdf", PDF, cast.viewer("lead"), at)
    there = gather("sjovik", "samverkan")
    with scope(there.organisation):
        third = files.keep("protokoll.pdf", PDF, there.viewer("chair"), at)
    assert first.blob == second.blob == third.blob == Blob.objects.get()
    assert len({first.ref, second.ref, third.ref}) == 3
    files.keep("andet.pdf", PDF + b"\n", cast.viewer("chair"), at)
    assert Blob.objects.count() == 2
    assert {bytes(blob.data) for blob in Blob.objects.all()} == {PDF, PDF + b"\n"}


def test_a_byte_too_many_is_refused_with_a_sentence(cast: Cast, at: datetime) -> None:
    with pytest.raises(UploadRefused, match="larger than 10 MB"):
        files.keep("stor.txt", b"a" * (LARGEST + 1), cast.viewer("chair"), at)
    assert files.keep("lige.txt", b"a" * LARGEST, cast.viewer("chair"), at).size == LARGEST
