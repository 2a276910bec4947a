"""What is said to be kept for a time is let go when the time is over, and not before."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session

from samspil.dialogue.dossier.models import Dossier
from samspil.initiative import actions as hall
from samspil.initiative.models import Admission, Initiative, Notice
from samspil.kit import house, mail
from samspil.kit.models import Mail
from samspil.kit.room import PersonalData
from samspil.organisation import drafts, rounds
from samspil.organisation.models import Draft
from samspil.organisation.scope import scope
from tests.cast import Cast, gather

MOMENT = timedelta(minutes=1)


def entries() -> list[PersonalData]:
    return [entry for room in house.rooms() for entry in room.personal_data]


def timed() -> list[PersonalData]:
    return [entry for entry in entries() if isinstance(entry.kept, timedelta)]


def _draft(cast: Cast, since: datetime) -> None:
    drafts.keep(cast.viewer("employee"), f"/needs/{since}/", {"problem": "Ikke sendt"}, since)


def _mail(_cast: Cast, since: datetime) -> None:
    mail.write(str(since), "erik@fjordby.example", "Emne", "Kære Erik", since)


def _session(_cast: Cast, since: datetime) -> None:
    Session.objects.create(session_key=str(since)[:40], expire_date=since + timedelta(hours=8))


def _notice(cast: Cast, since: datetime) -> None:
    Notice.objects.create(
        organisation=cast.organisation,
        kind="you_own",
        thing="abc",
        person=cast.people["owner"],
        period=str(since)[:20],
        facts={"subject": "Du ejer det"},
        told_at=since,
    )


def _dossier(cast: Cast, since: datetime) -> None:
    Dossier.objects.create(
        organisation=cast.organisation,
        initiative=Initiative.objects.first() or _initiative(cast, since),
        language="da",
        ordered_at=since,
        made_at=since,
        data=b"PK",
    )


def _initiative(cast: Cast, at: datetime) -> Initiative:
    lead: dict[str, Any] = {"by": cast.viewer("lead"), "at": at}
    need = hall.raise_need(problem="Vagtplan", for_whom="Nord", if_nothing="Vikarer", **lead)
    return hall.start_initiative(
        needs=[need], units=[cast.units["workplace"]], owner=cast.people["owner"], **lead
    )


MADE: Mapping[str, Callable[[Cast, datetime], None]] = {
    "organisation.Draft": _draft,
    "kit.Mail": _mail,
    "sessions.Session": _session,
    "initiative.Notice": _notice,
    "dialogue.Dossier": _dossier,
}
EMPTY = {"kit.Mail": {"body": ""}, "dialogue.Dossier": {"data": None}}  # of which something stays


def rows_with_words(entry: PersonalData) -> Any:
    rows = apps.get_model(entry.model)._default_manager.all()
    return rows.exclude(**EMPTY[entry.model]) if entry.model in EMPTY else rows


@pytest.mark.parametrize("entry", timed(), ids=lambda entry: entry.model)
def test_an_older_row_goes_and_a_younger_one_stays(entry: PersonalData, cast: Cast, at: datetime) -> None:
    make = MADE[entry.model]
    make(cast, at - entry.kept - MOMENT)
    make(cast, at - entry.kept + MOMENT)
    younger = rows_with_words(entry).latest("pk").pk if entry.model != "sessions.Session" else None
    rounds.round_of(at)
    assert rows_with_words(entry).count() == 1
    assert younger in (None, rows_with_words(entry).get().pk)


def test_every_time_is_counted_from_something() -> None:
    fields = {entry.model: entry for entry in timed()}
    assert set(fields) == set(MADE)
    for entry in timed():
        assert bool(entry.counted_from) != bool(entry.over), entry.model
        assert not entry.counted_from or apps.get_model(entry.model)._meta.get_field(entry.counted_from)


def test_the_key_of_a_mail_outlives_its_words_so_that_it_is_not_written_again(
    cast: Cast, at: datetime
) -> None:
    _mail(cast, at - timedelta(days=31))
    rounds.tidy(at)
    kept = Mail.objects.get()
    assert (kept.to, kept.subject, kept.body) == ("", "", "")


def test_every_organisation_is_tidied(cast: Cast, at: datetime) -> None:
    there = gather("sjovik", "samverkan")
    with scope(there.organisation):
        _draft(there, at - timedelta(days=31))
    rounds.tidy(at)
    with scope(there.organisation):
        assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("phase", "stays"), [("idea", True), ("follow_up", True), ("closed", False), ("stopped", False)]
)
def test_a_guest_is_let_in_until_the_initiative_ends(
    cast: Cast, at: datetime, phase: str, stays: bool
) -> None:
    lead: dict[str, Any] = {"by": cast.viewer("lead"), "at": at}
    found = _initiative(cast, at)
    hall.admit_guest(initiative=found, person=cast.people["guest"], **lead)
    Initiative.objects.update(phase=phase)
    rounds.tidy(at)
    assert Admission.objects.exists() == stays
