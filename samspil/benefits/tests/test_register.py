"""The register: who owns a benefit, that they say yes, and what happens when they leave."""

from dataclasses import replace
from datetime import date

import pytest

from samspil.benefits.boards import left_behind
from samspil.benefits.models import Benefit
from samspil.benefits.notices import remind
from samspil.benefits.register.actions import (
    Described,
    accept_benefit,
    change_benefit,
    decline_benefit,
    excuse_benefit,
    hand_over_benefit,
    take_out_benefit,
)
from samspil.benefits.tests.conftest import Play
from samspil.business_case.actions import add, begin
from samspil.business_case.tests.conftest import overtime
from samspil.initiative.consumers import read_on
from samspil.initiative.models import Link, Notice
from samspil.kit.refusal import ChangedMeanwhile, NotAllowed, Refused
from samspil.organisation import journal
from samspil.organisation.models import JournalRow, Person

pytestmark = pytest.mark.django_db
SAID = Described("Kortere besøg", "reallocation", "Minutter pr. besøg", "minutter")


def test_the_named_owner_is_asked_and_says_yes(play: Play) -> None:
    found = play.register()
    play.target(found)
    read_on(play.cast.organisation, play.at)
    assert Notice.objects.filter(kind="benefit_asked", person=play.cast.people["management_member"]).exists()
    assert "owner" in play.followed(found).lacks
    play.accept(found)
    assert "owner" not in play.followed(found).lacks


def test_nobody_says_yes_for_another(play: Play) -> None:
    found = play.register()
    play.target(found)
    for who in ("lead", "owner", "director"):
        with pytest.raises(NotAllowed):
            play.accept(found, who)


def test_there_is_nothing_to_say_yes_to_without_a_target(play: Play) -> None:
    with pytest.raises(Refused, match="no target yet"):
        play.accept(play.register())


def test_who_says_no_leaves_it_without_an_owner(play: Play) -> None:
    found = play.register()
    with pytest.raises(Refused, match="Write why"):
        decline_benefit(benefit=found, because=" ", **play.by("management_member"))
    decline_benefit(benefit=found, because="Målet er for højt", **play.by("management_member"))
    assert play.benefit(found).owner is None
    read_on(play.cast.organisation, play.at)
    assert Notice.objects.filter(kind="benefit_answered", person=play.cast.people["lead"]).count() == 1


def test_a_target_that_somebody_else_changes_is_accepted_anew(play: Play) -> None:
    found = play.ready()
    play.target(found, "5")
    assert "owner" in play.followed(found).lacks
    play.accept(found)
    play.target(found, "4", who="management_member")
    assert "owner" not in play.followed(found).lacks, "the owner changed it"


def test_when_the_owner_leaves_the_deputy_gets_it_and_says_yes_anew(play: Play) -> None:
    owner, deputy = play.cast.people["management_member"], play.cast.people["chair"]
    found = play.register(deputy=deputy)
    play.target(found)
    play.accept(found)
    owner.left_on = play.today
    owner.save()
    viewer = play.cast.viewer("lead", play.at)
    assert [one.title for one in left_behind([owner], viewer)] == [found.title]
    play.later(1)
    remind(play.cast.organisation, play.at)
    kept = play.benefit(found)
    assert (kept.owner, kept.deputy, kept.accepted_at) == (deputy, None, None)
    row = JournalRow.objects.get(verb="benefits.handed_over")
    assert row.words.facts["before"] == str(owner)


def test_handing_over_asks_the_new_owner(play: Play) -> None:
    found = play.ready()
    hand_over_benefit(
        benefit=found,
        owner=play.cast.people["owner"],
        deputy=None,
        because="Nyt område",
        **play.by("management_member"),
    )
    assert play.followed(found).lacks == ("owner",)


def test_a_guest_or_somebody_who_has_left_owns_nothing(play: Play) -> None:
    with pytest.raises(Refused, match="works here"):
        play.register(owner=play.cast.people["guest"])
    gone = play.cast.people["chair"]
    gone.left_on = date(2026, 1, 1)
    gone.save()
    with pytest.raises(Refused, match="has left"):
        play.register(owner=gone)


def test_two_who_write_at_once_see_each_others_text(play: Play) -> None:
    found = play.register()
    change_benefit(benefit=found, described=SAID, version=found.version, **play.by())
    with pytest.raises(ChangedMeanwhile) as fault:
        change_benefit(benefit=found, described=SAID, version=found.version, **play.by("owner"))
    assert "Kortere besøg" in fault.value.theirs


def test_the_unit_stays_once_there_are_figures(play: Play) -> None:
    found = play.ready()
    kept = play.benefit(found)
    said = Described(kept.title, kept.worth, kept.measured_as, "timer", owner=kept.owner)
    with pytest.raises(Refused, match="figures in minutter"):
        change_benefit(benefit=found, described=said, version=kept.version, **play.by())


def test_prerequisites_keep_the_day_on_which_they_were_met(play: Play) -> None:
    wanted = {"change": ["Ny vagtplan"], "competence": ["Alle kan appen", " "]}
    found = play.register(prerequisites=wanted)
    met = found.prerequisites.get(kind="change")
    met.met_on = play.today
    met.save()
    said = Described(
        "Kortere besøg",
        "reallocation",
        "Minutter",
        "minutter",
        prerequisites={"change": ["Ny vagtplan", "Nye telefoner"]},
    )
    change_benefit(benefit=found, described=said, version=found.version, **play.by())
    kept = {row.text: row.met_on for row in found.prerequisites.all()}
    assert kept == {"Ny vagtplan": play.today, "Nye telefoner": None}


