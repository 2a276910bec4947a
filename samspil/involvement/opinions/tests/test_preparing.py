"""Those who ask write statements, take them from a template, and choose what comes first."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from samspil.involvement.opinions import actions, ready, texts
from samspil.involvement.opinions.kind import unready
from samspil.involvement.opinions.models import RoundStatement
from samspil.involvement.opinions.tests.conftest import SAID, Planned
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation.models import Content
from samspil.organisation.viewer import Viewer
from samspil.participation.models import Round

SignIn = Callable[[str], Client]


def written(round_: Round) -> list[str]:
    return list(RoundStatement.objects.filter(round=round_).order_by("number").values_list("text", flat=True))


def add(round_: Round, by: Viewer, at: datetime, *said: str) -> list[RoundStatement]:
    return actions.add_statements(round_=round_, written=said, language="da", by=by, at=at)


def test_statements_are_numbered_and_can_be_cited_one_by_one(planned: Planned) -> None:
    rows = list(RoundStatement.objects.filter(round=planned()))
    assert [one.number for one in rows] == [1, 2, 3, 4]
    assert len({one.ref for one in rows}) == 4
    assert {one.thing.kind for one in rows} == {"round_statement"}


def test_ten_are_written_at_a_time_one_a_line(planned: Planned, sign_in: SignIn) -> None:
    round_ = planned()
    typed = "\n".join(f"• Udsagn nummer {nth} om vagterne" for nth in range(10)) + "\n\n"
    address = f"/fjordby/rounds/{round_.ref}/statements/"
    response = sign_in("digital_lead").post(address, {"written": typed, "language": "da"})
    assert response.status_code == 302
    assert "Udsagn nummer 7 om vagterne" in sign_in("digital_lead").get(address).content.decode()
    assert written(round_)[4:] == [f"Udsagn nummer {nth} om vagterne" for nth in range(10)]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("Nej.", "too short"),
        ("Det er en sag for CPR 010190-1234 alene", "personal number"),
        ("x" * (texts.LONGEST + 1), "at most"),
        (SAID[0].upper(), "stands here already"),
    ],
)
def test_one_that_can_not_stand_there_keeps_all_others_out(
    said: str, sentence: str, planned: Planned, by: Viewer, at: datetime
) -> None:
    round_ = planned()
    with pytest.raises(Refused, match=sentence):
        add(round_, by, at, "Et udsagn, som er helt i orden", said)
    assert written(round_) == list(SAID)


def test_what_people_have_read_is_not_changed_or_taken_out(opened: Planned, by: Viewer, at: datetime) -> None:
    statement = RoundStatement.objects.filter(round=opened()).first()
    assert statement
    with pytest.raises(Refused, match="people have read this"):
        actions.remove_statement(statement=statement, by=by, at=at)
    with pytest.raises(Refused, match="people have read this"):
        actions.change_statement(
            statement=statement, text="Noget helt andet", language="da", version=1, by=by, at=at
        )


def test_before_that_it_is_changed_and_taken_out(planned: Planned, by: Viewer, at: datetime) -> None:
    round_ = planned()
    first, second, *_rest = RoundStatement.objects.filter(round=round_)
    actions.change_statement(
        statement=first, text="Planen giver ro  om aftenen", language="da", version=1, by=by, at=at
    )
    actions.remove_statement(statement=second, by=by, at=at)
    assert written(round_) == ["Planen giver ro om aftenen", *SAID[2:]]


def test_of_two_who_change_it_the_second_sees_both_texts(planned: Planned, by: Viewer, at: datetime) -> None:
    statement = RoundStatement.objects.filter(round=planned()).first()
    assert statement
    change = {"statement": statement, "language": "da", "version": 1, "by": by, "at": at}
    actions.change_statement(text="Den første skriver dette", **change)  # type: ignore[arg-type]
    with pytest.raises(ChangedMeanwhile) as fault:
        actions.change_statement(text="Den anden skriver dette", **change)  # type: ignore[arg-type]
    assert fault.value.theirs == "Den første skriver dette"


def test_a_core_that_is_too_large_is_refused_with_the_number_that_is_allowed(
    planned: Planned, by: Viewer, at: datetime
) -> None:
    round_ = planned(by_link=True)
    add(round_, by, at, *(f"Endnu et udsagn, nummer {nth}" for nth in range(20)))
    with pytest.raises(Refused, match=r"at most 15 statements .* You chose 16"):
        actions.choose_core(round_=round_, numbers=list(range(1, 17)), by=by, at=at)
    actions.choose_core(round_=round_, numbers=[1, 3], by=by, at=at)
    assert list(RoundStatement.objects.filter(core=True).values_list("number", flat=True)) == [1, 3]


def test_the_smallest_group_that_is_asked_decides_how_large_the_core_may_be(
    planned: Planned, by: Viewer, at: datetime
) -> None:
    """Thirteen people are asked, and each can be counted on for twelve answers: 52 statements three times."""
    round_ = planned()
    add(round_, by, at, *(f"Endnu et udsagn, nummer {nth}" for nth in range(70)))
    with pytest.raises(Refused, match="13 people, so at most 52"):
        actions.choose_core(round_=round_, numbers=list(range(1, 54)), by=by, at=at)


def test_a_round_without_statements_does_not_open(planned: Planned, by: Viewer, at: datetime) -> None:
    round_ = planned()
    assert unready(round_) == ""
    RoundStatement.objects.filter(round=round_, number__gt=2).delete()
    assert "at least three" in str(unready(round_))


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_three_templates_of_ten_in_both_directions_with_advice(language: str, planned: Planned) -> None:
    round_ = planned()
    round_.language = language
    themes = ready.themes(round_)
    assert [one.key for one in themes] == ["ai_in_case_work", "closing_a_way_in", "new_system"]
    for one in themes:
        assert len(one.statements) == 10
        assert len(one.advice) >= 3
        assert all(texts.checked(said, round_) == said for said in one.statements)


def test_a_template_is_looked_at_changed_and_taken(planned: Planned, sign_in: SignIn) -> None:
    round_ = planned()
    client, address = sign_in("digital_lead"), f"/fjordby/rounds/{round_.ref}/statements/template/"
    page = client.get(address, {"theme": "new_system"})
    typed = page.context["form"]["written"].value().replace("i dag", "i aften")
    client.post(address, {"theme": "new_system", "written": typed, "language": "da"})
    assert len(written(round_)) == 14
    assert "Systemet giver mig overblik over det, jeg skal nå i aften." in written(round_)


def test_the_template_says_which_way_agreeing_points(content: None) -> None:
    for row in Content.objects.filter(kind="statement_template"):
        ways = [one["agreeing"] for one in row.body["statements"]]
        assert sorted(ways) == ["against"] * 5 + ["for"] * 5, row.key


def test_with_fewer_than_three_the_page_says_so_and_leads_no_further(
    planned: Planned, look: Callable[..., str]
) -> None:
    round_ = planned()
    page, further = f"rounds/{round_.ref}/statements/", "Go on to the round"
    assert further in look("digital_lead", page)
    RoundStatement.objects.filter(round=round_, number__gt=2).delete()
    few = look("digital_lead", page)
    assert "at least three" in few
    assert further not in few
