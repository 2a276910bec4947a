"""A closed item is in nothing that anybody gets but those who are let in; on its day it is everybody's.

Every address is opened, every file unpacked, every mail read. What is looked for is a word that stands in the
item's title, proposal, case, answers, positions, minutes, annex and action, in what it became in the
committee above, and in a request about it that has come to the main committee; and nowhere else in the house.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from samspil.dialogue import actions as committees
from samspil.dialogue import queries
from samspil.dialogue.agenda.actions import request_matter
from samspil.dialogue.closing.actions import close_item
from samspil.dialogue.feed.actions import make_feed
from samspil.dialogue.heard import Facts
from samspil.dialogue.keeping import NewPosition
from samspil.dialogue.models import Item
from samspil.dialogue.remedies import actions as requests
from samspil.initiative import consumers, mails
from samspil.kit import clock
from samspil.kit.models import Mail
from samspil.organisation import files
from samspil.organisation.models import Seat
from samspil.organisation.scope import scope
from tests.permissions.payloads import ADDRESSES
from tests.permissions.test_every_address import PAGES, text_of
from tests.permissions.visits import Visitors, client_of
from tests.permissions.world import PERSONS, World, outcomes_of, sha256
from tests.samples import every_day

pytestmark = pytest.mark.django_db
WORD = "solsort"
ONLY_ABOVE = "director"  # sits in the main committee alone
LET_IN = ("lead", "owner", "chair", "vice_chair", "secretary", "steward", "management_member")
OUTSIDE = tuple(who for who in PERSONS if who not in LET_IN)
EVERY_DAY = ("director",)
FORMATS = ("docx", "zip", "json", "csv", "xlsx")


def written(world: World, meeting: str) -> Item:
    """An item with the word in everything that can be written about it; both sides' answers are released."""
    chair: dict[str, Any] = {"by": world.viewer("chair"), "at": world.at}
    item = committees.request_item(
        initiative=world.initiative(),
        committee=world.cast.committees["local"],
        meeting=world.meeting(meeting) if meeting == "meeting" else None,
        without_meeting=meeting != "meeting",
        title=f"Titel {WORD}",
        by=world.viewer("management_member"),
        at=world.at,
    )
    world.refs[f"secret_{meeting}"] = item.ref
    item = world.item(f"secret_{meeting}")
    committees.write_case(
        item=item, title=item.title, case=f"Sag {WORD}", proposal=f"Forslag {WORD}", version=1, **chair
    )
    for who in ("chair", "vice_chair"):
        does: dict[str, Any] = {"by": world.viewer(who), "at": world.at}
        question = queries.questions_of(item)[0]
        committees.answer_question(question=question, text=f"Svar {WORD}", **does)
        committees.release_answers(item=item, **does)
    return world.item(f"secret_{meeting}")


def treated(world: World, item: Item) -> None:
    """Placed on the meeting that was held, with outcome, positions, released minutes, a file and an action."""
    chair: dict[str, Any] = {"by": world.viewer("chair"), "at": world.at}
    committees.place_item(item=item, meeting=world.meeting("held"), **chair)
    item = world.item("secret_held")
    said = [NewPosition("staff", f"Holdning {WORD}")]
    committees.record_outcome(item=item, outcomes=outcomes_of(item), positions=said, **chair)
    annex = files.keep(f"bilag {WORD}.txt", f"Bilag {WORD}".encode(), world.viewer("chair"), world.at)
    committees.write_minutes(item=item, text=f"Referat {WORD}", file=annex, **chair)
    for who in ("chair", "vice_chair"):
        committees.release_minutes(item=item, sha256=sha256(item), by=world.viewer(who), at=world.at)
    committees.add_action_point(
        item=item,
        text=f"Aftale {WORD}",
        owner=world.cast.people["steward"],
        due=world.day(9),
        **chair,
    )


def sent_up(world: World) -> None:
    """A matter that the meeting sent to the committee above, where it stands under the same title."""
    chair: dict[str, Any] = {"by": world.viewer("chair"), "at": world.at}
    above = world.cast.committees["area"]
    item = request_matter(committee=world.cast.committees["local"], title=f"Sag {WORD}", **chair)
    world.refs["secret_sent"] = item.ref
    committees.place_item(item=world.item("secret_sent"), meeting=world.meeting("held"), **chair)
    up = committees.NewOutcome("referred_up", told={"committee_above": above.ref})
    committees.record_outcome(item=world.item("secret_sent"), outcomes=[up], **chair)
    world.refs["secret_above"] = Item.objects.get(committee=above, title=item.title).ref


