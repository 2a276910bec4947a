"""Figures by hand, from a file and from another system; reminders; and what is unknown."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from unittest.mock import Mock

import pytest

from samspil.benefits import queries
from samspil.benefits.measuring.actions import Figure, bring_measurements, explain_deviation, plan_measuring
from samspil.benefits.measuring.bringing import FaultyList, figures_in
from samspil.benefits.models import Benefit
from samspil.benefits.notices import hand_to_deputies, remind
from samspil.benefits.panels import of_initiative, of_leadership
from samspil.benefits.tests.conftest import Play
from samspil.initiative.actions import start_initiative
from samspil.initiative.figures import newest
from samspil.initiative.models import Notice
from samspil.kit.refusal import NotAllowed, Refused
from samspil.organisation.models import Person

pytestmark = pytest.mark.django_db


def test_a_figure_goes_to_the_board(play: Play) -> None:
    found = play.ready()
    play.go_until("follow_up")
    play.until(date(2026, 9, 1))
    play.measure(found, "7", source="Vagtplanen")
    figure = newest(found.thing, "benefit_share")
    assert figure
    assert (figure.value, figure.unit, figure.source) == (50, "per_cent", "Vagtplanen")


def test_a_later_row_for_the_same_day_corrects_the_first(play: Play) -> None:
    found = play.ready()
    play.measure(found, "7")
    play.measure(found, "5")
    assert [row.value for row in play.followed(found).measurements] == [5]
    assert found.measurements.count() == 2


def test_a_share_from_a_sample_has_its_interval(play: Play) -> None:
    found = play.register(indicator="used_as_intended", unit="procent")
    play.measure(found, "80", n=40, population=120)
    row = play.followed(found).measurements[0]
    assert Decimal(66) < row.low < Decimal(72)
    assert Decimal(87) < row.high < Decimal(92)


def test_a_mean_from_a_sample_has_its_interval(play: Play) -> None:
    found = play.register()
    play.measure(found, "6", n=25, spread=Decimal(2))
    row = play.followed(found).measurements[0]
    assert (row.low, row.high) == (Decimal("5.1744"), Decimal("6.8256"))


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"on": date(2026, 2, 2)}, "on"),
        ({"n": 0}, "n"),
        ({"population": 10}, "n"),
        ({"n": 20, "population": 10}, "population"),
        ({"spread": Decimal(2), "n": 1}, "spread"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(play: Play, facts: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        play.measure(play.register(), "5", **facts)
    assert refusal.value.field == field


def test_a_plan_ends_and_does_not_run_backwards(play: Play) -> None:
    found = play.register()
    first = date(2026, 9, 1)
    for until, told in (
        (None, "until which day"),
        (date(2026, 1, 1), "lies before"),
        (date(2099, 1, 1), "15"),
    ):
        with pytest.raises(Refused, match=told):
            plan_measuring(benefit=found, first_on=first, every_months=6, until=until, **play.by())


def test_24_months_after_closing_an_overdue_figure_is_unknown_everywhere(play: Play) -> None:
    """In the register, on the initiative's page and in the leadership overview; and owner and sponsor were
    told once a period."""
    found = play.ready()
    play.go_until("follow_up")
    play.until(date(2026, 9, 1))
    play.measure(found, "3")
    play.go()
    play.initiative.refresh_from_db()
    assert play.initiative.phase == "closed"
    closed_on = play.today
    while play.today < closed_on + timedelta(days=740):
        remind(play.cast.organisation, play.at)
        play.later(15)
    one = play.followed(found)
    assert one.standing.status == "unknown"
    viewer = play.cast.viewer("director", play.at)
    assert of_initiative(play.initiative, viewer, play.at)["unknown"][0].benefit == found
    overview = of_leadership([play.initiative], viewer, play.at)
    assert (overview["counts"]["unknown"], overview["counts"]["realised"]) == (1, 0)
    told = Notice.objects.filter(kind="benefit_due").values_list("period", "person__given_name")
    days = ("2027-03-01", "2027-09-01", "2028-03-01", "2028-09-01")
    assert sorted(told) == [(day, who) for day in days for who in ("Bo", "Lars")]


def test_what_was_stopped_is_not_asked_for_any_more(play: Play) -> None:
    found = play.ready()
    play.go("stop")
    play.until(date(2027, 1, 1))
    remind(play.cast.organisation, play.at)
    assert play.followed(found).standing.status == "not_yet"
    assert not Notice.objects.filter(kind="benefit_due").exists()


def test_a_reminder_stops_when_the_figure_is_there(play: Play) -> None:
    found = play.ready()
    play.until(date(2026, 9, 1))
    play.measure(found, "5")
    play.later(5)
    remind(play.cast.organisation, play.at)
    assert not Notice.objects.filter(kind="benefit_due").exists()


def csv(*rows: str) -> bytes:
    return "\n".join(["Gevinst;Målt den;Værdi;Antal spurgt;Ud af", *rows]).encode()


def test_figures_from_a_file_are_taken_in_together(play: Play) -> None:
    one, other = play.ready(), play.ready("Færre klager")
    data = csv("færre  minutter pr. besøg;2026-01-05;7,5;;", "Færre klager;2026-01-05;3;;")
    pairs = figures_in("tal.csv", data, play.initiative, play.cast.viewer("lead"))
    assert bring_measurements(initiative=play.initiative, brought=pairs, **play.by()) == 2
    assert [play.followed(benefit).measurements[0].value for benefit in (one, other)] == [Decimal("7.5"), 3]


def test_a_file_with_faults_brings_nothing_and_names_each_line(play: Play) -> None:
    play.ready()
    rows = (
        "Ukendt;2026-01-05;7;;",
        "Færre minutter pr. besøg;i går;7;;",
        "Færre minutter pr. besøg;2027-01-05;7;;",
    )
    with pytest.raises(FaultyList) as faulty:
        figures_in("tal.csv", csv(*rows), play.initiative, play.cast.viewer("lead"))
    assert [(fault.row, fault.reason) for fault in faulty.value.faults] == [
        (3, "not_a_day"),
        (2, "unknown_benefit"),
        (4, "refused"),
    ]


def test_many_figures_are_all_or_nothing(play: Play) -> None:
    """As another system calls it: one that is wrong stops them all."""
    found = play.ready()
    good, bad = Figure(play.today, Decimal(5)), Figure(play.today + timedelta(days=3), Decimal(5))
    with pytest.raises(Refused):
        bring_measurements(
            initiative=play.initiative, brought=[(found, good), (found, bad)], way="api", **play.by()
        )
    assert found.measurements.count() == 0
    bring_measurements(initiative=play.initiative, brought=[(found, good)], way="api", **play.by())
    assert found.measurements.get().way == "api"


def test_who_does_not_answer_for_it_does_not_measure(play: Play) -> None:
    found = play.ready()
    with pytest.raises(NotAllowed):
        bring_measurements(
            initiative=play.initiative,
            brought=[(found, Figure(play.today, Decimal(5)))],
            **play.by("employee"),
        )


def test_figures_of_another_initiative_are_not_brought_in_by_the_way(play: Play) -> None:
    found = play.ready()
    other = start_initiative(
        needs=list(play.initiative.needs.select_related("thing")),
        units=[play.cast.units["area"]],
        owner=play.cast.people["owner"],
        **play.by(),
    )
    with pytest.raises(Refused, match="belongs to another initiative"):
        bring_measurements(initiative=other, brought=[(found, Figure(play.today, Decimal(5)))], **play.by())
    assert found.measurements.count() == 0


def test_a_deviation_is_explained(play: Play) -> None:
    found = play.ready()
    explain_deviation(
        benefit=found, cause="later", text="Telefonerne kom i maj", **play.by("management_member")
    )
    assert play.followed(found).deviations[0].cause == "later"
    with pytest.raises(Refused, match="Choose the reason"):
        explain_deviation(benefit=found, cause="weather", text="Det regnede", **play.by())


def test_the_order_of_the_register_is_that_of_the_list(play: Play) -> None:
    titles = ["B", "A", "C"]
    for title in titles:
        play.register(title)
    assert [one.benefit.title for one in queries.of_initiative(play.initiative, play.today)] == titles


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"n": 10**30}, "n"),
        ({"n": 5, "population": 10**30}, "population"),
        ({"n": 5, "spread": Decimal(10) ** 18}, "spread"),
        ({"n": 5, "spread": Decimal("Infinity")}, "spread"),
    ],
)
def test_what_no_figure_can_be_is_a_sentence(play: Play, facts: dict[str, Any], field: str) -> None:
    found = play.ready()
    with pytest.raises(Refused) as refusal:
        play.measure(found, "5", **facts)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("first", "until"), [(date(9998, 1, 1), date(9999, 12, 31)), (date(2060, 1, 1), date(2061, 1, 1))]
)
def test_a_first_day_that_nobody_lives_to_see_is_no_plan(play: Play, first: date, until: date) -> None:
    with pytest.raises(Refused, match="within the next 15 years") as refusal:
        play.plan(play.ready(), first, until)
    assert refusal.value.field == "first_on"


def test_a_new_plan_does_not_make_good_a_figure_that_is_overdue(play: Play) -> None:
    found = play.ready()
    play.go_until("follow_up")
    play.until(date(2026, 10, 1))
    with pytest.raises(Refused, match="is overdue"):
        play.plan(found, date(2028, 9, 1))
    assert play.followed(found).standing.status == "unknown"
    play.measure(found, "9")
    play.plan(found, date(2027, 1, 1))


def test_of_two_benefits_called_alike_a_file_means_neither(play: Play) -> None:
    play.ready()
    play.ready("færre minutter  pr. besøg", harm=True)
    with pytest.raises(FaultyList) as faulty:
        figures_in(
            "tal.csv",
            csv("Færre minutter pr. besøg;2026-01-05;7;;"),
            play.initiative,
            play.cast.viewer("lead"),
        )
    assert [fault.reason for fault in faulty.value.faults] == ["benefits_alike"]


def test_the_deputy_gets_what_somebody_else_wrote_meanwhile(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker takes the benefit as it stands when it is handed over, not as it was listed."""
    found = play.ready(deputy=play.cast.people["director"])
    listed = [play.benefit(found)]
    Benefit.objects.filter(pk=found.pk).update(title="Et nyt navn", version=99)
    Person.objects.filter(pk=found.owner.pk).update(left_on=play.today)
    rows = Mock(filter=Mock(return_value=listed))
    monkeypatch.setattr(queries, "standing_rows", lambda: rows)
    hand_to_deputies(play.cast.organisation, play.at)
    kept = Benefit.objects.get(pk=found.pk)
    assert (kept.title, kept.version) == ("Et nyt navn", 100)
    assert kept.owner == play.cast.people["director"]
