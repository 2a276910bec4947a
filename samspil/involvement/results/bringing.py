"""A consultation that was held elsewhere, out of the files that somebody sent."""

from collections.abc import Mapping
from dataclasses import dataclass

from samspil.core.consultation import Consultation, read
from samspil.involvement.files import fingerprint_of, tables_of
from samspil.kit import uploads

ENDINGS = ("csv", "gz", "zip")


@dataclass(frozen=True)
class Brought:
    consultation: Consultation
    input_sha256: str


def brought(files: Mapping[str, bytes]) -> Brought:
    """What the files say. `UploadRefused` tells of a file that is not taken at all, `ConsultationRejected`
    names every line that is wrong."""
    for name, data in files.items():
        uploads.check(name, data, ENDINGS)
    return Brought(read(tables_of(files)), fingerprint_of(files))
