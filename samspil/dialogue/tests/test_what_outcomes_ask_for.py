"""Each outcome of each regime: recorded through the form, read on the page, in the file and on the thread."""

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from docx import Document as Word

from samspil.dialogue import actions, queries, record
from samspil.dialogue import regime as regimes
from samspil.dialogue.models import Item, Minutes, Outcome
from samspil.dialogue.tests.conftest import BOTH_POSITIONS, Play, noon, told_by
from samspil.dialogue.tests.test_content_files import regime_model
from samspil.initiative.models import Link
from samspil.kit import clock
from samspil.kit.refusal import Refused
from samspil.organisation.models import Membership, RegimePeriod

MET, LATER = date(2026, 2, 18), date(2026, 3, 4)
OUTCOMES = [
    (regime, outcome["key"])
    for regime, language in regimes.NATIVE.items()
    for outcome in regime_model(regime, language)["outcomes"]
]
SAID = "Skrevet af sekretæren"  # the answer to whatever is asked in words


def signed_in(play: Play, who: str) -> Client:
    client = Client()
    client.force_login(Membership.everywhere.get(person=play.cast.people[who]).account)
    return client


def on_agenda(play: Play) -> Item:
    item = play.item(meeting=play.meeting(MET))
    found = queries.item(item.ref)
    assert found is not None
    return found


def typed(form: Any, play: Play, key: str) -> dict[str, Any]:
    """The form as somebody fills it in for this outcome: with union B where each union ends by itself."""
    regime = form.regime
    union = play.cast.unions["B"] if regime.per_union else None
    fields: dict[str, Any] = {name: form[name].value() or "" for name in form.fields}
    fields["version"] = form["version"].value() or 0
    fields[f"outcome_{union.ref}" if union else "outcome"] = key
    end = f"_{union.ref}" if union else ""
    for ask in regime.asks.values():
        fields[f"asked_{ask.key}{end}"] = {
            "text": SAID,
            "day": MET,
            "months": 3,
            "later": LATER,
            "above": play.cast.committees["main"].ref,
            "other": play.cast.committees["area"].ref,
        }[ask.kind]
    fields["position_management"] = "Vi går i gang i maj."
    fields[f"position_staff{end}"] = "Der mangler tid."
    return fields


def words_of(regime: regimes.Regime, key: str, play: Play) -> list[str]:
    """What has to be read of an outcome: its title, and the title and the answer of all it asks for."""
    outcome = regime.outcome(key)
    assert outcome is not None
    found = [outcome.title]
    for ask in regime.asked_by(outcome):
        found += [ask.title] if ask.kind != "text" else [ask.title, SAID]
    if "both_positions" in outcome.asks:
        found += ["Vi går i gang i maj.", "Der mangler tid."]
    names = {"above": "main", "other": "area"}
    return [
        *found,
        *(play.cast.committees[names[a.kind]].name for a in regime.asked_by(outcome) if a.kind in names),
    ]


@pytest.mark.parametrize(
    ("regime", "key"),
    [pytest.param(*one, marks=() if not nth % 4 else pytest.mark.prove) for nth, one in enumerate(OUTCOMES)],
)
def test_each_outcome_is_recorded_in_the_form_and_read_on_page_file_and_thread(
    play_under: Callable[[str], Play], regime: str, key: str
) -> None:
    play = play_under(regime)
    item = on_agenda(play)
    clock.move_to(noon(LATER))
    client = signed_in(play, "secretary")
    slug = play.cast.organisation.slug
    path = f"/{slug}/items/{item.ref}/"
    form = client.get(f"{path}outcome/").context["form"]
    answer = client.post(f"{path}outcome/", typed(form, play, key))
    assert answer.status_code == 302, answer.context["form"].errors
    client.post(f"{path}text/", {"version": 0, "text": "Det blev sagt."})
    table = regimes.read(item.regime)
    wanted = words_of(table, key, play)
    with translation.override(table.language):
        shown = client.get(path).content.decode()
        thread = client.get(reverse("initiative:thread", args=[slug, play.initiative.ref])).content.decode()
        file = client.get(f"{path}text.docx")
    assert [word for word in wanted if word not in shown] == []
    assert [word for word in wanted if word not in text_of(file.content)] == []
    assert wanted[0] in thread


