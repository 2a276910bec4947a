"""What came of it, and who stands for the text: MED, SU, samverkan and MBL each in their own way."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from samspil.dialogue import actions, record, signing
from samspil.dialogue.models import Item, Minutes, Outcome, Position, Signature
from samspil.dialogue.sealing import sealed
from samspil.dialogue.tests.conftest import BOTH_POSITIONS, Play, told_by
from samspil.initiative.models import Evidence
from samspil.kit.refusal import ChangedMeanwhile, NotAllowed, Refused
from samspil.organisation import journal
from samspil.organisation.models import JournalWords, Seat

MET, LATER = date(2026, 2, 18), date(2026, 3, 4)


def discussed_idea(play: Play) -> str:
    return Evidence.objects.get(initiative=play.initiative, demand="discussed_idea").status


def written(play: Play, item: Item) -> Minutes:
    return actions.write_minutes(item=item, text="Begge sider blev hørt.", **play.by("secretary", LATER))


def sign(play: Play, item: Item, minutes: Minutes, who: str, act: str = "approve") -> Signature:
    call = actions.release_minutes if act == "release" else actions.approve_minutes
    return call(item=item, sha256=minutes.sha256, **play.by(who, LATER))


def status(item: Item) -> str:
    return Item.objects.get(pk=item.pk).status


# --- outcomes --------------------------------------------------------------------------------------------


def test_an_outcome_is_one_of_the_regimes_list(play: Play) -> None:
    play.meeting(MET)
    item = play.item()
    with pytest.raises(Refused) as refusal:
        actions.record_outcome(
            item=item, outcomes=[actions.NewOutcome("concluded_agreed")], **play.by("secretary", MET)
        )
    assert refusal.value.field == "outcome"


def test_an_outcome_is_recorded_after_the_meeting_and_not_before(play: Play) -> None:
    play.meeting(MET)
    item = play.item()
    with pytest.raises(Refused):
        actions.record_outcome(item=item, outcomes=[actions.NewOutcome("discussed")], **play.by("secretary"))


def test_an_outcome_that_somebody_recorded_meanwhile_is_not_overwritten(play: Play) -> None:
    item = play.discussed(MET, positions=[actions.NewPosition("staff", "Vi mangler oplæring")])
    newer = {"outcomes": [actions.NewOutcome("informed")], "positions": [], "order": "before"}
    with translation.override("da"), pytest.raises(ChangedMeanwhile) as conflict:
        actions.record_outcome(item=item, **newer, **play.by("chair", LATER))
    assert conflict.value.theirs == "Drøftet\nMedarbejdersiden: Vi mangler oplæring"
    assert conflict.value.yours == "Orienteret\nFør det bindende skridt samme dag"
    assert (Outcome.objects.get().key, Position.objects.count()) == ("discussed", 1)
    actions.record_outcome(item=item, **newer, version=1, **play.by("chair", LATER))
    assert (Outcome.objects.get().key, Outcome.objects.get().version) == ("informed", 2)


@pytest.mark.both_databases
def test_the_database_itself_keeps_one_outcome_where_no_union_is_named(play: Play) -> None:
    item = play.discussed(MET)
    again = Outcome(
        organisation=item.organisation,
        item=item,
        meeting_id=item.meeting_id,
        key="informed",
        recorded_at=play.cast.at,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


def test_a_member_does_not_record_the_outcome(play: Play) -> None:
    play.meeting(MET)
    item = play.item()
    with pytest.raises(NotAllowed):
        actions.record_outcome(
            item=item, outcomes=[actions.NewOutcome("discussed")], **play.by("steward", MET)
        )


def test_both_positions_stand_in_the_text_when_the_sides_disagree(play: Play) -> None:
    positions = [
        actions.NewPosition("management", "Vi går i gang i maj."),
        actions.NewPosition("staff", "Der mangler tid til oplæring."),
    ]
    item = play.discussed(MET, key="disagreement", positions=positions)
    minutes = written(play, item)
    kept = record.thaw(minutes.record, minutes.sha256)
    assert [one.title for one in kept.outcomes] == ["Uenighed ført til referat"]
    assert {(one.title, one.text) for one in kept.positions} == {
        ("ledelsessiden", "Vi går i gang i maj."),
        ("medarbejdersiden", "Der mangler tid til oplæring."),
    }


# --- MED and SU ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("regime", ["MED", "SU"])
def test_chair_and_vice_chair_release_and_approve(play_under: Callable[[str], Play], regime: str) -> None:
    play = play_under(regime)
    item = play.discussed(MET)
    minutes = written(play, item)
    sign(play, item, minutes, "chair", "release")
    assert status(item) == "discussed"
    sign(play, item, minutes, "vice_chair", "release")
    assert status(item) == "released"
    sign(play, item, minutes, "vice_chair")
    assert (status(item), discussed_idea(play)) == ("released", "missing")
    sign(play, item, minutes, "chair")
    assert (status(item), discussed_idea(play)) == ("approved", "met")
    assert Minutes.objects.get().approved_on == LATER


def test_approval_comes_after_release(play: Play) -> None:
    item = play.discussed(MET)
    minutes = written(play, item)
    with pytest.raises(Refused):
        sign(play, item, minutes, "chair")


@pytest.mark.parametrize("who", ["steward", "secretary", "lead", "director", "administrator", "employee"])
def test_nobody_signs_whom_the_rules_do_not_name(play: Play, who: str) -> None:
    item = play.discussed(MET)
    minutes = written(play, item)
    with pytest.raises(NotAllowed):
        sign(play, item, minutes, who, "release")
    assert not Signature.objects.exists()


def test_a_substitute_signs_in_the_place_of_the_one_they_stand_in_for(play: Play) -> None:
    chair = Seat.objects.get(committee=play.cast.committees["local"], person=play.cast.people["chair"])
    Seat.objects.create(
        organisation=play.cast.organisation,
        committee=chair.committee,
        person=play.cast.people["owner"],
        side="management",
        substitute_for=chair,
        since=chair.since,
    )
    item = play.discussed(MET)
    signature = sign(play, item, written(play, item), "owner", "release")
    assert (signature.as_kind, signature.person) == ("chair", play.cast.people["owner"])


def test_a_new_version_needs_new_signatures_and_the_old_one_stays(play: Play) -> None:
    item = play.approved(play.discussed(MET), LATER)
    first = Minutes.objects.get()
    second = actions.write_minutes(item=item, text="Rettet.", version=1, **play.by("secretary", LATER))
    assert (status(item), discussed_idea(play)) == ("discussed", "missing")
    assert (second.number, second.signatures.count()) == (2, 0)
    assert first.signatures.filter(act="approve", sha256=first.sha256).count() == 2
    assert Minutes.objects.get(pk=first.pk).text == first.text


def test_correcting_the_outcome_makes_a_new_version_too(play: Play) -> None:
    item = play.approved(play.discussed(MET), LATER)
    actions.record_outcome(
        item=item, outcomes=[actions.NewOutcome("informed")], version=1, **play.by("secretary", LATER)
    )
    newest = Minutes.objects.order_by("number").last()
    assert newest is not None
    assert newest.number == 2
    assert "Orienteret" in newest.record
    assert status(item) == "discussed"


def test_a_signature_is_refused_when_the_text_has_changed_since_it_was_opened(play: Play) -> None:
    item = play.discussed(MET)
    opened = written(play, item)
    actions.write_minutes(item=item, text="En anden tekst", version=1, **play.by("secretary", LATER))
    with pytest.raises(ChangedMeanwhile) as fault:
        sign(play, item, opened, "chair", "release")
    assert (fault.value.theirs, fault.value.yours) == ("En anden tekst", "Begge sider blev hørt.")


def test_two_secretaries_do_not_overwrite_each_other(play: Play) -> None:
    item = play.discussed(MET)
    written(play, item)
    with pytest.raises(ChangedMeanwhile) as fault:
        actions.write_minutes(item=item, text="Min udgave", version=0, **play.by("chair", LATER))
    assert fault.value.theirs == "Begge sider blev hørt."


def test_the_journal_seals_outcome_and_hash(play: Play) -> None:
    item = play.approved(play.discussed(MET), LATER)
    facts = JournalWords.objects.order_by("row__sequence").last().facts
    assert sealed(item).items() <= facts.items()
    assert facts["minutes_sha256"] == Minutes.objects.get().sha256
    assert journal.verify(play.cast.organisation) == []


def test_a_record_that_was_altered_is_found(play: Play) -> None:
    minutes = written(play, play.discussed(MET))
    with pytest.raises(ValueError, match="hash"):
        record.thaw(minutes.record.replace("hørt", "ikke hørt"), minutes.sha256)


# --- samverkan -------------------------------------------------------------------------------------------


def test_in_samverkan_the_manager_and_one_union_sign(play_under: Callable[[str], Play]) -> None:
    play = play_under("samverkan")
    item = play.discussed(MET, key="concluded_disagreed")
    minutes = written(play, item)
    sign(play, item, minutes, "chair", "release")
    sign(play, item, minutes, "chair")
    assert status(item) == "released"
    sign(play, item, minutes, "steward")
    assert (status(item), discussed_idea(play)) == ("approved", "met")


def test_where_the_agreement_says_so_each_union_signs(play_under: Callable[[str], Play]) -> None:
    play = play_under("samverkan")
    from samspil.organisation.models import ProcedureRules

    ProcedureRules.objects.update(approve=["chair", "each_adjuster"])
    item = play.discussed(MET, key="concluded_agreed")
    minutes = written(play, item)
    sign(play, item, minutes, "chair", "release")
    for who in ("chair", "steward"):
        sign(play, item, minutes, who)
    assert status(item) == "released"
    sign(play, item, minutes, "vice_chair")
    assert status(item) == "approved"


def test_an_adjourned_dialogue_does_not_count(play_under: Callable[[str], Play]) -> None:
    play = play_under("samverkan")
    item = play.discussed(MET, key="adjourned")
    minutes = written(play, item)
    sign(play, item, minutes, "chair", "release")
    for who in ("chair", "steward"):
        sign(play, item, minutes, who)
    assert discussed_idea(play) == "missing"


# --- MBL -------------------------------------------------------------------------------------------------


def negotiated(play: Play, **results: str) -> Item:
    meeting = play.meeting(MET)
    item = play.item(meeting=meeting)
    outcomes = [
        actions.NewOutcome(key, play.cast.unions[name], told_by(MET)) for name, key in results.items()
    ]
    return actions.record_outcome(
        item=item, outcomes=outcomes, positions=BOTH_POSITIONS, **play.by("secretary", MET)
    )


def everybody_signs(play: Play, item: Item, number: int = 0) -> None:
    minutes = actions.write_minutes(
        item=item, text="Protokoll", version=number, **play.by("secretary", LATER)
    )
    sign(play, item, minutes, "chair", "release")
    for who in ("chair", "vice_chair", "steward"):
        sign(play, item, minutes, who)


def test_an_mbl_negotiation_ends_with_each_union_by_itself(play_under: Callable[[str], Play]) -> None:
    play = play_under("MBL")
    item = negotiated(play, A="concluded_agreed", B="adjourned")
    everybody_signs(play, item)
    assert discussed_idea(play) == "missing"
    again = play.meeting(date(2026, 3, 11))
    actions.place_item(item=item, meeting=again, **play.by("secretary", LATER))
    item = Item.objects.select_related("thing", "regime", "organisation").get(pk=item.pk)
    concluded = [actions.NewOutcome("concluded_disagreed", play.cast.unions["B"])]
    actions.record_outcome(
        item=item,
        outcomes=concluded,
        positions=BOTH_POSITIONS,
        **play.by("secretary", date(2026, 3, 11)),
    )
    minutes = actions.write_minutes(item=item, text="Protokoll 2", **play.by("secretary", date(2026, 3, 12)))
    when = date(2026, 3, 12)
    actions.release_minutes(item=item, sha256=minutes.sha256, **play.by("chair", when))
    for who in ("chair", "vice_chair", "steward"):
        actions.approve_minutes(item=item, sha256=minutes.sha256, **play.by(who, when))
    assert discussed_idea(play) == "met"
    assert Evidence.objects.get(demand="discussed_idea").because_facts["on"] == "2026-03-11"


def test_a_union_that_has_not_been_negotiated_with_keeps_the_matter_open(
    play_under: Callable[[str], Play],
) -> None:
    play = play_under("MBL")
    everybody_signs(play, negotiated(play, A="concluded_agreed"))
    assert discussed_idea(play) == "missing"


def test_an_mbl_outcome_names_its_union(play_under: Callable[[str], Play]) -> None:
    play = play_under("MBL")
    play.meeting(MET)
    item = play.item()
    with pytest.raises(Refused):
        actions.record_outcome(
            item=item, outcomes=[actions.NewOutcome("concluded_agreed")], **play.by("secretary", MET)
        )


def test_every_union_signs_an_mbl_protocol(play_under: Callable[[str], Play]) -> None:
    play = play_under("MBL")
    item = negotiated(play, A="concluded_agreed", B="concluded_disagreed")
    minutes = written(play, item)
    sign(play, item, minutes, "chair", "release")
    for who in ("chair", "vice_chair"):
        sign(play, item, minutes, who)
    assert status(item) == "released"
    sign(play, item, minutes, "steward")
    assert (status(item), discussed_idea(play)) == ("approved", "met")


def test_a_request_for_central_negotiation_opens_the_matter_again(play_under: Callable[[str], Play]) -> None:
    play = play_under("MBL")
    item = negotiated(play, A="concluded_agreed", B="concluded_disagreed")
    everybody_signs(play, item)
    assert discussed_idea(play) == "met"
    outcomes = [
        actions.NewOutcome("concluded_agreed", play.cast.unions["A"]),
        actions.NewOutcome("referred_central", play.cast.unions["B"], {"called_on": MET}),
    ]
    actions.record_outcome(item=item, outcomes=outcomes, version=1, **play.by("secretary", LATER))
    assert discussed_idea(play) == "missing"


def test_a_vacant_seat_is_named(play: Play) -> None:
    Seat.objects.filter(kind="vice_chair").delete()
    item = play.discussed(MET)
    sheet = signing.sheets(item, written(play, item), LATER)[signing.RELEASE]
    assert [signer.kind for signer in sheet.signers if signer.vacant] == ["vice_chair"]


# --- held elsewhere, actions -----------------------------------------------------------------------------


def test_a_meeting_held_elsewhere_is_recorded_with_its_approval(play: Play) -> None:
    item = actions.record_meeting_elsewhere(
        initiative=play.initiative,
        committee=play.cast.committees["local"],
        on=MET,
        outcomes=[actions.NewOutcome("discussed")],
        approved_on=LATER,
        approved_by="Formand og næstformand",
        **play.by("lead", LATER),
    )
    assert (status(item), discussed_idea(play)) == ("approved", "met")


def test_without_an_approval_those_named_approve_it_here(play: Play) -> None:
    item = actions.record_meeting_elsewhere(
        initiative=play.initiative,
        committee=play.cast.committees["local"],
        on=MET,
        outcomes=[actions.NewOutcome("discussed")],
        **play.by("lead", LATER),
    )
    assert (status(item), discussed_idea(play)) == ("discussed", "missing")
    minutes = Minutes.objects.get()
    for act in ("release", "approve"):
        for who in ("chair", "vice_chair"):
            sign(play, item, minutes, who, act)
    assert discussed_idea(play) == "met"


def test_a_meeting_that_has_not_been_is_not_recorded(play: Play) -> None:
    with pytest.raises(Refused) as refusal:
        actions.record_meeting_elsewhere(
            initiative=play.initiative,
            committee=play.cast.committees["local"],
            on=LATER,
            outcomes=[actions.NewOutcome("discussed")],
            **play.by("lead"),
        )
    assert refusal.value.field == "on"


def test_an_approval_elsewhere_says_by_whom_and_is_not_before_the_meeting(play: Play) -> None:
    def record_with(**facts: object) -> None:
        actions.record_meeting_elsewhere(
            initiative=play.initiative,
            committee=play.cast.committees["local"],
            on=MET,
            outcomes=[actions.NewOutcome("discussed")],
            **facts,
            **play.by("lead", LATER),
        )

    for facts, field in (
        ({"approved_on": LATER}, "approved_by"),
        ({"approved_on": date(2026, 2, 1), "approved_by": "Mads"}, "approved_on"),
    ):
        with pytest.raises(Refused) as refusal:
            record_with(**facts)
        assert refusal.value.field == field


def test_an_action_point_has_an_owner_and_a_date_and_is_finished_by_its_owner(play: Play) -> None:
    item = play.discussed(MET)
    point = actions.add_action_point(
        item=item,
        text="Lav en plan",
        owner=play.cast.people["owner"],
        due=LATER,
        **play.by("secretary", MET),
    )
    with pytest.raises(NotAllowed):
        actions.finish_action_point(point=point, done_on=LATER, **play.by("employee", LATER))
    assert actions.finish_action_point(point=point, done_on=LATER, **play.by("owner", LATER)).done_on == LATER
