"""The map, the decision on freed time, promised against realised, and the closing report."""

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from samspil.benefits import queries
from samspil.benefits.benefit_map.actions import add_to_map, draw_arrow, remove_from_map
from samspil.benefits.closing.actions import decide_freed_time, write_closing_report
from samspil.benefits.closing.promised import promised
from samspil.benefits.closing.report import document
from samspil.benefits.measuring.actions import explain_deviation
from samspil.benefits.models import Benefit, MapArrow, MapNode
from samspil.benefits.register.actions import take_out_benefit
from samspil.benefits.tests.conftest import Play
from samspil.business_case import actions as cases
from samspil.business_case.format import read
from samspil.business_case.models import Part
from samspil.dialogue import actions as committees
from samspil.initiative.figures import newest
from samspil.kit.exports import write
from samspil.kit.refusal import Refused
from samspil.organisation import journal

pytestmark = pytest.mark.django_db


def put(play: Play, kind: str, title: str) -> MapNode:
    return add_to_map(initiative=play.initiative, kind=kind, title=title, **play.by())


def draw(play: Play, start: MapNode, end: MapNode, effect: str = "helps") -> MapArrow:
    return draw_arrow(initiative=play.initiative, start=start, end=end, effect=effect, **play.by())


def test_benefits_come_onto_the_map_from_the_register(play: Play) -> None:
    found = play.register()
    solution, change, goal = (put(play, kind, kind) for kind in ("solution", "change", "goal"))
    node = found.map_node
    for start, end in ((solution, change), (change, node), (node, goal)):
        draw(play, start, end)
    nodes, arrows = queries.map_of(play.initiative)
    assert (len(nodes), len(arrows)) == (4, 3)
    with pytest.raises(Refused, match="taken out of the register"):
        remove_from_map(node=node, **play.by())


def test_circles_are_refused_with_the_way_they_would_run(play: Play) -> None:
    one, two, three = (put(play, "change", title) for title in ("Ruter", "Noter", "Møder"))
    draw(play, one, two)
    draw(play, two, three)
    with pytest.raises(Refused, match="Møder → Ruter → Noter → Møder"):
        draw(play, three, one)
    assert MapArrow.objects.count() == 2


def test_contradictions_are_refused(play: Play) -> None:
    one, goal = put(play, "change", "Ruter"), put(play, "goal", "Mere tid")
    draw(play, one, goal)
    with pytest.raises(Refused, match="says the opposite"):
        draw(play, one, goal, "hinders")
    with pytest.raises(Refused, match="other way round"):
        draw(play, goal, one)


def test_the_map_of_another_initiative_is_out_of_reach(play: Play) -> None:
    node = put(play, "change", "Ruter")
    MapNode.objects.filter(pk=node.pk).update(kind="goal")
    elsewhere = put(play, "change", "Noter")
    remove_from_map(node=elsewhere, **play.by())
    with pytest.raises(Refused, match="Both ends"):
        draw(play, node, elsewhere)


# --- freed time and the case -------------------------------------------------------------------------------


def line(title: str, kind: str, worth: str, amount: str) -> cases.Written:
    who = {"payer": "Hjemmeplejen"} if kind == "cost" else {"beneficiary": "Hjemmeplejen"}
    content = {"title": title, "kind": kind, "class": worth, "amount": amount, **who}
    return cases.Written("line", {**content, "share_by_year": {"2027": "1", "2028": "1"}})


def with_case(play: Play) -> list[Part]:
    """A case of two lines, decided at the gate."""
    case = cases.begin(
        initiative=play.initiative,
        parts=[
            line("Ruteplan", "cost", "cashable", "300000"),
            line("Tid", "benefit", "reallocation", "900000"),
        ],
        **play.by(),
    )
    return list(case.parts.order_by("place"))


