"""Minutes and agendas go to the records system as one package; who may read them may file them."""

import hashlib
import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pdfua import validate

from samspil.dialogue import actions
from samspil.dialogue.models import Item, Minutes
from samspil.dialogue.tests.conftest import Play
from samspil.dialogue.tests.test_pages import SignIn, page
from samspil.initiative.models import Initiative
from samspil.kit.refusal import ChangedMeanwhile, NotAllowed
from samspil.organisation import files

MET, LATER = date(2026, 2, 18), date(2026, 3, 4)


def package(client: Client, path: str) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The metadata and the files of a package, whose hashes match."""
    response = client.get(path)
    assert response.status_code == 200
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    known = json.loads(found["metadata.json"])
    for one in known["files"]:
        assert hashlib.sha256(found[one["name"]]).hexdigest() == one["sha256"]
    return known, found


def is_readable(found: dict[str, bytes], folder: Path) -> bool:
    (pdf,) = [content for name, content in found.items() if name.endswith(".pdf") and "/" not in name]
    path = folder / "filed.pdf"
    path.write_bytes(pdf)
    return not validate(str(path)).findings


def test_minutes_are_filed_with_who_released_and_approved_them(
    play: Play, sign_in: SignIn, tmp_path: Path
) -> None:
    Initiative.objects.update(case_number="26/1234")
    item = play.approved(play.discussed(MET), LATER)
    known, found = package(sign_in("employee"), page(play, item, "text.zip"))
    assert (known["kind"], known["case_number"], known["date"]) == ("minutes", "26/1234", "2026-02-18")
    assert (known["organisation"], known["language"]) == ("Fjordby Kommune", "da")
    assert known["fingerprint"] == Minutes.objects.get().sha256
    assert [(one["act"], one["place"], one["on"]) for one in known["signed"]] == [
        ("release", "chair", "2026-03-04"),
        ("release", "vice_chair", "2026-03-04"),
        ("approve", "chair", "2026-03-04"),
        ("approve", "vice_chair", "2026-03-04"),
    ]
    assert is_readable(found, tmp_path)


def test_the_same_minutes_give_the_same_bytes(play: Play, sign_in: SignIn) -> None:
    item = play.approved(play.discussed(MET), LATER)
    first, second = (sign_in(who).get(page(play, item, "text.zip")).content for who in ("chair", "employee"))
    assert first == second


def test_the_file_that_was_brought_lies_in_the_package(play: Play, sign_in: SignIn) -> None:
    brought = files.keep(
        "referat.txt", b"Underskrevet.", play.by("lead", MET)["by"], play.by("lead", MET)["at"]
    )
    item = actions.record_meeting_elsewhere(
        initiative=play.initiative,
        committee=play.cast.committees["local"],
        on=date(2026, 1, 20),
        outcomes=[actions.NewOutcome("discussed")],
        file=brought,
        approved_on=date(2026, 1, 21),
        approved_by="Formand og næstformand",
        **play.by("lead"),
    )
    known, found = package(sign_in("employee"), page(play, item, "text.zip"))
    assert found["annex/referat.txt"] == b"Underskrevet."
    assert {one["name"] for one in known["signed"]} == {"Formand og næstformand"}


def test_who_may_not_read_the_minutes_may_not_file_them(play: Play, sign_in: SignIn) -> None:
    item = play.discussed(MET)
    actions.write_minutes(item=item, text="Drøftet.", **play.by("secretary", LATER))
    assert sign_in("employee").get(page(play, item, "text.zip")).status_code == 404
    known, _found = package(sign_in("steward"), page(play, item, "text.zip"))
    assert known["readable_by"] == "committee"


def test_an_agenda_is_filed_with_the_case_number_of_each_item(
    play: Play, sign_in: SignIn, tmp_path: Path
) -> None:
    meeting = play.meeting(MET)
    item = play.item()
    actions.give_case_number(item=item, case_number=" 26/99 ", version=item.version, **play.by("lead"))
    path = f"/{play.cast.organisation.slug}/meetings/{meeting.ref}/agenda.zip"
    known, found = package(sign_in("employee"), path)
    assert (known["kind"], known["committee"]) == ("agenda", play.cast.committees["local"].name)
    assert known["parts"] == [{"title": item.title, "case_number": "26/99"}]
    assert is_readable(found, tmp_path)


# --- the case number of an item ------------------------------------------------------------------------------


def test_an_item_has_the_initiatives_case_number_until_it_gets_its_own(play: Play) -> None:
    Initiative.objects.update(case_number="26/1234")
    item = play.item()
    assert Item.objects.get().filed_under == "26/1234"
    actions.give_case_number(item=item, case_number="26/99", version=1, **play.by("secretary"))
    assert Item.objects.get().filed_under == "26/99"
    actions.give_case_number(item=item, case_number="", version=2, **play.by("secretary"))
    assert Item.objects.get().filed_under == "26/1234"


def test_the_second_who_gives_a_case_number_sees_the_first(play: Play) -> None:
    item = play.item()
    actions.give_case_number(item=item, case_number="26/99", version=1, **play.by("secretary"))
    with pytest.raises(ChangedMeanwhile) as conflict:
        actions.give_case_number(item=item, case_number="26/77", version=1, **play.by("lead"))
    assert (conflict.value.theirs, conflict.value.yours) == ("26/99", "26/77")


def test_an_employee_gives_no_case_number(play: Play, sign_in: SignIn) -> None:
    item = play.item()
    with pytest.raises(NotAllowed):
        actions.give_case_number(item=item, case_number="26/99", version=1, **play.by("employee"))
    assert sign_in("employee").get(page(play, item, "case-number/")).status_code == 403


def test_the_case_number_is_given_on_its_page(play: Play, sign_in: SignIn) -> None:
    item = play.item()
    client = sign_in("secretary")
    client.post(page(play, item, "case-number/"), {"case_number": "26/99", "version": "1"})
    assert "26/99" in client.get(page(play, item)).content.decode()
