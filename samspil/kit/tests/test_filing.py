"""A record handed to the records system: it opens, its hashes match, and it is the same each time."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import date

from samspil.kit.exports import Document, Export, Heading, Metadata, Paragraph
from samspil.kit.exports.filing import EVERYBODY, Filing, Signed, pack


def record(title: str = "Referat: Vagtplan") -> Filing:
    known = Metadata(organisation="Fjordby Kommune", case_number="26/1234", date=date(2026, 2, 18))
    return Filing(
        kind="minutes",
        document=Document(title, "da", [Heading(1, "Drøftet"), Paragraph("Begge sider blev hørt.")], known),
        readers=EVERYBODY,
        committee="Lokal-MED Egebo",
        signed=[Signed("release", "chair", "Bo Leder", "2026-02-20")],
        fingerprint="ab" * 32,
        parts=[("Vagtplan", "26/1234")],
        files=[Export("../bilag.txt", "text/plain", b"Bilag")],
    )


def opened(filing: Filing) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(pack(filing).bytes)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_package_holds_the_document_twice_its_annexes_and_the_metadata_twice() -> None:
    assert list(opened(record())) == [
        "referat-vagtplan.pdf",
        "referat-vagtplan.docx",
        "annex/bilag.txt",
        "metadata.json",
        "metadata.csv",
    ]


def test_the_metadata_name_every_file_with_its_hash() -> None:
    files = opened(record())
    known = json.loads(files["metadata.json"])
    assert [one["name"] for one in known["files"]] == list(files)[:3]
    for one in known["files"]:
        assert one["sha256"] == hashlib.sha256(files[one["name"]]).hexdigest()
        assert one["bytes"] == len(files[one["name"]])
    assert (known["case_number"], known["date"], known["kind"]) == ("26/1234", "2026-02-18", "minutes")
    assert known["signed"] == [{"act": "release", "name": "Bo Leder", "on": "2026-02-20", "place": "chair"}]


def test_the_same_facts_stand_in_the_table() -> None:
    files = opened(record("=Referat"))
    rows = dict(csv.reader(io.StringIO(files["metadata.csv"].decode("utf-8-sig"))))
    assert rows["title"] == "'=Referat"
    assert (rows["case_number"], rows["signed.1.name"], rows["retention_class"]) == (
        "26/1234",
        "Bo Leder",
        "",
    )
    assert rows["files.1.sha256"] == json.loads(files["metadata.json"])["files"][0]["sha256"]


def test_the_same_record_gives_the_same_bytes() -> None:
    assert pack(record()) == pack(record())