def heard(play: Play, days: int = 10) -> Any:
    """An item about the initiative that a meeting will have treated in so many days."""
    secretary = play.by("secretary")
    meeting = committees.plan_meeting(
        committee=play.cast.committees["local"], on=play.today + timedelta(days=days), **secretary
    )
    item = committees.request_item(initiative=play.initiative, **play.by())
    return committees.place_item(item=item, meeting=meeting, **secretary)


def decide(play: Play, benefit: Benefit, **facts: Any) -> Any:
    said = {"use": "reinvest", "what_for": "Mere tid hos de ensomme", "decided_on": play.today, **facts}
    return decide_freed_time(benefit=benefit, **said, **play.by("owner"))


def test_the_committee_hears_of_freed_time_first_or_it_says_why_not(play: Play) -> None:
    found = play.ready()
    with pytest.raises(Refused, match="why it was not heard"):
        decide(play, found)
    item = heard(play)
    play.later(9)
    with pytest.raises(Refused, match="before it is decided"):
        decide(play, found, heard_in=item)
    play.later(1)
    row = decide(play, found, heard_in=item)
    assert row.heard_in == item.thing
    assert not play.followed(found).waits_for_a_decision


def test_the_line_of_the_case_counts_from_then_on(play: Play) -> None:
    _cost, time = with_case(play)
    found = play.ready(line=time)
    before = read(play.initiative.business_case).lines[1]
    assert before.waits_for_a_decision
    decide(play, found, not_heard_because="Drøftes i marts")
    after = read(play.initiative.business_case).lines[1]
    assert after.freed_time
    assert after.freed_time.use == "It stays in the work: Mere tid hos de ensomme"


def test_promised_against_realised_line_by_line(play: Play) -> None:
    _cost, time = with_case(play)
    found = play.ready(line=time)
    decide(play, found, not_heard_because="Drøftes i marts")
    play.go()
    play.go()
    play.go_until("follow_up")
    play.until(date(2026, 9, 1))
    play.measure(found, "5.5")
    held = promised(play.initiative, queries.of_initiative(play.initiative, play.today))
    (row,) = held.rows
    assert (row.line, row.amount, row.came) == ("Tid", 900_000, 675_000)
    assert (held.amount, held.came, held.currency) == (900_000, 675_000, "DKK")
    assert row.forecast.place == "inside"


@pytest.mark.parametrize("worth", ["reallocation", "cashable"])
def test_freed_time_is_no_money_until_it_is_decided(play: Play, worth: str) -> None:
    """Whatever class the register gives it: the line of the case frees time."""
    _cost, time = with_case(play)
    found = play.ready(line=time, worth=worth)
    play.go_until("follow_up")
    play.until(date(2026, 9, 1))
    play.measure(found, "4")
    held = promised(play.initiative, queries.of_initiative(play.initiative, play.today))
    assert held.rows[0].waits
    assert not held.counted


def test_what_is_overdue_has_come_to_nobody_knows_what(play: Play) -> None:
    _cost, time = with_case(play)
    found = play.ready(line=time)
    decide(play, found, not_heard_because="Drøftes i marts")
    play.go()
    play.go()
    play.until(date(2026, 9, 1))
    play.measure(found, "4")
    play.until(date(2027, 4, 1))
    held = promised(play.initiative, queries.of_initiative(play.initiative, play.today))
    assert (held.rows[0].amount, held.rows[0].came) == (900_000, None)


# --- the report --------------------------------------------------------------------------------------------


def closed(play: Play) -> Any:
    found = play.ready()
    play.ready("Færre klager", worth="qualitative")
    play.go_until("follow_up")
    play.until(date(2026, 9, 1))
    play.measure(found, "5")
    explain_deviation(benefit=found, cause="later", text="Telefonerne kom sent", **play.by())
    return write_closing_report(
        initiative=play.initiative, account="Det meste kom, og det kom sent.", repeat="Mål før", **play.by()
    )


