"""Nothing of the staff side's room reaches anybody else by any way there is: every page, file, form, mail, search,
journal page, own-data page and command, tried with unmistakable words as everybody."""

import io
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from samspil.organisation import rounds
from samspil.organisation.scope import scope
from tests.everything import places_of
from tests.permissions.addresses import behind_the_door
from tests.permissions.payloads import ADDRESSES, DEEDS, path_of
from tests.permissions.test_every_address import HELD_BY_LINK, text_of
from tests.permissions.visits import Visitors
from tests.permissions.world import PERSONS
from tests.samples import every_day

pytestmark = pytest.mark.django_db
CANARY = "Fortroligt"
STAFF_SIDE = ("vice_chair", "steward")
OTHERS = [who for who in PERSONS if who not in STAFF_SIDE]
EVERY_DAY = ("management_member",)
ITS_TABLES = {
    "dialogue_stafftext.title",
    "dialogue_stafftext.text",
    "dialogue_staffcomment.text",
    "dialogue_premeeting.place",
}
FORMATS = ("docx", "xlsx", "csv", "zip")  # whose words can be read without drawing them


def everything_somebody_can_open(visitors: Visitors, who: str) -> Iterator[tuple[str, str]]:
    """Every address with every ref of the world, every file in every format, and the search."""
    world, client = visitors.world, visitors.client(who)
    for one in behind_the_door():
        if "GET" in one.methods and one.name != HELD_BY_LINK:
            yield one.name, text_of(client.get(path_of(one.name, world)))
    for one in behind_the_door():
        with scope(world.cast.organisation):
            parts = ADDRESSES[one.name](world)
        if one.name.endswith("_file") and len(parts) > 1:
            for kind in FORMATS:
                path = path_of(one.name, world).rpartition(".")[0] + f".{kind}"
                yield path, text_of(client.get(path))
    for name in ("initiative:search", "organisation:people", "initiative:journal"):
        for asked in ("før mødet", "svar", "sted"):
            yield name, text_of(client.get(path_of(name, world), {"q": asked, "words": asked, "who": asked}))


def everything_somebody_can_send(visitors: Visitors, who: str) -> Iterator[tuple[str, str]]:
    """Every form, and the page after it; what it did is undone."""
    world = visitors.world
    for deed in DEEDS:
        if deed.form and deed.address != HELD_BY_LINK:
            client: Client = visitors.client(who)
            with transaction.atomic():
                with scope(world.cast.organisation):
                    path, form = path_of(deed.address, world), deed.form(world)
                yield deed.name, text_of(client.post(path, form, follow=True))
                transaction.set_rollback(True)


@pytest.mark.parametrize("who", every_day(EVERY_DAY, OTHERS))
def test_no_page_and_no_file_shows_anything_of_the_room(fjordby: Visitors, who: str) -> None:
    seen = [where for where, text in everything_somebody_can_open(fjordby, who) if CANARY in text]
    assert seen == []


@pytest.mark.parametrize("who", every_day(EVERY_DAY, OTHERS))
def test_no_form_and_no_page_after_it_shows_anything_of_the_room(fjordby: Visitors, who: str) -> None:
    seen = [where for where, text in everything_somebody_can_send(fjordby, who) if CANARY in text]
    assert seen == []


def test_the_room_would_be_found_by_these_tests(fjordby: Visitors) -> None:
    """The same walk as one of the staff side meets the words; a walk that saw nothing would prove nothing."""
    seen = {where for where, text in everything_somebody_can_open(fjordby, "steward") if CANARY in text}
    assert {"dialogue:staff_room", "dialogue:staff_note", "dialogue:pre_meeting", "dialogue:item"} <= seen


def test_no_mail_notice_search_text_or_row_of_the_journal_holds_anything_of_the_room(
    fjordby: Visitors,
) -> None:
    """Looked for in every table, after the worker has told everybody what there is to tell."""
    rounds.round_of(fjordby.world.at)
    assert set(places_of(CANARY)) == ITS_TABLES


@pytest.mark.parametrize(
    "command",
    [("journal", "verify"), ("journal", "export", "--organisation", "fjordby"), ("check-house",)],
    ids=" ".join,
)
def test_no_command_prints_anything_of_the_room(fjordby: Visitors, command: tuple[str, ...]) -> None:
    out = io.StringIO()
    with suppress(SystemExit, CommandError):  # a house whose worker does not run says so
        call_command(*command, stdout=out, stderr=out)
    assert CANARY not in out.getvalue()


def test_whoever_wrote_in_the_room_finds_it_among_their_own_data_and_nobody_else_does(
    fjordby: Visitors,
) -> None:
    found = {
        who
        for who in PERSONS
        if CANARY in text_of(fjordby.get(who, path_of("organisation:own_data", fjordby.world)))
    }
    assert found == {"vice_chair"}
