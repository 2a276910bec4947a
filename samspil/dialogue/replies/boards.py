"""What replies tell the hall: cards, search texts, what may be cited, and what waits for whom."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from samspil.dialogue.confidential import closed_to
from samspil.dialogue.permissions import PERMISSIONS, runs_the_committee
from samspil.dialogue.replies import queries, words
from samspil.dialogue.replies.models import Asked, Reply, ReplyAnswer, Sending
from samspil.initiative.models import Initiative, Thing
from samspil.kit.room import Card, Waiting
from samspil.organisation.viewer import Viewer

FEW, MOST = 5, 20


def sending_cards(refs: Iterable[str], viewer: Viewer) -> dict[str, Card]:
    rows = Sending.objects.filter(thing__ref__in=list(refs)).select_related("thing", *queries.WHOLE_ITEM)
    counted = rows.annotate(
        asked_count=Count("asked", distinct=True),
        replied_count=Count("asked", filter=Q(asked__replies__isnull=False), distinct=True),
    )
    return {
        row.ref: Card(
            row.ref,
            "sending",
            _("Sent down: %(title)s") % {"title": row.item.title},
            _url("replies", viewer, row.ref),
            words.replied(row.replied_count, row.asked_count),
        )
        for row in counted
        if PERMISSIONS.allows("see_replies", viewer, row)
    }


def reply_cards(refs: Iterable[str], viewer: Viewer) -> dict[str, Card]:
    rows = _replies().filter(thing__ref__in=list(refs))
    return {row.ref: _card(row, viewer) for row in rows if _readable(row, viewer)}


def hidden_sendings(refs: Iterable[str], viewer: Viewer) -> set[str]:
    """Which sendings a viewer may not know by name, for their item is closed; also by whom they asked."""
    asked, closed = list(refs), closed_to(viewer)
    sendings = Sending.objects.filter(thing__ref__in=asked, item__in=closed)
    those = Asked.objects.filter(ref__in=asked, sending__item__in=closed)
    return {*sendings.values_list("thing__ref", flat=True), *those.values_list("ref", flat=True)}


def hidden_replies(refs: Iterable[str], viewer: Viewer) -> set[str]:
    rows = Reply.objects.filter(thing__ref__in=list(refs), asked__sending__item__in=closed_to(viewer))
    return set(rows.values_list("thing__ref", flat=True))


def replies_to_cite(initiative: Initiative, typed: str, viewer: Viewer) -> list[Card]:
    """Replies about an initiative's items: a few without words, else those that hold each word."""
    rows = _replies().filter(asked__sending__item__initiative=initiative)
    for word in typed.split():
        rows = rows.filter(
            Q(asked__committee__name__icontains=word)
            | Q(pk__in=ReplyAnswer.objects.filter(text__icontains=word).values("reply"))
        )
    newest = rows.order_by("-replied_at")[: MOST if typed else FEW]
    return [_card(row, viewer) for row in newest if _readable(row, viewer)]


def reply_texts(things: Sequence[Thing]) -> Iterator[tuple[str, str, str]]:
    """Replies are open; the search shows cards, and a card asks whether the item may be read."""
    for row in _replies().filter(thing__in=things):
        title = f"{row.asked.committee.name}: {row.asked.sending.item.title}"
        texts = [one.text for one in row.answers.all()]
        yield row.ref, title, " ".join([title, row.because, *texts])


def waiting_for(viewer: Viewer) -> Iterator[Waiting]:
    """The committees that a viewer runs are asked something."""
    runs = {seat.committee_id for seat in viewer.seats if runs_the_committee.test(viewer, seat)}
    for one in queries.waiting_in(runs, viewer) if runs else ():
        what = _("Reply for %(committee)s") % {"committee": one.committee.name}
        yield Waiting(one.sending.item.title, _url("give_reply", viewer, one.ref), what, one.sending.due)


def _replies() -> "Any":
    whole = [f"asked__sending__{name}" for name in queries.WHOLE_ITEM]
    rows = Reply.objects.select_related("thing", "asked__committee", "asked__sending__thing", *whole)
    return rows.prefetch_related("answers")


def _card(row: Reply, viewer: Viewer) -> Card:
    said = " ".join(one.text for one in row.answers.all()) or words.no_answer(row.because)
    title = _("Reply from %(committee)s") % {"committee": row.asked.committee.name}
    return Card(row.ref, "reply", title, _url("reply", viewer, row.asked.ref), Truncator(said).chars(160))


def _readable(row: Reply, viewer: Viewer) -> bool:
    return PERMISSIONS.allows("see_replies", viewer, row.asked)


def _url(page: str, viewer: Viewer, ref: str) -> str:
    return reverse(f"dialogue:{page}", args=[viewer.organisation.slug, ref])
