"""What people add is read by a moderator; the author is told why, and can appeal once."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from samspil.initiative.models import Notice
from samspil.involvement.opinions import actions, boards, moderating, own_statements, queries
from samspil.involvement.opinions.models import Appeal, RoundStatement
from samspil.involvement.opinions.tests.conftest import AtTheDoor, Planned
from samspil.kit.refusal import NotAllowed, Refused
from samspil.organisation.models import JournalRow
from samspil.organisation.viewer import Viewer
from samspil.participation import actions as rounds
from samspil.participation.entering import Entrance
from samspil.participation.models import Round
from tests.cast import Cast

ON = date(2026, 2, 1)
TEXT = "Vi burde selv lægge planen i gruppen"
SignIn = Callable[[str], Client]


def add(entrance: Entrance, at: datetime, text: str = TEXT) -> RoundStatement:
    return own_statements.add_own_statement(entrance=entrance, text=text, language="da", at=at, on=ON)


def reject(statement: RoundStatement, by: Viewer, at: datetime) -> RoundStatement:
    return moderating.reject_statement(
        statement=statement, rule="unclear", reason="Hvem er “vi”?", by=by, at=at
    )


@pytest.fixture
def round_(opened: Planned) -> Round:
    return opened()


@pytest.fixture
def author(round_: Round, at_the_door: AtTheDoor) -> Entrance:
    return at_the_door(round_)


@pytest.fixture
def waiting(author: Entrance, at: datetime) -> RoundStatement:
    return add(author, at)


def numbers_asked(round_: Round) -> list[int]:
    return [number for number, _text in queries.lines(round_)]


def test_nobody_is_asked_before_a_moderator_has_read_it(
    round_: Round, waiting: RoundStatement, by: Viewer, at: datetime
) -> None:
    assert numbers_asked(round_) == [1, 2, 3, 4]
    moderating.accept_statement(statement=waiting, by=by, at=at)
    assert numbers_asked(round_) == [1, 2, 3, 4, 5]


def test_adding_is_not_journalled_and_keeps_neither_minute_nor_name(author: Entrance, at: datetime) -> None:
    rows = JournalRow.objects.count()
    statement = add(author, at + timedelta(minutes=17))
    assert JournalRow.objects.count() == rows
    assert statement.waits_since == at + timedelta(hours=1)
    assert statement.author
    assert statement.author.person is None
    [step] = queries.log_of(author.round)
    assert (step.by, step.at, step.on) == (None, None, ON)


def test_a_personal_number_does_not_come_in(author: Entrance, at: datetime) -> None:
    with pytest.raises(Refused, match="010190-1234"):
        add(author, at, "Spørg ham med 010190-1234 hvordan det går")
    assert not RoundStatement.objects.filter(seeded=False).exists()


def test_nobody_floods_a_round(author: Entrance, at: datetime) -> None:
    for nth in range(own_statements.MOST_OWN):
        add(author, at, f"Mit udsagn nummer {nth} om vagterne")
    with pytest.raises(Refused, match="Others want to be read"):
        add(author, at, "Og så lige et til om vagterne")


def test_a_rejection_names_rule_and_reason_and_its_author_reads_them(
    waiting: RoundStatement, author: Entrance, by: Viewer, at: datetime
) -> None:
    with pytest.raises(Refused, match="by which rule"):
        moderating.reject_statement(statement=waiting, rule="taste", reason="Nej", by=by, at=at)
    with pytest.raises(Refused, match="Write a sentence"):
        moderating.reject_statement(statement=waiting, rule="unclear", reason=" ", by=by, at=at)
    reject(waiting, by, at)
    participant, _given = queries.as_they_came(author)
    [own] = queries.own_statements(participant)
    assert (own.state, own.rule, own.reason) == ("rejected", "unclear", "Hvem er “vi”?")


def test_one_appeal_decided_by_somebody_else(
    cast: Cast, waiting: RoundStatement, author: Entrance, by: Viewer, at: datetime
) -> None:
    lead = cast.viewer("lead")
    round_ = waiting.round
    round_.planned_by = lead.person
    round_.save()
    rejected = reject(RoundStatement.objects.get(pk=waiting.pk), by, at)
    made = own_statements.appeal(entrance=author, statement=rejected, grounds="Vi er alle i gruppen", on=ON)
    with pytest.raises(Refused, match="appealed against this once"):
        own_statements.appeal(entrance=author, statement=rejected, grounds="Igen", on=ON)
    with pytest.raises(NotAllowed, match="Somebody else who runs the round decides"):
        moderating.decide_appeal(appeal=made, upheld=False, reason="Nej", by=by, at=at)
    moderating.decide_appeal(appeal=made, upheld=True, reason="Det er klart nok", by=lead, at=at)
    assert 5 in numbers_asked(waiting.round)
    with pytest.raises(Refused, match="decided this already"):
        moderating.decide_appeal(appeal=made, upheld=False, reason="Alligevel ikke", by=lead, at=at)
    with pytest.raises(Refused, match="that stands"):
        reject(rejected, by, at)


def test_where_there_is_nobody_else_the_same_person_looks_again(
    waiting: RoundStatement, author: Entrance, by: Viewer, at: datetime
) -> None:
    rejected = reject(waiting, by, at)
    made = own_statements.appeal(entrance=author, statement=rejected, grounds="Vi er alle", on=ON)
    moderating.decide_appeal(appeal=made, upheld=False, reason="Stadig uklart", by=by, at=at)
    assert Appeal.objects.get().upheld is False
    assert 5 not in numbers_asked(waiting.round)


def test_only_its_author_appeals(waiting: RoundStatement, round_: Round, at_the_door: AtTheDoor) -> None:
    other, _given = queries.as_they_came(at_the_door(round_, "steward"))
    assert own_statements.written_by(other, waiting.ref) is None


def test_when_the_round_closes_nobody_knows_who_wrote_what(
    waiting: RoundStatement, by: Viewer, at: datetime
) -> None:
    rounds.close_round(round_=waiting.round, by=by, at=at)
    waiting.refresh_from_db()
    assert waiting.author is None


def test_what_has_waited_for_more_than_a_day_reminds_once(
    cast: Cast, waiting: RoundStatement, author: Entrance, at: datetime
) -> None:
    for hours in (1, 24, 25):
        boards.remind(cast.organisation, at + timedelta(hours=hours))
        assert not Notice.objects.filter(kind="statements_wait").exists()
    add(author, at + timedelta(hours=2), "Endnu et udsagn, der venter")
    for hours in (26, 27, 50):
        boards.remind(cast.organisation, at + timedelta(hours=hours))
    assert Notice.objects.filter(kind="statements_wait").count() == 1


def test_what_nobody_has_read_yet_stands_on_the_first_page_of_who_asks(
    cast: Cast, waiting: RoundStatement, by: Viewer, at: datetime
) -> None:
    assert [one.what for one in boards.waiting(by, at)] == ["1 statement waits to be read"]
    assert list(boards.waiting(cast.viewer("employee", at), at)) == []
    moderating.accept_statement(statement=waiting, by=by, at=at)
    assert list(boards.waiting(by, at)) == []


def test_the_log_is_a_file_in_which_nothing_is_a_formula(
    waiting: RoundStatement, author: Entrance, by: Viewer, at: datetime, sign_in: SignIn
) -> None:
    moderating.reject_statement(statement=waiting, rule="unclear", reason="=HYPERLINK(1)", by=by, at=at)
    client = sign_in("digital_lead")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    response = client.get(f"/fjordby/rounds/{waiting.round.ref}/moderation.csv")
    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=","))
    rows = [line for line in lines if len(line) == 8]
    added, rejected = rows[1:]
    assert (added[0], added[3]) == ("2026-02-01", "added")
    assert rejected[1] == "Nils Digital"
    assert rejected[4] == "It can't be understood, or it is a question."
    assert rejected[5].startswith("'=")
    assert rejected[6] == added[7] != rejected[7]
    assert len(rejected[7]) == 64


def test_the_pages_of_moderators_work(
    waiting: RoundStatement, author: Entrance, sign_in: SignIn, by: Viewer, at: datetime
) -> None:
    client = sign_in("digital_lead")
    page = client.get(f"/fjordby/rounds/{waiting.round.ref}/moderation/")
    assert TEXT in page.content.decode()
    sent = {"rule": "unclear", "reason": "Skriv, hvem I er"}
    client.post(f"/fjordby/round-statements/{waiting.ref}/reject/", sent)
    own_statements.appeal(
        entrance=author, statement=RoundStatement.objects.get(pk=waiting.pk), grounds="Os alle", on=ON
    )
    assert "Os alle" in client.get(f"/fjordby/rounds/{waiting.round.ref}/moderation/").content.decode()
    address = f"/fjordby/round-statements/{waiting.ref}/appeal/"
    assert client.get(address).status_code == 200
    client.post(address, {"upheld": "yes", "reason": "Det er i orden"})
    waiting.refresh_from_db()
    assert waiting.state == "accepted"


def test_one_hand_with_many_browsers_does_not_fill_the_round(
    opened: Planned, at_the_door: AtTheDoor, by: Viewer, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_statements, "MOST_WAITING", 3)
    monkeypatch.setattr(actions, "MOST", 8)
    round_ = opened(by_link=True)

    def write(who: str, text: str) -> RoundStatement:
        entrance = at_the_door(round_, who)
        return add(entrance, at, text)

    many = [write(f"browser {nth}", f"Udsagn nummer {nth} af mange") for nth in range(3)]
    with pytest.raises(Refused, match="So many statements wait"):
        write("browser 3", "Et udsagn til af samme slags")
    write("employee", "Vi mangler en afløser om natten")
    moderating.reject_statement(statement=many[0], rule="unclear", reason="Det siger intet.", by=by, at=at)
    write("browser 3", "Nu er der plads til mit udsagn")
