"""Reading the journal: sentences people understand, also where words were erased."""

import csv
from collections.abc import Callable
from datetime import datetime
from io import StringIO

from django.test import Client

from samspil.initiative import actions, journal
from samspil.initiative.models import Initiative, Need
from samspil.organisation.models import JournalWords, Organisation
from samspil.organisation.scope import scope
from tests.cast import Cast


def test_a_row_reads_as_a_sentence_with_words_for_choices_and_days(
    outside_scope: Cast, initiative: Initiative, send: Callable[..., str], look: Callable[..., str]
) -> None:
    here = f"initiatives/{initiative.ref}"
    send("lead", f"{here}/steps/new/", kind="contract", on="2026-03-01", phase="idea")
    read = look("employee", "journal/")
    assert "gave a binding step the date 1 March 2026: The contract is signed" in read
    assert "started “Vagtplanen kan ikke læses på telefonen”" in read
    assert "Ingrid Projekt" in read


def test_erased_words_are_said_to_be_erased(
    outside_scope: Cast, initiative: Initiative, look: Callable[..., str]
) -> None:
    with scope(outside_scope.organisation):
        JournalWords.objects.update(facts={}, salts={}, person=None)
    read = look("employee", "journal/")
    assert "started “(words erased)”" in read
    assert "Somebody whose name is erased" in read


def test_a_row_whose_words_are_gone_altogether_still_reads(
    outside_scope: Cast, initiative: Initiative, look: Callable[..., str]
) -> None:
    with scope(outside_scope.organisation):
        JournalWords.objects.all().delete()
    assert "(words erased)" in look("employee", f"initiatives/{initiative.ref}/")


def test_it_is_narrowed_by_what_happened_and_by_who(
    outside_scope: Cast, initiative: Initiative, look: Callable[..., str]
) -> None:
    only_starts = look("employee", "journal/?verb=initiative.started")
    assert "1 entry" in only_starts
    assert '<td data-label="Who">Erik Ansat</td>' not in only_starts
    assert "1 entry" in look("employee", "journal/?who=erik")
    assert "Nothing fits the filter" in look("employee", "journal/?who=nobody")


def test_the_initiative_keeps_its_own_journal(
    outside_scope: Cast, initiative: Initiative, at: datetime, look: Callable[..., str]
) -> None:
    with scope(outside_scope.organisation):
        actions.raise_need(
            problem="Noget helt andet",
            for_whom="Alle",
            if_nothing="…",
            by=outside_scope.viewer("employee"),
            at=at,
        )
    read = look("employee", f"initiatives/{initiative.ref}/journal/")
    assert "raised the need “Vagtplanen" in read
    assert "Noget helt andet" not in read


def test_a_guest_reads_of_the_initiative_and_not_of_what_hangs_on_it(
    cast: Cast, initiative: Initiative, need: Need, at: datetime
) -> None:
    actions.admit_guest(initiative=initiative, person=cast.people["guest"], by=cast.viewer("lead"), at=at)
    things = {row.thing for row in journal.rows_about(initiative, cast.viewer("guest"))}
    assert things == {initiative.ref}
    assert need.ref in {row.thing for row in journal.rows_about(initiative, cast.viewer("employee"))}


def test_times_are_those_of_the_place(cast: Cast, need: Need) -> None:
    (told,) = journal.told(journal.rows(), cast.viewer("lead"))
    assert told.when == datetime(2026, 2, 1, 10, 0)  # noqa: DTZ001 - nine in Greenwich is ten in Copenhagen
    Organisation.objects.filter(pk=cast.organisation.pk).update(zone="Atlantic/Faroe")


def test_it_is_saved_as_csv_with_the_same_sentences(
    outside_scope: Cast, initiative: Initiative, sign_in: Callable[[str], Client]
) -> None:
    client = sign_in("auditor")
    client.cookies["django_language"] = "en"
    response = client.get("/fjordby/journal/?format=csv&verb=initiative.started")
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["Number", "When", "Who", "What"]
    assert rows[1][1:] == ["2026-02-01 10:00", "Ingrid Projekt", f"started “{initiative.title}”"]


def test_every_verb_of_the_house_has_a_sentence_that_can_be_told(db: None) -> None:
    for verb, bare in journal.verbs():
        assert bare
        assert "%(" not in journal.sentence(verb, {})
