"""An organisation says the questions in its own words, and nothing that was asked before changes."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from samspil.core.question_wording import Text
from samspil.dialogue import actions as committee
from samspil.dialogue import documents, questions
from samspil.dialogue import queries as items
from samspil.dialogue.models import Item, ItemQuestion
from samspil.dialogue.tests.conftest import Play, play_of
from samspil.dialogue.wording import actions, entries, queries
from samspil.dialogue.wording.models import Wording, WordingVersion
from samspil.dialogue.wording.tests.conftest import Desk
from samspil.kit.exports import write
from samspil.kit.refusal import ChangedMeanwhile, NotAllowed, Refused
from samspil.organisation import journal
from samspil.organisation.models import JournalRow
from samspil.organisation.scope import scope
from tests.cast import gather

OURS = "Hvad er der i det for os?"
KEY = "who_benefits"


def asked(item: Item, key: str = KEY) -> str:
    return str(ItemQuestion.objects.get(item=item, key=key).wording["ask"])


def all_questions(play: Play) -> list[str]:
    model = questions.model_for("MED", "idea", play.cast.organisation)
    assert model
    return [one.key for one in questions.of_level(model, "local")]


# --- what stays and what changes --------------------------------------------------------------------------


def test_earlier_items_keep_their_words_and_new_ones_get_the_new(desk: Desk) -> None:
    before = desk.play.item(question_keys=[KEY])
    house = asked(before)
    desk.adapted()
    after = desk.play.item(question_keys=[KEY])
    assert asked(Item.objects.get(pk=before.pk)) == house != OURS
    assert asked(after) == OURS


def test_an_earlier_item_goes_on_choosing_among_the_questions_it_was_given(desk: Desk) -> None:
    item = desk.play.item(question_keys=["need_before_solution"])
    desk.adapted()
    item = items.item(item.ref)  # type: ignore[assignment]
    committee.choose_questions(
        item=item, keys=["need_before_solution", KEY], version=item.version, **desk.play.by("chair")
    )
    assert asked(item) != OURS


def test_minutes_and_filing_of_an_earlier_item_are_the_same_to_the_byte(desk: Desk) -> None:
    item = desk.play.discussed(date(2026, 2, 20))
    committee.write_minutes(item=item, text="Drøftet.", **desk.play.by("secretary", date(2026, 2, 20)))
    item = items.item(item.ref)  # type: ignore[assignment]
    newest = items.newest_minutes(item)
    assert newest

    def files() -> list[bytes]:
        regime = items.regimes_of([item])[item.regime_id]
        agenda = documents.in_language(
            "da", documents.agenda, item.meeting, regime, desk.play.by("chair")["by"]
        )
        filed = documents.in_language("da", documents.minutes_filing, item, newest, newest.meeting.on)
        return [write(agenda, "docx").bytes, write(filed.document, "docx").bytes]

    before = files()
    desk.adapted()
    assert files() == before


def test_another_organisation_sees_nothing_of_it(desk: Desk) -> None:
    desk.adapted()
    neighbour = gather("naboby", "MED")
    with scope(neighbour.organisation):
        model = queries.model("MED-idea")
        assert model
        assert model.in_force is None
        assert OURS not in str(model.native.body)
        theirs = play_of(neighbour)
        assert asked(theirs.item(question_keys=[KEY])) != OURS
        assert queries.version(WordingVersion._base_manager.get().ref) is None


def test_both_languages_are_immutable_rows_of_the_organisation(desk: Desk) -> None:
    one = desk.adapted()
    assert {row.language for row in (one.native, one.reading)} == {"da", "en"}
    assert {row.organisation for row in (one.native, one.reading)} == {desk.play.cast.organisation}
    native = dict(one.native.body)
    wording = desk.begin()
    desk.word(desk.row(wording), ask="Og nu?")
    two = desk.publish(wording)
    one.native.refresh_from_db()
    assert (one.native.body, one.native.current, two.native.current) == (native, False, True)
    assert two.number == 2


def test_what_was_published_reads_back_as_it_was_in_work(desk: Desk) -> None:
    wording = desk.begin()
    desk.word(desk.row(wording))
    actions.leave_out_question(
        question=desk.row(wording, "earlier_lessons"),
        reason="Det spørger vi om i foråret",
        version=1,
        **desk.play.by("chair"),
    )
    own = desk.add(wording)
    actions.move_question(question=own, steps=-4, **desk.play.by("chair"))
    said = entries.of_questions(queries.questions_of(wording))
    one = desk.publish(wording)
    assert entries.of_rows(one.native, one.reading) == said


def test_a_question_that_is_left_out_is_not_asked_and_one_of_ones_own_is(desk: Desk) -> None:
    wording = desk.begin()
    reason = "Det spørger vi om i foråret"
    actions.leave_out_question(
        question=desk.row(wording, "earlier_lessons"), reason=reason, version=1, **desk.play.by("chair")
    )
    own = desk.add(wording)
    desk.publish(wording)
    asked_here = all_questions(desk.play)
    assert "earlier_lessons" not in asked_here
    assert own.key in asked_here
    assert asked(desk.play.item(question_keys=[own.key]), own.key) == "Hvem passer telefonen?"
    assert [one.left_out for one in desk.model.entries if one.left_out] == [reason]


def test_the_order_is_that_of_the_organisation(desk: Desk) -> None:
    wording = desk.begin()
    first = all_questions(desk.play)[0]
    actions.move_question(question=desk.row(wording, first), steps=99, **desk.play.by("chair"))
    desk.publish(wording)
    assert all_questions(desk.play)[-1] == first


def test_going_back_lets_the_houses_text_hold_and_keeps_the_versions(desk: Desk) -> None:
    house = asked(desk.play.item(question_keys=[KEY]))
    desk.adapted()
    own = desk.play.item(question_keys=[KEY])
    actions.return_to_house(model=desk.model, reason="Den er bedre", **desk.play.by("vice_chair"))
    assert asked(desk.play.item(question_keys=[KEY])) == house
    assert asked(own) == OURS
    assert desk.model.in_force is None
    assert [one.ended_because for one in desk.model.versions] == ["Den er bedre"]
    assert desk.adapted("En gang til?").number == 2


def test_where_the_regime_is_swedish_the_words_are_swedish_and_english(
    play_under: Callable[[str], Play],
) -> None:
    desk = Desk(play_under("samverkan"), "samverkan-idea")
    wording = desk.begin("vice_chair")
    desk.word(desk.row(wording), who="vice_chair", ask="Vad ger det oss?")
    one = desk.publish(wording, who="steward")
    assert (one.native.language, one.reading.language) == ("sv", "en")
    assert one.native.body["source"].endswith("Anpassad av Sted-Samverkan.")


# --- what is refused --------------------------------------------------------------------------------------


def test_words_that_lack_the_second_language_are_not_published(desk: Desk) -> None:
    wording = desk.begin()
    desk.word(desk.row(wording), in_english="")
    with pytest.raises(Refused, match="English") as refused:
        desk.publish(wording)
    assert OURS in str(refused.value)
    assert not WordingVersion.objects.exists()


@pytest.mark.parametrize("lacking", ["native", "reading"])
def test_a_question_of_ones_own_needs_all_its_words_in_both_languages(desk: Desk, lacking: str) -> None:
    wording = desk.begin()
    desk.add(wording, **{lacking: Text("Hvem passer telefonen?")})
    with pytest.raises(Refused, match="not complete"):
        desk.publish(wording)


def test_a_topic_is_not_asked_twice_on_one_level(desk: Desk) -> None:
    wording = desk.begin()
    desk.word(desk.row(wording), levels=["main", "local"])
    with pytest.raises(Refused, match="same topic"):
        desk.publish(wording)


def test_no_level_is_left_without_a_core_question(desk: Desk) -> None:
    wording = desk.begin()
    for row in queries.questions_of(wording):
        if "local" in row.levels and row.core:
            desk.word(row, ask=row.native["ask"], core_question=False)
    with pytest.raises(Refused, match="no core question"):
        desk.publish(wording)


def test_nothing_is_published_that_says_what_holds_already(desk: Desk) -> None:
    with pytest.raises(Refused, match="hold already"):
        desk.publish(desk.begin())
    Wording.objects.get().delete()
    desk.adapted()
    with pytest.raises(Refused, match="hold already"):
        desk.publish(desk.begin())


def test_a_version_says_what_changed_and_why(desk: Desk) -> None:
    wording = desk.begin()
    desk.word(desk.row(wording))
    with pytest.raises(Refused):
        desk.publish(wording, note="  ")


def test_a_question_is_left_out_with_a_reason(desk: Desk) -> None:
    row = desk.row(desk.begin())
    with pytest.raises(Refused):
        actions.leave_out_question(question=row, reason=" ", version=1, **desk.play.by("chair"))


@pytest.mark.parametrize("who", ["chair", "vice_chair", "secretary", "administrator"])
def test_both_sides_and_administrators_word_and_publish(desk: Desk, who: str) -> None:
    wording = desk.begin(who)
    desk.word(desk.row(wording), who)
    assert desk.publish(wording, who).published_by == desk.play.cast.people[who]


@pytest.mark.parametrize("who", ["lead", "director", "steward", "management_member", "employee", "auditor"])
def test_others_do_not(desk: Desk, who: str) -> None:
    with pytest.raises(NotAllowed):
        desk.begin(who)


# --- two at once ------------------------------------------------------------------------------------------


def test_two_who_word_one_question_lose_nothing(desk: Desk) -> None:
    wording = desk.begin()
    mine, theirs = desk.row(wording), desk.row(wording)
    desk.word(theirs, "vice_chair", ask="Hvem får gavn, og hvem betaler?")
    with pytest.raises(ChangedMeanwhile) as fault:
        desk.word(mine)
    assert "Hvem får gavn, og hvem betaler?" in fault.value.theirs
    assert OURS in fault.value.yours
    assert desk.row(wording).native["ask"] == "Hvem får gavn, og hvem betaler?"


def test_two_who_word_different_questions_both_keep_theirs(desk: Desk) -> None:
    wording = desk.begin()
    one, other = desk.row(wording), desk.row(wording, "earlier_lessons")
    desk.word(one, "chair")
    desk.word(other, "vice_chair", ask="Hvad lærte vi?")
    assert {desk.row(wording).native["ask"], desk.row(wording, "earlier_lessons").native["ask"]} == {
        OURS,
        "Hvad lærte vi?",
    }


def test_who_begins_second_joins_in(desk: Desk) -> None:
    assert desk.begin("chair").pk == desk.begin("vice_chair").pk


def test_nobody_publishes_what_they_have_not_read(desk: Desk) -> None:
    wording = desk.begin()
    desk.word(desk.row(wording))
    wording.refresh_from_db()
    read = wording.version
    desk.word(desk.row(wording, "earlier_lessons"), "vice_chair", ask="Hvad lærte vi?")
    with pytest.raises(Refused, match="after you opened"):
        actions.publish_wording(wording=wording, note="Nyt", version=read, **desk.play.by("chair"))


def test_what_was_published_or_put_away_meanwhile_is_refused_in_a_sentence(desk: Desk) -> None:
    wording = desk.begin()
    row = desk.row(wording)
    actions.drop_wording(wording=wording, **desk.play.by("vice_chair"))
    with pytest.raises(Refused, match="published this or put it away"):
        desk.word(row)


# --- the house moves on -----------------------------------------------------------------------------------


def test_a_newer_house_text_is_noticed_and_changes_nothing_by_itself(
    desk: Desk, newer_house: Callable[..., None]
) -> None:
    desk.adapted()
    newer_house("earlier_lessons", "Hvad lærte andre?")
    assert desk.model.newer_house
    assert "Hvad lærte andre?" not in str(desk.model.native.body)


def test_a_newer_house_text_comes_in_where_one_has_not_reworded(
    desk: Desk, newer_house: Callable[..., None]
) -> None:
    desk.adapted()
    newer_house("earlier_lessons", "Hvad lærte andre?")
    newer_house(KEY, "Hvem får gavn i dag?")
    wording = desk.begin()
    actions.build_on_newest(wording=wording, model=desk.model, **desk.play.by("chair"))
    assert desk.row(wording, "earlier_lessons").native["ask"] == "Hvad lærte andre?"
    assert desk.row(wording).native["ask"] == OURS
    desk.publish(wording, note="Husets nye tekst")
    assert not desk.model.newer_house


def test_a_form_opened_before_the_newer_text_came_in_overwrites_nothing(
    desk: Desk, newer_house: Callable[..., None]
) -> None:
    wording = desk.begin()
    opened = desk.row(wording, "earlier_lessons")
    newer_house("earlier_lessons", "Hvad lærte andre?")
    actions.build_on_newest(wording=wording, model=desk.model, **desk.play.by("chair"))
    with pytest.raises(ChangedMeanwhile):
        desk.word(opened, "vice_chair")


# --- the journal, and what it costs -----------------------------------------------------------------------


def test_each_step_is_in_the_journal_and_the_chain_is_whole(desk: Desk) -> None:
    wording = desk.begin()
    desk.word(desk.row(wording))
    row = desk.row(wording, "earlier_lessons")
    actions.leave_out_question(question=row, reason="I foråret", version=1, **desk.play.by("chair"))
    actions.take_question_back(question=row, **desk.play.by("chair"))
    own = desk.add(wording)
    actions.move_question(question=own, steps=-1, **desk.play.by("chair"))
    desk.publish(wording)
    actions.return_to_house(model=desk.model, reason="Igen", **desk.play.by("chair"))
    verbs = list(JournalRow.objects.order_by("sequence").values_list("verb", flat=True))
    assert [verb.split(".")[1] for verb in verbs[-8:]] == [
        "wording_begun",
        "question_worded",
        "question_left_out",
        "question_taken_back",
        "question_added",
        "questions_moved",
        "wording_published",
        "wording_ended",
    ]
    assert journal.verify(desk.play.cast.organisation) == []


def test_the_list_costs_the_same_however_much_is_adapted(
    desk: Desk, django_assert_max_num_queries: Any
) -> None:
    viewer = desk.play.cast.viewer("chair")
    with django_assert_max_num_queries(6):
        queries.models(viewer)
    desk.adapted()
    for phase in ("development", "implementation"):
        other = Desk(desk.play, f"MED-{phase}")
        wording = other.begin()
        row = queries.questions_of(wording)[0]
        other.word(row)
        other.publish(wording)
    with django_assert_max_num_queries(6):
        assert len([one for one in queries.models(viewer) if one.in_force]) == 3
