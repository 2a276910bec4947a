"""Reading the journal by a cursor: each notice once, and on from where the last whole batch ended."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from samspil.initiative import actions, consumers, mails
from samspil.initiative.models import Cursor, Initiative, Need, Notice, SearchText
from samspil.kit import house
from samspil.kit.models import Job, Mail
from samspil.kit.room import Tell, Verb
from samspil.organisation.models import JournalHead, JournalRow
from samspil.organisation.scope import scope
from tests.cast import Cast

pytestmark = pytest.mark.both_databases


def told(kind: str) -> list[str]:
    return sorted(str(notice.person) for notice in Notice.objects.filter(kind=kind))


def test_the_owner_and_who_raised_the_need_are_told_once(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    for hours in (0, 1, 24, 25):
        consumers.tick(cast.organisation, at + timedelta(hours=hours))
    assert told("you_own") == ["Bo Leder"]
    assert told("need_answered") == ["Erik Ansat"]
    assert Mail.objects.count() == Job.objects.filter(kind="send_mail").count() == 2


def test_a_mail_leads_to_the_page_in_the_language_of_the_organisation(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    consumers.read_on(cast.organisation, at)
    mails.send(cast.organisation, at + timedelta(days=1))
    mail = Mail.objects.get(to="owner@fjordby.example")
    assert f"/fjordby/initiatives/{initiative.ref}/" in mail.body
    assert initiative.title in mail.subject


def test_nobody_is_told_of_what_they_did_themselves(cast: Cast, need: Need, at: datetime) -> None:
    actions.start_initiative(
        needs=[need],
        units=[cast.units["workplace"]],
        owner=cast.people["lead"],
        by=cast.viewer("lead"),
        at=at,
    )
    consumers.read_on(cast.organisation, at)
    assert told("you_own") == []


def test_owner_and_lead_hear_of_a_decision_and_a_guest_of_the_way_in(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    actions.decide_gate(
        initiative=initiative,
        gate="explore",
        outcome="stop",
        decided_on=date(2026, 2, 1),
        reason="Nej",
        by=cast.viewer("director"),
        at=at,
    )
    actions.admit_guest(initiative=initiative, person=cast.people["guest"], by=cast.viewer("lead"), at=at)
    consumers.read_on(cast.organisation, at)
    assert told("gate_decided") == ["Bo Leder", "Ingrid Projekt"]
    assert told("admitted") == ["Gitte Gæst"]


def test_somebody_without_an_address_has_a_notice_but_no_mail(
    cast: Cast, initiative: Initiative, at: datetime
) -> None:
    person = cast.people["employee"]
    person.email = ""
    one = Tell(person, "try", initiative.ref, "Emne", "Brødtekst", "/fjordby/")
    assert consumers.notify(cast.organisation, one, at)
    assert not consumers.notify(cast.organisation, one, at)
    person.save()
    mails.send(cast.organisation, at + timedelta(days=1))
    assert not Mail.objects.exists()


def test_every_consumer_ends_at_the_head(cast: Cast, initiative: Initiative, at: datetime) -> None:
    consumers.read_on(cast.organisation, at)
    head = JournalHead.objects.get(organisation=cast.organisation).sequence
    cursors = dict(Cursor.objects.values_list("consumer", "sequence"))
    assert cursors == dict.fromkeys(consumers.CONSUMERS, head)
    assert consumers.read_on(cast.organisation, at) == 0


class PowerCut(BaseException):
    """The process is gone in the middle of a batch."""


@pytest.fixture
def dying(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One notice a raised need; the worker dies when it comes to the fourth."""
    seen: list[int] = []

    def tell(row: JournalRow, _facts: object) -> Iterator[Tell]:
        seen.append(row.sequence)
        if len(seen) == 4:
            raise PowerCut
        yield Tell(row.words.person, "raised", row.thing, "Emne", "Brødtekst", "/fjordby/needs/")

    verbs = {"initiative.need_raised": Verb("raised", tell)}
    monkeypatch.setattr(house, "verbs", lambda: verbs)
    monkeypatch.setattr(consumers, "BATCH", 2)
    return seen


def test_after_a_crash_in_the_middle_everybody_is_told_once_and_nobody_twice(
    cast: Cast, at: datetime, dying: list[int]
) -> None:
    for number in range(5):
        actions.raise_need(
            problem=f"Behov {number}", for_whom="Nord", if_nothing="…", by=cast.viewer("employee"), at=at
        )
    with pytest.raises(PowerCut):
        consumers.read_on(cast.organisation, at)
    assert Cursor.objects.get(consumer="notices").sequence == 2
    consumers.read_on(cast.organisation, at)
    assert dying == [1, 2, 3, 4, 3, 4, 5]
    assert Notice.objects.count() == 5


def test_the_index_is_filled_in_batches(cast: Cast, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumers, "BATCH", 3)
    for number in range(7):
        actions.raise_need(
            problem=f"Behov {number}", for_whom="Nord", if_nothing="…", by=cast.viewer("employee"), at=at
        )
    assert consumers.read_on(cast.organisation, at) == 7 * len(consumers.CONSUMERS)
    assert SearchText.objects.count() == 7


def test_a_round_opens_the_scope_by_itself(outside_scope: Cast, initiative: Initiative, at: datetime) -> None:
    consumers.tick(outside_scope.organisation, at)
    with scope(outside_scope.organisation):
        assert SearchText.objects.count() == 2
