"""Nothing stands in a dossier that its reader may not read, and a file leads nobody around a closed door."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from samspil.dialogue import actions as committees
from samspil.dialogue.dossier import actions
from samspil.dialogue.dossier.models import Dossier
from samspil.dialogue.dossier.tests.conftest import Told, ordered
from samspil.dialogue.models import Item, Minutes
from samspil.dialogue.tests.conftest import Play
from samspil.initiative.models import Admission
from samspil.kit import jobs
from samspil.kit.refusal import NotAllowed
from samspil.organisation import actions as house
from samspil.organisation import journal
from samspil.organisation.models import JournalRow, PublishedHead
from samspil.organisation.rounds import tidy, works
from tests.cast import AT, NAMES
from tests.everything import places_of
from tests.samples import every_day

Tell = Callable[..., Told]
SignIn = Callable[[str], Client]
SECRET, OPENS = "Kollegerne tør ikke sige det højt", date(2026, 6, 1)
EVERY_DAY = {"lead", "vice_chair", "management_member", "employee", "administrator", "director"}
LET_IN = {"lead", "owner", "chair", "secretary", "vice_chair", "steward", "management_member"}


@pytest.fixture
def closed(item: Item) -> Item:
    Item.objects.filter(pk=item.pk).update(
        title="Nedlukning af nattevagten", confidential_until=OPENS, confidential_because="Forhandling"
    )
    return Item.objects.get(pk=item.pk)


@pytest.mark.parametrize("who", every_day(EVERY_DAY, NAMES))
def test_what_the_staff_side_has_not_released_is_in_nobodys_dossier(play: Play, told: Tell, who: str) -> None:
    play.meeting(date(2026, 2, 18))
    question = play.first_question(play.item())
    committees.answer_question(question=question, text=SECRET, **play.by("vice_chair"))
    assert not told(who).says(SECRET)
    committees.release_answers(item=question.item, **play.by("steward"))
    assert told(who).says(SECRET)


@pytest.mark.parametrize("who", every_day(EVERY_DAY, sorted(set(NAMES) - {"guest"})))
def test_a_closed_item_stands_in_it_only_for_those_who_are_let_in(closed: Item, told: Tell, who: str) -> None:
    made = told(who)
    assert made.says("Nedlukning") == (who in LET_IN)
    assert made.says(closed.ref) == (who in LET_IN) or not made.says(f'"journal_ref": "{closed.ref}"')
    assert made.faults == set()
    if who in LET_IN:
        assert "Giv det ikke videre før den dag" in made.index
        assert made.facts["closed"] == []
    else:
        (one,) = made.facts["closed"]
        assert set(one) == {"id", "opens_on", "minutes_sha256"}
        assert (one["opens_on"], one["minutes_sha256"]) == ("2026-06-01", [Minutes.objects.get().sha256])
        assert "Drøftet.</" not in made.index
        assert made.facts["before_steps"][0]["discussed"] == []


def test_a_closed_item_opens_by_itself_on_its_day(closed: Item, told: Tell) -> None:
    made = told("employee", on=OPENS)
    assert made.says("Nedlukning")
    assert made.facts["closed"] == []


def test_no_word_of_the_journal_about_a_closed_item_is_told(closed: Item, told: Tell) -> None:
    facts = told("employee").facts
    rows = set(JournalRow.objects.filter(thing=closed.ref).values_list("sequence", flat=True))
    assert rows
    assert not rows & {one["sequence"] for one in facts["journal"]["openings"]}
    assert closed.ref not in facts["journal"]["things"]


def test_a_file_with_a_closed_item_goes_only_to_those_who_are_let_in(
    play: Play, closed: Item, sign_in: SignIn
) -> None:
    made = ordered(play, "lead")
    path = f"/fjordby/dossiers/{made.ref}.zip"
    assert sign_in("chair").get(path).status_code == 200
    assert sign_in("employee").get(path).status_code == 403
    assert sign_in("director").get(path).status_code == 403
    page = sign_in("employee").get(f"/fjordby/initiatives/{play.initiative.ref}/dossier/").content.decode()
    assert path not in page
    assert made.package_sha256 in page


def test_a_file_made_while_an_item_was_open_is_closed_with_it(
    play: Play, item: Item, sign_in: SignIn
) -> None:
    made = ordered(play, "employee")
    address = f"/fjordby/dossiers/{made.ref}.zip"
    assert sign_in("administrator").get(address).status_code == 200
    Item.objects.filter(pk=item.pk).update(confidential_until=OPENS)
    others = {who: sign_in(who).get(address).status_code for who in ("administrator", "employee", "chair")}
    assert others == {"administrator": 403, "employee": 403, "chair": 200}


def test_a_guest_gets_the_dossier_of_what_they_are_admitted_to_and_of_nothing_else(
    play: Play, item: Item, told: Tell
) -> None:
    with pytest.raises(NotAllowed):
        actions.order_dossier(initiative=play.initiative, language="da", **play.by("guest"))
    Admission.objects.create(
        organisation=play.cast.organisation, initiative=play.initiative, person=play.cast.people["guest"]
    )
    del play.initiative.__dict__["known_guests"]
    made = Told(bytes(ordered(play, "guest").data or b""))
    assert made.faults == set()
    assert made.facts["initiative"]["needs"] == []


def payload_of(order: Dossier) -> dict[str, str]:
    return {"organisation": order.organisation.ref, "initiative": order.initiative.ref}


def work_off() -> None:
    """What the worker does until nothing is due."""
    while jobs.run_next(works(), AT + timedelta(hours=1)):
        pass


# --- ordering, making, keeping -----------------------------------------------------------------------------


def test_the_worker_makes_it_and_the_journal_keeps_its_hash(play: Play, item: Item) -> None:
    made = ordered(play)
    row = JournalRow.objects.select_related("words").get(verb="dialogue.dossier_made")
    assert row.words.facts["package_sha256"] == made.package_sha256
    assert row.actor == play.cast.people["employee"].subject
    assert Told(bytes(made.data or b"")).faults == set()
    assert journal.verify(play.cast.organisation) == []


def test_the_head_that_goes_out_is_published(play: Play, item: Item) -> None:
    made = ordered(play)
    head = Told(bytes(made.data or b"")).facts["journal"]["head"]
    assert PublishedHead.objects.filter(**head).exists()


def test_the_next_dossier_tells_of_the_one_before(play: Play, item: Item) -> None:
    first = ordered(play)
    assert Told(bytes(ordered(play, "lead").data or b"")).says(first.package_sha256)


def test_whoever_asks_twice_gets_one(play: Play, item: Item) -> None:
    once, again = (
        actions.order_dossier(initiative=play.initiative, language="da", **play.by("lead")) for _ in range(2)
    )
    assert once == again
    actions.make_ordered(payload_of(once), AT)
    sha = Dossier.objects.get().package_sha256
    actions.make_ordered(payload_of(once), AT)
    assert Dossier.objects.get().package_sha256 == sha
    assert JournalRow.objects.filter(verb="dialogue.dossier_made").count() == 1


def test_somebody_who_left_in_between_gets_none(play: Play, item: Item) -> None:
    order = actions.order_dossier(initiative=play.initiative, language="da", **play.by("employee"))
    play.cast.people["employee"].left_on = AT.date()
    play.cast.people["employee"].save()
    actions.make_ordered(payload_of(order), AT)
    assert Dossier.objects.get().made_at is None


def test_when_somebody_is_erased_the_files_go_and_the_hashes_stay(
    play: Play, item: Item, told: Tell, sign_in: SignIn
) -> None:
    made = ordered(play, "lead")
    waiting = actions.order_dossier(initiative=play.initiative, language="da", **play.by("chair"))
    before = told("employee")
    assert before.says("Mads Formand")
    house.erase_person(person=play.cast.people["chair"], **play.by("administrator"))
    kept = Dossier.objects.get(pk=made.pk)
    assert (kept.data, kept.package_sha256) == (None, made.package_sha256)
    assert not Dossier.objects.filter(pk=waiting.pk).exists()
    assert places_of("Formand") == []
    answer = sign_in("lead").get(f"/fjordby/dossiers/{made.ref}.zip")
    assert answer.status_code == 422
    after = told("employee")
    assert not after.says("Mads Formand")
    assert (before.faults, after.faults) == (set(), set())


def test_somebody_erased_while_it_is_made_is_in_no_file(
    play: Play, item: Item, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = actions.order_dossier(initiative=play.initiative, language="da", **play.by("lead"))
    make = actions.making.make

    def erased_meanwhile(gathered: object) -> object:
        made = make(gathered)  # type: ignore[arg-type]
        house.erase_person(person=play.cast.people["chair"], **play.by("administrator"))
        return made

    monkeypatch.setattr(actions.making, "make", erased_meanwhile)
    work_off()
    assert Dossier.objects.get().data is None
    monkeypatch.undo()
    actions.make_ordered(payload_of(order), AT)
    assert not Told(bytes(Dossier.objects.get().data or b"")).says("Mads Formand")


def test_a_file_is_let_go_when_its_time_is_over(play: Play, item: Item) -> None:
    made = ordered(play)
    tidy(AT + timedelta(days=29))
    assert Dossier.objects.get().data is not None
    tidy(AT + timedelta(days=31))
    assert (Dossier.objects.get().data, Dossier.objects.get().package_sha256) == (None, made.package_sha256)


def test_the_page_says_what_it_holds_and_lists_those_that_were_made(
    play: Play, item: Item, sign_in: SignIn
) -> None:
    client = sign_in("employee")
    path = f"/fjordby/initiatives/{play.initiative.ref}/dossier/"
    assert "Ingen endnu" in client.get(path).content.decode()
    page = client.post(f"{path}new/", follow=True).content.decode()
    assert "bliver lavet" in page
    work_off()
    made = Dossier.objects.get()
    assert made.made_at
    page = client.get(path).content.decode()
    assert made.package_sha256 in page
    assert made.file_sha256 in page
    assert made.package_sha256 in client.get(f"/fjordby/initiatives/{play.initiative.ref}/").content.decode()
    fetched = client.get(f"/fjordby/dossiers/{made.ref}.zip")
    assert fetched.content == bytes(made.data or b"")
