"""Lists that wait: kept with their files until they are taken over or thrown away."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samspil.kit.refusal import Refused
from samspil.kit.sheets.reader import ENDINGS, Table, read
from samspil.organisation import files
from samspil.organisation.models import Organisation, Person, WaitingList
from samspil.organisation.rounds import DAY, is_due
from samspil.organisation.viewer import Viewer

MOST_FILES = 10
KEPT = timedelta(days=30)
Brought = tuple[str, bytes]


def can_be_read(brought: Sequence[Brought]) -> None:
    """Refuse a list as a whole when one of its files cannot be read."""
    if not brought or len(brought) > MOST_FILES:
        raise Refused(_("Choose at least one file and at most ten."), "files")
    for name, data in brought:
        read(name, data)


def keep(kind: str, brought: Sequence[Brought], by: Viewer, at: datetime) -> WaitingList:
    """Keep a list that can be read. Part of the caller's transaction."""
    waiting = WaitingList.objects.create(
        organisation=by.organisation, kind=kind, brought_by=by.person, brought_at=at
    )
    for name, data in brought:
        file = files.keep(name, data, by, at, ENDINGS)
        waiting.files.create(organisation=by.organisation, file=file)
    return waiting


def of_kind(kind: str) -> "QuerySet[WaitingList]":
    rows = WaitingList.objects.filter(kind=kind).select_related("brought_by")
    return rows.prefetch_related("files__file").order_by("-brought_at", "-pk")


def find(kind: str, ref: str) -> WaitingList | None:
    return WaitingList.objects.filter(kind=kind, ref=ref).select_related("brought_by").first()


def names(waiting: WaitingList) -> list[str]:
    return [one.file.name for one in waiting.files.select_related("file").order_by("pk")]


def tables(waiting: WaitingList) -> list[Table]:
    """What stands in the files, read anew."""
    kept = waiting.files.select_related("file__blob").order_by("pk")
    return [table for one in kept for table in read(one.file.name, bytes(one.file.blob.data))]


def still_there(waiting: WaitingList) -> None:
    """Whoever comes second finds it gone."""
    if not WaitingList.objects.select_for_update().filter(pk=waiting.pk).exists():
        raise Refused(_("This list has been taken over or thrown away already."))


def throw_away(waiting: WaitingList) -> None:
    """The list goes, and what its files said of people goes with it."""
    kept = [one.file for one in waiting.files.select_related("file")]
    waiting.delete()
    for file in kept:
        files.throw_away(file)


def forget(_person: Person, _at: datetime) -> None:
    """Somebody is erased: a list that waits may name them, and can be brought again without them."""
    for waiting in WaitingList.objects.all():
        throw_away(waiting)


def tidy_daily(organisation: Organisation, at: datetime) -> None:
    """What has waited for a month is not wanted."""
    if is_due(f"lists due {organisation.ref}", DAY, at):
        for waiting in WaitingList.objects.filter(brought_at__lt=at - KEPT):
            with transaction.atomic():
                throw_away(waiting)