def asked_about(world: World, item: Item) -> None:
    """The staff side asks, management answers, and it goes to the main committee, where one sits who does not
    sit below."""
    Seat.objects.create(
        organisation=world.cast.organisation,
        committee=world.cast.committees["main"],
        person=world.cast.people[ONLY_ABOVE],
        side=Seat.Side.MANAGEMENT,
        kind=Seat.Kind.CHAIR,
        since=world.day(-90),
    )
    steward: dict[str, Any] = {"by": world.viewer("steward"), "at": world.at}
    case = requests.raise_case(
        committee=item.committee,
        kind="withdraw_decision",
        title=f"Anmodning {WORD}",
        asked=f"Vi beder {WORD}",
        raised_on=world.day(0),
        item=item,
        **steward,
    )
    world.refs["secret_request"] = case.ref
    requests.answer_case(
        case=case,
        answer=f"Svar {WORD}",
        answered_on=world.day(0),
        version=1,
        by=world.viewer("chair"),
        at=world.at,
    )
    case = world.remedy("secret_request")
    requests.refer_case(case=case, because=f"Grund {WORD}", version=2, **steward)


@pytest.fixture(scope="module")
def secret(fjordby: Visitors, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Three items with the word: one on the agenda to come, one treated and asked about, one sent up; all closed
    for thirty days. Gone after the last test."""
    world = fjordby.world
    with django_db_blocker.unblock(), transaction.atomic():
        with scope(world.cast.organisation):
            _hide_the_word(world)
        yield world
        transaction.set_rollback(True)


def _hide_the_word(world: World) -> None:
    written(world, "meeting")
    treated(world, written(world, "held"))
    asked_about(world, world.item("secret_held"))
    sent_up(world)
    for name in ("secret_meeting", "secret_held", "secret_sent"):
        close_item(
            item=world.item(name),
            because="personal",
            until=world.day(30),
            by=world.viewer("chair"),
            at=world.at,
        )
    consumers.read_on(world.cast.organisation, world.at)


def pages(world: World) -> list[str]:
    """Every address with what usually stands in it, with the closed items in it, and in every format."""
    found = set()
    for address in PAGES:
        with scope(world.cast.organisation):
            parts = ADDRESSES[address.name](world)
        ways = [parts]
        if "items/" in address.route:
            ways += [[world.refs[name], *parts[1:]] for name in ("secret_meeting", "secret_held")]
        if "requests/<" in address.route:
            ways += [[world.refs["secret_request"], *parts[1:]]]
        if "meetings/" in address.route:
            ways += [[world.refs[name], *parts[1:]] for name in ("meeting", "held")]
        if "thread" in address.route:
            ways += [[world.refs[name]] for name in ("secret_held", "secret_request", "initiative")]
        if "format>" in address.route:
            ways += [[*way[:-1], format] for way in ways for format in FORMATS]
        found |= {reverse(address.name, args=[world.slug, *way]) for way in ways}
    main = world.cast.committees["main"].ref
    above = {"item": world.refs["secret_above"], "committee": main, "committee_actions": main}
    found |= {reverse(f"dialogue:{page}", args=[world.slug, ref]) for page, ref in above.items()}
    searches = [f"{reverse('initiative:search', args=[world.slug])}?q={word}" for word in (WORD, "titel")]
    journals = [reverse("initiative:journal", args=[world.slug])]
    journals.append(reverse("initiative:initiative_journal", args=[world.slug, world.refs["initiative"]]))
    return [*sorted(found), *searches, *(f"{one}?format=csv" for one in journals)]


def found_in(text: str) -> bool:
    return WORD in text.casefold()


def feed_of(world: World, who: str) -> str:
    with scope(world.cast.organisation):
        token = make_feed(by=world.viewer(who), at=world.at)
    return client_of().get(reverse("feed", args=[token])).content.decode()


@pytest.mark.parametrize("who", every_day(EVERY_DAY, OUTSIDE))
def test_nobody_outside_finds_the_word_at_any_address(who: str, fjordby: Visitors, secret: World) -> None:
    client = fjordby.client(who)
    leaks = [page for page in pages(secret) if found_in(text_of(client.get(page)).replace(f"q={WORD}", ""))]
    leaks = [page for page in leaks if not page.endswith(f"?q={WORD}")]
    assert leaks == []
    shown = client.get(f"{reverse('initiative:search', args=[secret.slug])}?q={WORD}")
    if who != "guest":
        assert shown.context["found"].cards == ()
        assert not shown.context["found"].more


@pytest.mark.parametrize("who", LET_IN)
def test_those_who_are_let_in_find_it(who: str, fjordby: Visitors, secret: World) -> None:
    client = fjordby.client(who)
    for name in ("secret_meeting", "secret_held"):
        page = client.get(reverse("dialogue:item", args=[secret.slug, secret.refs[name]]))
        assert (page.status_code, found_in(text_of(page))) == (200, True)
    search = client.get(f"{reverse('initiative:search', args=[secret.slug])}?q={WORD}")
    found = 3 if who in ("lead", "owner") else 5  # a matter about no initiative is the committees' alone
    assert len(search.context["found"].cards) == found


@pytest.mark.parametrize("who", PERSONS)
def test_on_its_day_everybody_finds_it_though_nobody_did_anything(
    who: str, fjordby: Visitors, secret: World
) -> None:
    clock.move_to(secret.at + timedelta(days=30))
    client = fjordby.client(who)
    item = secret.refs["secret_held"]
    places = [reverse("dialogue:item", args=[secret.slug, item])]
    if who != "guest":
        held = secret.refs["held"]
        places += [
            reverse(f"dialogue:{name}", args=[secret.slug, held])
            for name in ("meeting", "minutes_of_meeting")
        ]
        places.append(f"{reverse('initiative:journal', args=[secret.slug])}?format=csv")
        places.append(reverse("dialogue:minutes_of_meeting_file", args=[secret.slug, held, "docx"]))
    assert [page for page in places if not found_in(text_of(client.get(page)))] == []


def test_no_mail_names_it_not_even_to_those_who_may_read_it(secret: World) -> None:
    for days in (0, 1, 2):
        mails.send(secret.cast.organisation, secret.at + timedelta(days=days))
    assert Mail.objects.filter(body__contains="/items/").exists()
    assert [one.to for one in Mail.objects.all() if found_in(one.subject + one.body)] == []


@pytest.mark.parametrize("who", ["employee", "chair", "steward"])
def test_no_calendar_names_it_not_even_of_those_who_may_read_it(who: str, secret: World) -> None:
    text = feed_of(secret, who)
    assert text.startswith("BEGIN:VCALENDAR")
    assert not found_in(text.replace("\r\n ", ""))


def test_the_agenda_says_that_a_closed_item_is_there_and_when_it_opens(
    fjordby: Visitors, secret: World
) -> None:
    page = reverse("dialogue:meeting", args=[secret.slug, secret.refs["meeting"]])
    assert "Closed item, opens on 3 March 2026" in fjordby.get("employee", page).content.decode()


def test_whoever_is_let_in_can_hand_out_papers_without_it(fjordby: Visitors, secret: World) -> None:
    held, client = secret.refs["held"], fjordby.client("secretary")
    for name in ("minutes_of_meeting_file", "cases_file", "agenda"):
        page = reverse(f"dialogue:{name}", args=[secret.slug, held, "docx"])
        assert found_in(text_of(client.get(page)))
        assert not found_in(text_of(client.get(f"{page}?open=1")))


def test_the_clock_counts_the_discussion_of_a_closed_item_all_the_same(secret: World) -> None:
    with scope(secret.cast.organisation):
        initiative = secret.initiative()
        held = [
            one
            for one in Facts([initiative]).held(initiative, "idea")
            if one.item.ref == secret.refs["secret_held"]
        ]
        assert [one.discussion.counts for one in held] == [True]


def test_others_can_verify_the_whole_meeting_all_the_same(fjordby: Visitors, secret: World) -> None:
    page = reverse("dialogue:minutes_of_meeting", args=[secret.slug, secret.refs["held"]])
    seen, mine = (fjordby.get(who, page).context["whole"] for who in ("employee", "chair"))
    assert seen.sha256 == mine.sha256
    assert all(line.fits for line in seen.lines)
    with scope(secret.cast.organisation):
        known = sha256(secret.item("secret_held"))
    assert known in fjordby.get("employee", page).content.decode()
