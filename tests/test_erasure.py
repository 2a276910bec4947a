"""Erasing a person: their name and erasable words go from every place, and the chain stays whole."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from samspil.kit import house, mail
from samspil.kit.models import Mail
from samspil.kit.refusal import Refused
from samspil.kit.room import PersonalData
from samspil.organisation import actions, drafts, erasure, journal, personal_data, rounds
from samspil.organisation.content import load_house
from samspil.organisation.models import Account, Draft, Erasure, JournalWords, Membership, Person, Seat
from samspil.organisation.scope import scope
from tests.cast import AT, Cast, gather
from tests.everything import places_of
from tests.floors import our_models
from tests.permissions.world import World, furnish

SignIn = Callable[[str], Client]
ROLES = (
    "employee",
    "lead",
    "director",
    "chair",
    "vice_chair",
    "steward",
    "management_member",
    "guest",
)


@pytest.fixture(scope="module")
def furnished(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """A house in which everybody has written something; every text is unmistakable. Gone after the last test."""
    numbers = count(1)
    with django_db_blocker.unblock(), transaction.atomic():
        load_house(AT)
        made = furnish("kanariby", "MED", lambda text: f"{text} kanarifugl{next(numbers)}x")
        rounds.round_of(AT)
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def world(furnished: World, db: None) -> Iterator[World]:
    """The house as it was furnished; whatever a test does in it is undone."""
    with scope(furnished.cast.organisation):
        yield furnished


def tells_of(person: Person) -> list[str]:
    return [person.family_name.split()[-1], person.title.split()[-1], f'"{person.email}"']


def erase(world: World, who: str) -> list[str]:
    """Erase somebody; returns what told who they were."""
    person = world.person(who)
    tells = tells_of(person)
    actions.erase_person(person=person, by=world.viewer("administrator"), at=AT)
    rounds.round_of(AT)
    return tells


def left_behind(world: World, who: str) -> list[str]:
    """Where a name still stands once its person is erased; nothing of it is kept."""
    with transaction.atomic():
        assert places_of(*tells_of(world.person(who)))
        tells = erase(world, who)
        left = [*places_of(*tells), *(fault.sentence for fault in journal.verify(world.cast.organisation))]
        transaction.set_rollback(True)
    return left


def test_a_name_is_nowhere_after_the_erasure_and_the_chain_is_whole(world: World) -> None:
    assert {who: left for who in ROLES if (left := left_behind(world, who))} == {}


def test_an_owners_name_is_not_frozen_into_gates(world: World) -> None:
    assert left_behind(world, "owner") == []


def test_what_was_not_sent_goes(world: World) -> None:
    person = world.person("employee")
    drafts.keep(world.viewer("employee"), "/needs/new/", {"problem": "Ikke sendt"}, AT)
    mail.write("canary", person.email, "Emne", "Kære Erik", AT)
    erase(world, "employee")
    assert places_of("Ikke sendt", "Kære Erik") == []
    assert not Draft.objects.exists()
    assert not Mail.objects.filter(key="canary").exists()


def test_the_account_and_its_sign_ins_go(cast: Cast, sign_in: SignIn, at: datetime) -> None:
    client = sign_in("employee")
    sign_in("lead")
    actions.erase_person(person=cast.people["employee"], by=cast.viewer("administrator"), at=at)
    assert not Account.objects.filter(username="employee@fjordby").exists()
    assert Session.objects.count() == 1
    assert client.get("/fjordby/people/").status_code == 302


def test_an_account_with_a_place_elsewhere_stays_there(cast: Cast, at: datetime) -> None:
    account, sjovik = cast.account("employee"), gather("sjovik", "samverkan")
    with scope(sjovik.organisation):
        there = Person.objects.create(organisation=sjovik.organisation, given_name="Erik")
    Membership.everywhere.create(organisation=sjovik.organisation, account=account, person=there)
    actions.erase_person(person=cast.people["employee"], by=cast.viewer("administrator"), at=at)
    assert list(Membership.everywhere.filter(account=account).values_list("person", flat=True)) == [there.pk]


def test_nothing_leads_from_the_nameless_row_to_the_journal(cast: Cast, at: datetime) -> None:
    person = cast.people["chair"]
    subject, ref = person.subject, person.ref
    actions.erase_person(person=person, by=cast.viewer("administrator"), at=at)
    row = Person.objects.get(pk=person.pk)
    assert (str(row), row.email, row.title, row.found_as, row.unit) == ("", "", "", "", None)
    assert subject not in (row.subject, row.ref)
    assert ref not in (row.subject, row.ref)
    assert not JournalWords.objects.filter(person=person).exists()


def test_the_erasure_itself_is_in_the_journal_without_a_name(cast: Cast, at: datetime) -> None:
    person = cast.people["chair"]
    actions.erase_person(person=person, by=cast.viewer("administrator"), at=at)
    last = list(journal.entries(cast.organisation))[-1]
    assert (last.verb, last.thing) == ("organisation.person_erased", "")
    assert JournalWords.objects.get(row__sequence=last.sequence).facts == {
        "subject": person.subject,
        "rows": [],
    }
    assert Erasure.objects.get().subject == person.subject


def test_records_stay_and_so_does_what_proves_them(world: World) -> None:
    """A gate decision is a record: its reason stays, and it can still be seen whether it was altered."""
    decision = world.decision()
    erase(world, "owner")
    kept = world.decision()
    assert kept.reason == decision.reason
    type(kept).objects.filter(pk=kept.pk).update(reason="Noget andet")
    assert "altered_record" in {fault.kind for fault in journal.verify(world.cast.organisation)}


def test_seats_stay_for_the_signatures_and_end(cast: Cast, at: datetime) -> None:
    person = cast.people["chair"]
    actions.erase_person(person=person, by=cast.viewer("administrator"), at=at)
    assert set(Seat.objects.filter(person=person).values_list("until", flat=True)) == {at.date()}


def test_words_that_vanish_without_an_erasure_are_found(world: World) -> None:
    erase(world, "employee")
    other = JournalWords.objects.filter(erasure=None).exclude(facts={}).latest("pk")
    note = Erasure.objects.get()
    JournalWords.objects.filter(pk=other.pk).update(facts={}, salts={}, erasure=note)
    assert {fault.kind for fault in journal.verify(world.cast.organisation)} == {"missing_words"}


def test_two_who_worked_together_are_erased_one_after_the_other(world: World) -> None:
    for who in ("owner", "lead", "employee"):
        erase(world, who)
    assert journal.verify(world.cast.organisation) == []


def test_nobody_is_erased_twice(cast: Cast, at: datetime) -> None:
    by = cast.viewer("administrator")
    actions.erase_person(person=cast.people["chair"], by=by, at=at)
    with pytest.raises(Refused):
        actions.erase_person(person=Person.objects.get(pk=cast.people["chair"].pk), by=by, at=at)


def test_search_and_journal_show_nothing_of_an_erased_person(world: World, sign_in_world: SignIn) -> None:
    tells = erase(world, "owner")
    client = sign_in_world("auditor")
    for address in (f"search/?q={tells[0]}", "journal/", f"people/?words={tells[0]}"):
        page = client.get(f"/fjordby/{address}").content.decode()
        assert not re.search(rf"{tells[0]}(?!\"| –)", page.replace(f'value="{tells[0]}"', "")), address


@pytest.fixture
def sign_in_world(world: World, standing_clock: datetime) -> SignIn:
    def client_of(who: str) -> Client:
        client = Client()
        client.force_login(world.cast.account(who), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return client_of


# --- replay --------------------------------------------------------------------------------------------------


def test_whoever_was_erased_is_erased_again_when_an_older_state_comes_back(cast: Cast, at: datetime) -> None:
    person = cast.people["chair"]
    assert erasure.replay(cast.organisation, at, [person.subject]) == 1
    assert Person.objects.get(pk=person.pk).given_name == ""
    assert erasure.replay(cast.organisation, at, [person.subject]) == 0
    assert journal.verify(cast.organisation) == []


def test_the_list_of_erasures_is_kept_outside_the_database(
    cast: Cast,
    at: datetime,
    settings: pytest.FixtureRequest,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    settings.VAR = tmp_path  # type: ignore[attr-defined]
    person = cast.people["chair"]
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        actions.erase_person(person=person, by=cast.viewer("administrator"), at=at)
    assert list(erasure.written_down(cast.organisation)) == [person.subject]
    assert "Mads" not in (tmp_path / erasure.FILE).read_text()


# --- the bytes -----------------------------------------------------------------------------------------------


def canary(stage: str, who: str, folder: Path) -> dict[str, list[str]]:
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder}/house.sqlite3",
        "SAMSPIL_VAR": str(folder),
    }
    command = [sys.executable, "-m", "tests.canary", stage, who, str(folder / "safe.backup")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("house.sqlite3*")))


def found_in(bytes_: bytes, words: list[str]) -> list[str]:
    """Words that stand in the bytes; the end of a longer address is not the address."""
    return [word for word in words if re.search(rb"(?<!\w)" + word.encode(), bytes_)]


def test_the_bytes_of_the_database_forget_too_and_so_does_a_restored_backup(tmp_path: Path) -> None:
    who = "lead"
    known = canary("live", who, tmp_path)
    tells = [*known["names"], *known["words"]]
    assert found_in(bytes_of(tmp_path), tells) == tells
    assert canary("erase", who, tmp_path)["faults"] == []
    assert found_in(bytes_of(tmp_path), tells) == []
    assert canary("restore", who, tmp_path)["faults"] == []
    assert found_in(bytes_of(tmp_path), tells) == []


# --- the declarations ----------------------------------------------------------------------------------------

LOOKS_PERSONAL = re.compile(
    r"(_by|email|given_name|family_name|username|actor|subject|decider_title|guest_of)$"
)


def declared() -> dict[str, set[str]]:
    fields: dict[str, set[str]] = {}
    for entry in entries():
        fields.setdefault(entry.model, set()).update(entry.fields)
    return fields


def entries() -> list[PersonalData]:
    return [entry for room in house.rooms() for entry in room.personal_data]


def undeclared(found: list[type[models.Model]]) -> list[str]:
    """Fields that lead to a person or look as if they told who somebody is, without a declaration."""
    known = declared()
    return [
        f"{model._meta.label}.{field.name}"
        for model in found
        for field in model._meta.concrete_fields
        if _is_personal(field) and field.name not in known.get(model._meta.label, set())
    ]


def _is_personal(field: models.Field) -> bool:  # type: ignore[type-arg]
    if field.is_relation:
        return field.related_model in (Person, Account)
    text = isinstance(field, models.CharField | models.TextField)
    return text and bool(LOOKS_PERSONAL.search(field.name))


def test_every_model_declares_what_it_knows_of_people() -> None:
    assert undeclared(our_models()) == []


WITHOUT_PEOPLE = {  # model -> why it holds nothing about anybody
    "kit.ClockShift": "a number of seconds, in demo and tests",
    "kit.Job": "keys of other rows; what it works with stands there",
    "kit.Heartbeat": "names of machines' parts, and row numbers of faults",
    "organisation.Organisation": "a public body",
    "organisation.RegimePeriod": "an agreement or a law, and its date",
    "organisation.Unit": "a place in the organisation and how many work there",
    "organisation.ElectionGroup": "a group of unions",
    "organisation.Union": "that a union has members here, not who they are",
    "organisation.Committee": "a committee; who sits in it stands in Seat",
    "organisation.ProcedureRules": "kinds of seats, never who has them",
    "organisation.AudienceGroup": "a group of people and its size, none of them by name",
    "organisation.Content": "question models and rules: the house's, and what an organisation calls its own",
    "organisation.WaitingFile": "which file belongs to a list that waits",
    "organisation.JournalHead": "a number and a hash",
    "organisation.PublishedHead": "a number, a hash and where they were printed",
    "initiative.Thing": "that something is there; what it is stands in its own row",
    "initiative.AnsweredNeed": "which need an initiative answers",
    "initiative.AffectedUnit": "which unit an initiative touches",
    "initiative.AffectedGroup": "which group an initiative touches",
    "initiative.BindingStep": "what binds; who gave its date stands in StepDate",
    "initiative.Cursor": "how far the journal was read",
    "participation.AskedGroup": "which unit, committee or group is asked",
    "participation.PseudonymKey": "random bytes, destroyed when the round closes",
    "participation.SealedBallot": "a sealed envelope of which nothing says whose it was",
    "participation.OpenedText": "what was written in secret; nothing leads from it to anybody",
    "participation.Urn": "how far an urn is, what is on its ballot, and hashes",
    "involvement.KeptVotes": "which file holds the votes; in it people are numbers of another system",
    "involvement.OpinionResult": "what may be told of many people's answers, never of one",
    "involvement.OpinionGroup": "how many people answer alike",
    "involvement.RoutingTotal": "how often a statement was drawn, in sum",
    "involvement.LiveMeeting": "which statement a screen shows",
    "involvement.LiveRelease": "how many agreed, passed and disagreed",
    "benefits.Prerequisite": "what has to be there before a benefit comes",
    "benefits.MapNode": "a solution, a changed piece of work, a benefit or a goal",
    "benefits.MapArrow": "which thing on a map helps which other",
    "business_case.Computed": "what a case comes to; the case says roles and no names",
    "dialogue.Meeting": "day, hour and room of a meeting",
    "dialogue.StandingTopic": "what a committee takes up in which months",
    "dialogue.TopicItem": "which item a standing topic became",
    "dialogue.ItemQuestion": "a question in the wording of its model",
    "dialogue.SentQuestion": "a question that was put to committees",
    "dialogue.Asked": "which committee was asked",
    "dialogue.OwnTerm": "how long somebody has by an agreement",
    "dialogue.ClockReminder": "that a reminder was given, not to whom",
    "dialogue.Guideline": "what two sides agree about; who typed it stands in its versions",
    "dialogue.PromisedDiscussion": "in which committee, on what and by which day",
    "dialogue.StrategyRound": "which version was put before committees, and when",
}
WORDS_ABOUT_NOBODY = {  # texts of declared models that are in no declaration -> why
    "kit.Mail.key": "the kind of a mail and the numbers of rows",
    "organisation.Account.password": "a hash, which goes with the account",
    "organisation.File.content_type": "what kind of file it is",
    "organisation.Draft.form": "the address of a form; the draft goes with it",
    "organisation.JournalRow.commitments": "salted hashes, which say nothing once the salts are gone",
    "organisation.JournalWords.salts": "random numbers, which go with the words",
    "initiative.Evidence.because_facts": "numbers and dates that a room found",
    "initiative.GateDecision.board": "the demands, their state and why, frozen because the decision rests on them",
    "initiative.Initiative.work_changes": "keys of what changes for those who work there",
    "dialogue.StrategyVersion.link": "where a strategy can be read",
    "initiative.Figure.source": "where a figure comes from",
    "business_case.Case.frame": "years, prices, discounting and key figures",
    "business_case.Edit.before": "what a line said; who owned or estimated it goes",
    "business_case.Edit.after": "what a line said; who owned or estimated it goes",
    "business_case.CaseVersion.title": "what a case was called when it was put before others",
    "business_case.CaseVersion.content": "a case as it was put before others: roles and no names",
    "business_case.CaseVersion.result": "what it came to",
    "involvement.Consultation.source": "which conversation it was",
    "involvement.Consultation.notes": "differences between files, as numbers",
    "participation.Round.kind": "what is asked",
    "participation.Round.purpose": "what is asked and why, read by everybody who is asked",
    "participation.Round.came_of_it": "what those who asked tell everybody who answered",
    "participation.HandCount.lines": "how many hands, never whose",
    "participation.Round.legal_basis": "which law it rests on",
    "participation.Round.disposal": "which decision it rests on",
    "benefits.ClosingReport.facts": "figures and reasons as they stood, without a name, frozen with the report",
    "dialogue.WordedQuestion.levels": "levels of committees",
    "dialogue.WordedQuestion.place": "which of the house's questions it stands for",
    "dialogue.Dossier.items_in_it": "random codes of items",
    "dialogue.Item.confidential_because": "a ground in the law, from the table of the country",
    "dialogue.Minutes.record": "what text, outcomes and positions say, frozen because seats signed its hash",
}


def without_a_word(found: list[type[models.Model]]) -> list[str]:
    """Models that neither declare what they know of people nor stand on the list of those that know nothing."""
    known = declared()
    return [label for model in found if (label := model._meta.label) not in {*known, *WITHOUT_PEOPLE}]


def texts_without_a_word(found: list[type[models.Model]]) -> list[str]:
    """Free texts of declared models that no declaration names; people write about people in such."""
    named = {f"{entry.model}.{name}" for entry in entries() for name in (*entry.fields, *entry.beside)}
    texts = [
        f"{model._meta.label}.{field.name}"
        for model in found
        if model._meta.label not in WITHOUT_PEOPLE
        for field in model._meta.concrete_fields
        if _is_free_text(field)
    ]
    return [text for text in texts if text not in {*named, *WORDS_ABOUT_NOBODY}]


def _is_free_text(field: models.Field) -> bool:  # type: ignore[type-arg]
    if isinstance(field, models.TextField | models.JSONField):
        return True
    return isinstance(field, models.CharField) and not field.choices and (field.max_length or 0) >= 100


def test_every_model_says_that_it_knows_of_people_or_why_it_does_not() -> None:
    assert without_a_word(our_models()) == []
    assert texts_without_a_word(our_models()) == []


def test_what_is_said_to_hold_nothing_about_people_is_there_and_declares_nothing() -> None:
    labels = {model._meta.label for model in our_models()}
    assert set(WITHOUT_PEOPLE) <= labels
    assert not set(WITHOUT_PEOPLE) & set(declared())
    assert {text.rpartition(".")[0] for text in WORDS_ABOUT_NOBODY} <= set(declared())
    assert all([*WITHOUT_PEOPLE.values(), *WORDS_ABOUT_NOBODY.values()])


def test_a_model_or_a_text_that_nobody_thought_of_is_caught() -> None:
    class Gossip(models.Model):
        said = models.TextField()

        class Meta:
            app_label = "planted"
            managed = False

    assert without_a_word([Gossip]) == ["planted.Gossip"]
    assert texts_without_a_word([Gossip]) == ["planted.Gossip.said"]


def test_a_model_that_hides_a_person_is_caught() -> None:
    class Diary(models.Model):
        written_by = models.CharField(max_length=12)

        class Meta:
            app_label = "planted"
            managed = False

    assert undeclared([Diary]) == ["planted.Diary.written_by"]


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.model)
def test_every_declaration_names_what_is_there(entry: PersonalData) -> None:
    names = {field.name for field in apps.get_model(entry.model)._meta.get_fields()}
    assert set(entry.fields) <= names
    assert entry.because
    assert entry.kept


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.model)
def test_every_declaration_can_find_a_persons_rows(entry: PersonalData, cast: Cast) -> None:
    fields = [apps.get_model(entry.model)._meta.get_field(name) for name in entry.fields]
    leads = any(field.is_relation and field.related_model in (Person, Account) for field in fields)
    assert (
        leads
        or entry.model in personal_data.OTHER_WAYS
        or entry.on_erasure == "keep"
        or entry.erase
        or entry.find
    )