def test_what_is_taken_out_can_be_read_and_not_changed(play: Play) -> None:
    found = play.ready()
    take_out_benefit(benefit=found, because="Er med i en anden", **play.by())
    assert play.benefit(found).taken_out_at
    with pytest.raises(Refused, match="was taken out"):
        play.measure(found, "5")


def test_it_hangs_on_the_thread_of_its_initiative(play: Play) -> None:
    found = play.register()
    assert Link.objects.filter(from_thing=play.initiative.thing, to_thing=found.thing, kind="led_to").exists()


def test_a_ledger_that_somebody_changes_in_the_database_is_found(play: Play) -> None:
    found = play.ready()
    assert journal.verify(play.cast.organisation) == []
    found.targets.update(likely=9)
    assert journal.verify(play.cast.organisation)


def test_the_list_asks_no_more_questions_for_more_benefits(
    play: Play, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from samspil.benefits import queries

    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            assert queries.of_initiative(play.initiative, play.today)
        return len(questions)

    play.ready()
    few = asked()
    for number in range(5):
        play.ready(f"Gevinst {number}")
    assert asked() == few
    assert Benefit.objects.count() == 6


def test_nobody_says_yes_to_what_they_have_not_seen(play: Play) -> None:
    found = play.register()
    play.target(found, "4")
    seen = play.benefit(found).version
    play.target(found, "1", cautious=None, optimistic=None, meaning="")
    with pytest.raises(Refused, match="changed while you read it"):
        accept_benefit(benefit=found, version=seen, **play.by("management_member"))
    accept_benefit(benefit=found, version=seen + 1, **play.by("management_member"))
    assert play.followed(found).lacks == ("baseline", "first_on")


def test_who_is_not_the_owner_any_more_does_not_answer(play: Play) -> None:
    """Another one was named between the page and the answer."""
    found = play.register()
    play.target(found)
    others = play.cast.people["director"]
    hand_over_benefit(benefit=found, owner=others, deputy=None, because="Bytter", **play.by())
    stale = Benefit(pk=found.pk, owner=play.cast.people["management_member"], initiative=play.initiative)
    with pytest.raises(NotAllowed):
        accept_benefit(benefit=stale, **play.by("management_member"))


def test_an_owner_who_has_left_answers_for_nothing(play: Play) -> None:
    found = play.ready()
    Person.objects.filter(pk=found.owner.pk).update(left_on=play.today)
    assert play.followed(found).lacks == ("owner",)


def test_a_benefit_with_figures_does_not_become_a_disadvantage(play: Play) -> None:
    """Disadvantages are not counted among what was promised."""
    found = play.ready()
    said = Described(
        found.title,
        "reallocation",
        found.measured_as,
        found.unit,
        harm=True,
        owner=found.owner,
    )
    with pytest.raises(Refused, match="does not become a disadvantage") as refusal:
        change_benefit(benefit=found, described=said, version=play.benefit(found).version, **play.by())
    assert refusal.value.field == "harm"


@pytest.mark.parametrize(
    ("name", "other"),
    [("worth", "qualitative"), ("measured_as", "Minutter pr. dag"), ("indicator", "minutes"), ("line", None)],
)
def test_what_was_promised_at_the_gate_is_not_turned_into_something_else(
    play: Play, name: str, other: str | None
) -> None:
    """Its title and its people may still change, and a line may be found for one that had none."""
    case = begin(initiative=play.initiative, **play.by())
    line = add(case=case, kind="line", content=overtime(), **play.by())
    found = play.ready()
    said = Described(found.title, found.worth, found.measured_as, found.unit, owner=found.owner, line=line)
    play.go_until("development")
    kept = change_benefit(benefit=found, described=said, version=play.benefit(found).version, **play.by())
    assert kept.line == line
    play.go_until("implementation")
    with pytest.raises(Refused, match="stays as it was promised") as refusal:
        change_benefit(
            benefit=found, described=replace(said, **{name: other}), version=kept.version, **play.by()
        )
    assert refusal.value.field == ("measured_as" if name == "indicator" else name)
    said = replace(said, title="Kortere besøg", owner=play.cast.people["owner"])
    assert (
        change_benefit(benefit=found, described=said, version=kept.version, **play.by()).title == said.title
    )


def test_a_prerequisite_longer_than_it_can_be_is_told(play: Play) -> None:
    with pytest.raises(Refused, match="too long") as refusal:
        play.register(prerequisites={"workflow": ["x" * 201]})
    assert refusal.value.field == "workflow"


def test_what_it_went_live_on_stays(play: Play) -> None:
    found = play.register()
    owner = play.by("owner")
    excuse_benefit(benefit=found, because="Ingen tal før", **owner)
    excuse_benefit(benefit=found, because="", **owner)
    excuse_benefit(benefit=found, because="Ingen tal før", **owner)
    play.go_until("follow_up")
    with pytest.raises(Refused, match="so it stays"):
        excuse_benefit(benefit=found, because="", **play.by("owner"))
    assert play.benefit(found).excuse == "Ingen tal før"
