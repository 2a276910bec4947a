"""A consultation that was held elsewhere comes in by its files: all of it, or nothing with every wrong line."""

import csv
import gzip
import io
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samspil.initiative.models import Initiative
from samspil.involvement.models import Consultation
from samspil.involvement.results import forms as results_forms
from samspil.involvement.results.models import OpinionResult
from samspil.kit import uploads
from tests.cast import Cast

from .held import tables, work

SignIn = Callable[[str], Client]


def as_csv(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def export() -> dict[str, bytes]:
    return {f"{name}.csv": as_csv(rows) for name, rows in tables().items()}


def zipped(files: dict[str, bytes]) -> dict[str, bytes]:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return {"export.zip": made.getvalue()}


def send(client: Client, initiative: Initiative, files: dict[str, bytes]) -> str:
    client.cookies["django_language"] = "en"
    sent = [SimpleUploadedFile(name, data) for name, data in files.items()]
    fields = {"files": sent, "title": "Ruter", "source": "Egen høring", "smallest_group": 5, "language": "da"}
    response = client.post(f"/fjordby/initiatives/{initiative.ref}/consultations/new/", fields, follow=True)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    "packed",
    [
        lambda files: files,
        zipped,
        lambda files: zipped(
            {f"eksport/{name}": data for name, data in files.items()} | {"readme.txt": b"x"}
        ),
        lambda files: {f"{name}.gz": gzip.compress(data) for name, data in files.items()},
    ],
    ids=["one by one", "in an archive", "in a folder of an archive", "gzipped"],
)
def test_the_files_come_in_and_the_page_of_the_result_opens(
    sign_in: SignIn, initiative: Initiative, at: datetime, packed: Callable
) -> None:
    page = send(sign_in("lead"), initiative, packed(export()))
    assert "The consultation stands on the initiative." in page
    kept = Consultation.objects.get()
    assert (kept.title, kept.language, kept.participants, kept.statements.count()) == ("Ruter", "da", 120, 12)
    work(at + timedelta(hours=1))  # the page was sent a moment later
    assert OpinionResult.objects.get().consultation == kept


def test_the_same_files_again_lead_to_what_stands_there(sign_in: SignIn, initiative: Initiative) -> None:
    client = sign_in("lead")
    send(client, initiative, export())
    send(client, initiative, zipped(export()))
    assert Consultation.objects.count() == 1


def test_every_wrong_line_is_named_and_nothing_comes_in(sign_in: SignIn, initiative: Initiative) -> None:
    files = export()
    files["votes.csv"] += b"1,99,7,1\r\n1,1,7,5\r\n"
    page = send(sign_in("lead"), initiative, files)
    assert "Nothing came in: 2 lines are wrong" in page
    assert "There is no statement 99." in page
    assert not Consultation.objects.exists()


def test_other_kinds_of_file_and_too_large_archives_are_refused(
    sign_in: SignIn, initiative: Initiative
) -> None:
    client = sign_in("lead")
    assert "not accepted" in send(client, initiative, {"votes.exe": b"MZ"})
    assert "does not match" in send(client, initiative, {"export.zip": b"not an archive"})
    bomb = zipped({"votes.csv": b"0" * (65 * 1024 * 1024)})
    assert "does not match" in send(client, initiative, bomb)
    many = zipped({f"{number}.csv": b"a" for number in range(60)})
    assert "larger than 64 MB" in send(client, initiative, many)
    twice = {"votes.csv": export()["votes.csv"], **zipped(export())}
    assert "This table is there more than once." in send(client, initiative, twice)
    assert not Consultation.objects.exists()


def test_files_that_are_too_large_together_are_refused_before_they_are_read(
    sign_in: SignIn, initiative: Initiative, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "LARGEST", 100)
    monkeypatch.setattr(results_forms, "MOST_AT_ONCE", 250)
    client = sign_in("lead")
    assert "larger than 10 MB" in send(client, initiative, {"votes.csv": b"0" * 101})
    assert "larger than 10 MB" in send(client, initiative, {f"{n}.csv": b"0" * 90 for n in range(3)})


@pytest.mark.parametrize(("who", "status"), [("lead", 200), ("employee", 403), ("guest", 404)])
def test_the_page_is_for_those_who_run_it(
    sign_in: SignIn, cast: Cast, initiative: Initiative, who: str, status: int
) -> None:
    address = f"/fjordby/initiatives/{initiative.ref}/consultations/new/"
    assert sign_in(who).get(address).status_code == status