def text_of(document: bytes) -> str:
    word = Word(BytesIO(document))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in word.paragraphs), *cells])


def recorded(play: Play, item: Item, key: str, **told: Any) -> Item:
    outcomes = [actions.NewOutcome(key, told=told_by(MET) | told)]
    return actions.record_outcome(
        item=item, outcomes=outcomes, positions=BOTH_POSITIONS, **play.by("secretary", MET)
    )


def test_what_an_outcome_asks_for_is_part_of_what_is_signed(play: Play) -> None:
    item = recorded(play, on_agenda(play), "guideline_not_agreed", account="Vi følger den gamle.")
    with translation.override("sv"):  # whoever writes it, and in whatever language they read
        actions.write_minutes(item=item, text="Drøftet.", **play.by("secretary", MET))
    minutes = Minutes.objects.get()
    (said,) = record.thaw(minutes.record, minutes.sha256).outcomes
    assert said.told == (
        ("Hvilken retningslinje?", "Det, der var"),
        ("Ledelsens redegørelse", "Vi følger den gamle."),
    )


def test_a_record_from_before_outcomes_asked_for_anything_is_read_as_it_was_signed() -> None:
    old = (
        '{"committee":"MED Nord","file":"","file_sha256":"","format":"samspil-minutes-1","item":"Vagtplan",'
        '"met_on":"2026-02-18","order":"","organisation":"Fjordby","outcomes":[{"text":"","title":"Udsat",'
        '"union":""}],"positions":[],"text":"Udsat."}'
    )
    assert record.thaw(old, record.fingerprint(old)).outcomes[0].told == ()


@pytest.mark.parametrize(
    ("key", "left_out"),
    [
        ("guideline_not_agreed", "account"),
        ("guideline_terminated", "notice"),
        ("postponed", "later"),
        ("working_group", "who"),
        ("referred_up", "committee_above"),
        ("sent_down", "sent_to"),
        ("more_material", "material"),
    ],
)
def test_what_is_asked_for_has_to_be_told(play: Play, key: str, left_out: str) -> None:
    with pytest.raises(Refused) as refusal:
        recorded(play, on_agenda(play), key, **{left_out: None})
    assert refusal.value.field == f"asked_{left_out}"
    assert not Outcome.objects.exists()


def test_where_there_is_disagreement_both_sides_write_their_position(play: Play) -> None:
    item = on_agenda(play)
    for missing, field in ((0, "position_management"), (1, "position_staff")):
        spoke = [one for number, one in enumerate(BOTH_POSITIONS) if number != missing]
        with pytest.raises(Refused) as refusal:
            actions.record_outcome(
                item=item,
                outcomes=[actions.NewOutcome("disagreement")],
                positions=spoke,
                **play.by("secretary", MET),
            )
        assert refusal.value.field == field


def test_the_notice_of_a_guideline_ends_by_the_calendar(play: Play) -> None:
    item = recorded(play, on_agenda(play), "guideline_terminated", notice=3)
    with translation.override("da"):
        actions.write_minutes(item=item, text="Opsagt.", **play.by("secretary", MET))
    minutes = Minutes.objects.get()
    (said,) = record.thaw(minutes.record, minutes.sha256).outcomes
    assert dict(said.told)["Varsel i måneder"].endswith("18. maj 2026")


def test_a_day_to_take_it_up_again_lies_after_the_meeting(play: Play) -> None:
    with pytest.raises(Refused) as refusal:
        recorded(play, on_agenda(play), "postponed", later=MET)
    assert refusal.value.field == "asked_later"


# --- sent to another committee ---------------------------------------------------------------------------


def test_a_matter_that_is_referred_up_stands_in_the_other_committee_with_a_link(play: Play) -> None:
    item = recorded(play, on_agenda(play), "referred_up")
    above = Item.objects.select_related("thing").get(committee=play.cast.committees["main"])
    assert (above.title, above.status, above.initiative) == (item.title, "requested", play.initiative)
    assert Link.objects.filter(from_thing=item.thing, to_thing=above.thing, kind="led_to").exists()