def test_a_report_is_frozen(play: Play) -> None:
    report = closed(play)
    facts = json.loads(report.facts)
    assert facts["counts"] == {"realised": 0, "partly": 1, "not_realised": 0, "unknown": 0, "not_yet": 1}
    assert facts["benefits"][0]["deviations"][0]["text"] == "Telefonerne kom sent"
    first = facts["benefits"][0]
    assert (first["first_target"]["likely"], first["newest"]["value"], first["share"]) == ("4", "5", "83.3")
    play.later(1)
    play.measure(queries.benefit(first["ref"]), "3")
    again = write_closing_report(initiative=play.initiative, account="Nu kom det.", **play.by())
    assert (again.number, json.loads(report.facts)["counts"]["partly"]) == (2, 1)
    assert journal.verify(play.cast.organisation) == []
    type(report).objects.filter(pk=report.pk).update(account="Alt gik godt")
    assert journal.verify(play.cast.organisation)


def test_no_name_stands_in_what_is_frozen(play: Play) -> None:
    report = closed(play)
    names = [str(person) for person in play.cast.people.values()]
    assert not [name for name in names if name in report.facts]


def test_its_counts_go_to_the_board(play: Play) -> None:
    closed(play)
    figure = newest(play.initiative.thing, "benefits_partly")
    assert figure
    assert figure.value == Decimal(1)


def test_it_is_a_document_in_both_formats(play: Play) -> None:
    report = queries.closing_report(closed(play).ref)
    assert report
    made = document(report, play.cast.viewer("lead"), "en")
    for ending, start in (("docx", b"PK"), ("pdf", b"%PDF")):
        assert write(made, ending).bytes.startswith(start)


def test_nothing_is_reported_of_nothing(play: Play) -> None:
    with pytest.raises(Refused, match="nothing to report"):
        write_closing_report(initiative=play.initiative, account="Intet", **play.by())


def test_two_benefits_of_one_line_do_not_count_it_twice(play: Play) -> None:
    _cost, time = with_case(play)
    both = [play.ready(line=time), play.ready("Færre opkald", line=time)]
    for found in both:
        decide(play, found, not_heard_because="Drøftes i marts")
    play.go_until("follow_up")
    play.until(date(2026, 9, 1))
    play.measure(both[0], "4")
    play.measure(both[1], "7")
    held = promised(play.initiative, queries.of_initiative(play.initiative, play.today))
    assert [(row.amount, row.came) for row in held.rows] == [(450_000, 450_000), (450_000, 225_000)]
    assert (held.amount, held.came) == (900_000, 675_000)


def test_more_hours_than_there_are_is_a_sentence(play: Play) -> None:
    found = play.ready()
    for hours in (Decimal(10) ** 30, Decimal(-5)):
        with pytest.raises(Refused) as refusal:
            decide(play, found, not_heard_because="Haster", hours_a_year=hours)
        assert refusal.value.field == "hours_a_year"


def test_what_was_promised_and_taken_out_is_told_and_still_counts_as_a_forecast(play: Play) -> None:
    """Whoever takes out what failed does not make the rest look better."""
    found, draft = play.ready(), play.register("Kun et udkast")
    play.ready("Færre klager", worth="qualitative")
    take_out_benefit(benefit=draft, because="Dobbelt", **play.by())
    play.go_until("follow_up")
    play.until(date(2026, 9, 1))
    play.measure(found, "9")
    take_out_benefit(benefit=found, because="Det lykkedes ikke", **play.by())
    standing, gone = queries.with_what_is_gone(play.initiative, play.today)
    assert ([one.benefit.title for one in standing], [one.benefit for one in gone]) == (
        ["Færre klager"],
        [found],
    )
    report = write_closing_report(initiative=play.initiative, account="Intet kom.", **play.by())
    facts = json.loads(report.facts)
    assert facts["forecasts"] == {"n": 1, "inside": 0}
    assert [(one["title"], one["on"]) for one in facts["taken_out"]] == [(found.title, "2026-09-01")]
    assert write(document(report, play.cast.viewer("lead"), "en"), "docx").bytes.startswith(b"PK")
