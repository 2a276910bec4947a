"""Spreadsheets that wait: found, read anew, thrown away, and tidied when nobody wanted them."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspil.business_case.bringing.models import BroughtFile
from samspil.core.business_case.brought.mapping import SheetMapping, from_data
from samspil.kit.refusal import Refused
from samspil.kit.sheets.reader import Table, read
from samspil.organisation import files
from samspil.organisation.models import Organisation, Person
from samspil.organisation.rounds import DAY, is_due

KEPT = timedelta(days=30)


def find(ref: str) -> BroughtFile | None:
    beside = ("case__thing", "case__organisation", "case__initiative__thing", "file__blob", "brought_by")
    return BroughtFile.objects.filter(ref=ref).select_related(*beside).first()


def tables(brought: BroughtFile) -> list[Table]:
    """What stands in the file, read anew."""
    return read(brought.file.name, bytes(brought.file.blob.data))


def mappings(brought: BroughtFile) -> list[SheetMapping]:
    return [from_data(one) for one in brought.mappings]


def still_there(brought: BroughtFile) -> None:
    """Whoever comes second finds it gone."""
    if not BroughtFile.objects.select_for_update().filter(pk=brought.pk).exists():
        raise Refused(_("This file has been taken over or thrown away already."))


def throw_away(brought: BroughtFile) -> None:
    kept = brought.file
    brought.delete()
    files.throw_away(kept)


def forget(_person: Person, _at: datetime) -> None:
    """Somebody is erased: a file that waits may name them, and can be brought again without them."""
    for brought in BroughtFile.objects.select_related("file__blob"):
        throw_away(brought)


def tidy_daily(organisation: Organisation, at: datetime) -> None:
    """What has waited for a month is not wanted."""
    if is_due(f"case files due {organisation.ref}", DAY, at):
        for brought in BroughtFile.objects.filter(brought_at__lt=at - KEPT).select_related("file__blob"):
            with transaction.atomic():
                throw_away(brought)