def test_recording_it_again_does_not_send_it_twice_and_a_correction_takes_it_back(play: Play) -> None:
    item = recorded(play, on_agenda(play), "referred_up")
    again = {"positions": BOTH_POSITIONS, **play.by("secretary", MET)}
    referred = [actions.NewOutcome("referred_up", told=told_by(MET))]
    actions.record_outcome(item=item, outcomes=referred, version=1, **again)
    above = Item.objects.get(committee=play.cast.committees["main"])
    actions.record_outcome(item=item, outcomes=[actions.NewOutcome("discussed")], version=2, **again)
    above.refresh_from_db()
    assert above.status == "withdrawn"


def test_a_matter_is_referred_up_and_not_sideways(play: Play) -> None:
    with pytest.raises(Refused):
        recorded(play, on_agenda(play), "referred_up", committee_above=play.cast.committees["local"].ref)


def test_a_main_committee_sends_nothing_up(play: Play, standing_clock: datetime) -> None:
    meeting = play.meeting(MET, "main")
    item = play.item(committee=play.cast.committees["main"], meeting=meeting)
    item = actions.place_item(item=item, meeting=meeting, **play.by("secretary"))
    referred = [actions.NewOutcome("referred_up", told=told_by(MET))]
    for positions in ((), None):  # recorded here, or in the committee's own agenda system
        with pytest.raises(Refused, match="lies above") as refusal:
            actions.record_outcome(
                item=item, outcomes=referred, positions=positions, **play.by("secretary", MET)
            )
        assert refusal.value.field == "outcome"
    clock.move_to(noon(MET))
    pages = (f"/fjordby/items/{item.ref}/outcome/", f"/fjordby/meetings/{meeting.ref}/record/")
    for page in pages:
        shown = signed_in(play, "secretary").get(page).content.decode()
        assert "Udsat" in shown
        assert "Sendt op" not in shown


# --- effective-dated -------------------------------------------------------------------------------------


def test_the_agreement_on_the_day_of_the_meeting_gives_the_outcomes(
    play_under: Callable[[str], Play],
) -> None:
    """Asked for under MBL, treated after the change to samverkan: its outcomes are those of samverkan."""
    play = play_under("MBL")
    RegimePeriod.objects.create(organisation=play.cast.organisation, regime="samverkan", since=MET)
    item = on_agenda(play)
    assert item.regime.key == "samverkan"
    with pytest.raises(Refused):
        recorded(play, item, "central_agreed")
    recorded(play, item, "concluded_agreed")
    assert Outcome.objects.get().union is None


def test_what_was_begun_under_one_agreement_is_ended_under_it(play_under: Callable[[str], Play]) -> None:
    play = play_under("MBL")
    item = on_agenda(play)
    b = play.cast.unions["B"]
    adjourned = [actions.NewOutcome("adjourned", b, told_by(MET))]
    actions.record_outcome(item=item, outcomes=adjourned, **play.by("secretary", MET))
    RegimePeriod.objects.create(
        organisation=play.cast.organisation, regime="samverkan", since=date(2026, 3, 1)
    )
    meeting = play.meeting(LATER)
    actions.place_item(item=item, meeting=meeting, **play.by("secretary", MET))
    found = queries.item(item.ref)
    assert found is not None
    assert found.regime.key == "MBL"
    ended = [actions.NewOutcome("concluded_agreed", b)]
    actions.record_outcome(item=found, outcomes=ended, **play.by("secretary", LATER))
    assert {one.item.regime.key for one in Outcome.objects.select_related("item__regime")} == {"MBL"}


def test_an_agreement_that_is_entered_after_the_item_was_placed_holds_for_its_meeting(
    play_under: Callable[[str], Play],
) -> None:
    play = play_under("MBL")
    item = on_agenda(play)
    RegimePeriod.objects.create(organisation=play.cast.organisation, regime="samverkan", since=MET)
    recorded(play, item, "concluded_disagreed")
    found = queries.item(item.ref)
    assert found is not None
    assert found.regime.key == "samverkan"
