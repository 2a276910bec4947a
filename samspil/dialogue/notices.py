"""Who is told of what in committees, in the reader's language. Nobody is told of their own act."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samspil.dialogue import queries, signing, words
from samspil.dialogue import regime as regimes
from samspil.dialogue.minutes import gone_on
from samspil.dialogue.models import ActionPoint, Item, Minutes
from samspil.dialogue.secrecy import STAFF
from samspil.initiative.notices import language_of
from samspil.kit.room import Tell
from samspil.organisation.models import JournalRow, Person, Seat


def of_agenda(row: JournalRow, _facts: Mapping[str, Any]) -> Iterator[Tell]:
    """Both sides hear that an item stands on the agenda, who asks, and by when to answer."""
    item = queries.item(row.thing)
    if item is None or item.meeting is None or item.status != Item.Status.ON_AGENDA:
        return
    for person, sides in _members(item, row).items():
        with language_of(person):
            body = _agenda_body(item, STAFF in sides)
            today = item.meeting.on == _day_of(row)
            yield _tell(
                person, "on_agenda", item, _on_agenda(item), body, period=item.meeting.ref, urgent=today
            )


def of_request(row: JournalRow, facts: Mapping[str, Any]) -> Iterator[Tell]:
    """An item on an agenda is everybody's; one without a meeting is for those who run the committee."""
    item = queries.item(row.thing)
    if item and item.meeting is None and item.status == Item.Status.REQUESTED:
        yield from _to_place(item, row)
    else:
        yield from of_agenda(row, facts)


def of_minutes(row: JournalRow, _facts: Mapping[str, Any]) -> Iterator[Tell]:
    """Those whom the rules name hear that a text waits for their release or their approval."""
    item = queries.item(row.thing)
    if item is None:
        return
    newest = queries.newest_minutes(item)
    for minutes in [*([newest] if newest else []), *gone_on.left_behind().filter(item=item)]:
        sheets = signing.sheets(item, minutes, _day_of(row))
        act = signing.APPROVE if sheets[signing.RELEASE].complete else signing.RELEASE
        for signer in sheets[act].missing:
            for seat in signer.holders:
                if seat.person.subject != row.actor:
                    with language_of(seat.person):
                        yield _to_sign(seat.person, item, act, minutes)


def of_action_point(row: JournalRow, _facts: Mapping[str, Any]) -> Iterator[Tell]:
    """Who is to do something hears what, and by when."""
    points = ActionPoint.objects.filter(item__thing__ref=row.thing, done_on=None, owner__isnull=False)
    for point in points.select_related("item__thing", "item__organisation", "owner"):
        if point.owner and point.owner.subject != row.actor:
            with language_of(point.owner):
                due = words.day(point.due)
                body = _("It was agreed that you do this by %(due)s:\n\n%(text)s") % {
                    "due": due,
                    "text": point.text,
                }
                subject = _("By %(due)s: %(text)s") % {"due": due, "text": point.text}
                today = point.due == _day_of(row)
                yield _tell(
                    point.owner, "action_point", point.item, subject, body, period=point.ref, urgent=today
                )


def _to_place(item: Item, row: JournalRow) -> Iterator[Tell]:
    running = (Seat.Kind.CHAIR, Seat.Kind.VICE_CHAIR, Seat.Kind.SECRETARY)
    for seat in queries.seats_of(item.committee, _day_of(row)):
        if seat.kind in running and seat.person.subject != row.actor:
            with language_of(seat.person):
                yield _tell(seat.person, "to_place", item, _wants_meeting(item), _place_body(item))


def _wants_meeting(item: Item) -> str:
    return _("Needs a meeting: %(title)s") % {"title": item.title}


def _place_body(item: Item) -> str:
    return _(
        "%(who)s asks %(committee)s to discuss “%(title)s”, and no ordinary meeting can be reached in time."
        " Put it on a meeting, call an extraordinary one, or deal with it in writing."
    ) % {"who": _who(item), "committee": item.committee.name, "title": item.title}


def _on_agenda(item: Item) -> str:
    assert item.meeting is not None  # noqa: S101 - of_agenda has looked
    return _("%(day)s, %(committee)s: %(title)s") % {
        "day": words.day(item.meeting.on),
        "committee": item.committee.name,
        "title": item.title,
    }


def _agenda_body(item: Item, for_staff: bool) -> str:
    assert item.meeting is not None  # noqa: S101 - of_agenda has looked
    parts = [
        _("%(who)s asks %(committee)s to discuss “%(title)s” at the meeting on %(day)s.")
        % {
            "who": _who(item),
            "committee": item.committee.name,
            "title": item.title,
            "day": words.day(item.meeting.on),
        },
        _(
            "Open the page below, sign in, and write your side's answers to the questions before the meeting."
            " Ten minutes are enough, and the committee can talk about what matters."
        ),
    ]
    if for_staff:
        parts.append(_("What the staff side writes cannot be read by management until you release it."))
    return "\n\n".join(parts)


def _to_sign(person: Person, item: Item, act: str, minutes: Minutes) -> Tell:
    word = capfirst(regimes.as_read(item.regime, item.organisation).words["minutes"])
    facts = {"minutes": word, "title": item.title, "committee": item.committee.name}
    if act == signing.APPROVE:
        subject = _("%(minutes)s to approve: %(title)s") % facts
        body = _(
            "The text about “%(title)s” in %(committee)s has been released, and you are to approve it."
            " Open the page below, read exactly the text you sign, and approve it."
        )
    else:
        subject = _("%(minutes)s to release: %(title)s") % facts
        body = _(
            "The text about “%(title)s” in %(committee)s has been written, and you are to release it."
            " Open the page below, read it, and release it."
        )
    slug, kind, period = item.organisation.slug, f"to_{act}", minutes.sha256[:20]
    if minutes.meeting_id == item.meeting_id:
        url = reverse(f"dialogue:{act}_minutes", args=[slug, item.ref])
    else:
        url = gone_on.page(minutes, act, slug)
    return Tell(person, kind, item.ref, subject, body % facts, url, period, urgent=True)


def _members(item: Item, row: JournalRow) -> dict[Person, set[str]]:
    found: dict[Person, set[str]] = {}
    for seat in queries.seats_of(item.committee, _day_of(row)):
        if seat.person.subject != row.actor:
            found.setdefault(seat.person, set()).add(seat.side)
    return found


def _day_of(row: JournalRow) -> date:
    return date.fromisoformat(row.instant[:10])


def _who(item: Item) -> str:
    return str(item.requested_by or item.organisation.name)


def _tell(
    person: Person,
    kind: str,
    item: Item,
    subject: str,
    body: str,
    period: str = "once",
    urgent: bool = False,
) -> Tell:
    url = reverse("dialogue:item", args=[item.organisation.slug, item.ref])
    return Tell(person, kind, item.ref, subject, body, url, period, urgent)
