"""What can be read of what was sent down and came up; a sheet of 140 takes as few queries as one of 5."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.db.models import Count, Prefetch, Q, QuerySet

from samspil.dialogue import queries as dialogue
from samspil.dialogue.confidential import readable
from samspil.dialogue.models import Item
from samspil.dialogue.replies.models import Asked, Reply, ReplyAnswer, Sending, SentQuestion
from samspil.organisation.models import Committee, Person, Role, Seat
from samspil.organisation.viewer import Viewer, current, day_in

RUNNING = (Seat.Kind.CHAIR, Seat.Kind.VICE_CHAIR, Seat.Kind.SECRETARY)
WHOLE_ITEM = (
    "item__thing",
    "item__committee",
    "item__initiative__thing",
    "item__regime",
    "item__model",
    "item__organisation",
    "item__meeting",
)


@dataclass(frozen=True)
class Row:
    """A committee that was asked: what it replied, earlier replies, and whom to call while it is silent."""

    asked: Asked
    area: Committee
    replies: tuple[Reply, ...]
    running: tuple[Person, ...] = ()

    @property
    def newest(self) -> Reply | None:
        return self.replies[-1] if self.replies else None

    @property
    def earlier(self) -> tuple[Reply, ...]:
        return self.replies[:-1]

    @property
    def call(self) -> Person | None:
        return self.running[0] if self.running else None

    def said(self, question: SentQuestion) -> ReplyAnswer | None:
        return answer_to(self.newest, question)


@dataclass(frozen=True)
class Sheet:
    """All that came up on a sending, committee by committee in the order of their areas."""

    sending: Sending
    questions: tuple[SentQuestion, ...]
    rows: tuple[Row, ...]
    today: date
    areas: tuple[Committee, ...] = field(default=())

    @cached_property
    def replied(self) -> list[Row]:
        return [row for row in self.rows if row.newest]

    @cached_property
    def silent(self) -> list[Row]:
        return [row for row in self.rows if not row.newest]

    def of_area(self, ref: str) -> "list[Row]":
        return [row for row in self.rows if not ref or row.area.ref == ref]

    def counts(self, question: SentQuestion) -> tuple[int, ...]:
        """How many committees gave an answer of each position, in the order of the positions."""
        said = [row.said(question) for row in self.rows]
        return tuple(sum(one is not None and one.position == key for one in said) for key in Positions)


Positions = tuple(ReplyAnswer.Position.values)


def answer_to(reply: Reply | None, question: SentQuestion) -> ReplyAnswer | None:
    """A reply's answer to a question, as it was prefetched."""
    answers = reply.answers.all() if reply else ()
    return next((one for one in answers if one.question_id == question.pk), None)


def sending(ref: str) -> Sending | None:
    rows = Sending.objects.select_related("thing", "sent_by", "organisation", *WHOLE_ITEM)
    return rows.filter(thing__ref=ref).first()


def asked(ref: str) -> Asked | None:
    return _asked_rows().filter(ref=ref).first()


def asked_by_code(code: str) -> list[Asked]:
    """Whom a code on a paper belongs to; more than one only by a rare chance."""
    plain = "".join(sign for sign in code.lower() if sign.isalnum())
    return list(_asked_rows().filter(ref__startswith=plain)[:5]) if len(plain) >= len("abcdef") else []


def questions_of(found: Sending) -> list[SentQuestion]:
    return list(SentQuestion.objects.filter(sending=found).order_by("position"))


def replies_of(found: Asked) -> list[Reply]:
    """Every reply of a committee, the oldest first, each with its answers."""
    return list(_reply_rows().filter(asked=found).order_by("number"))


def newest_reply(found: Asked) -> Reply | None:
    return _reply_rows().filter(asked=found).order_by("number").last()


def sheet(found: Sending, today: date) -> Sheet:
    """The sheet of replies, in a constant number of queries."""
    rows = list(Asked.objects.filter(sending=found).select_related("committee", "item__thing"))
    replies: dict[int, list[Reply]] = {}
    for reply in _reply_rows().filter(asked__sending=found).order_by("number"):
        replies.setdefault(reply.asked_id, []).append(reply)
    tree = {one.pk: one for one in Committee.objects.all()}
    silent = [one.committee for one in rows if one.pk not in replies]
    running = those_to_call(silent, today)
    made = [
        Row(
            one,
            _area_of(one.committee, found.committee_id, tree),
            tuple(replies.get(one.pk, ())),
            tuple(running.get(one.committee_id, ())),
        )
        for one in rows
    ]
    made.sort(key=lambda row: (row.area.name, row.asked.committee.name))
    areas = tuple({row.area.pk: row.area for row in made}.values())
    return Sheet(found, tuple(questions_of(found)), tuple(made), today, areas)


def those_to_call(committees: Iterable[Committee], on: date) -> dict[int, list[Person]]:
    """Who runs each committee, the chair first; where nobody does, the managers of its workplace."""
    wanted = {one.pk: one for one in committees}
    found = {pk: [seat.person for seat in seats] for pk, seats in running_seats(wanted, on).items()}
    units = {one.unit_id: pk for pk, one in wanted.items() if pk not in found and one.unit_id}
    led = Role.objects.filter(kind=Role.Kind.LINE_MANAGER, unit__in=units, person__left_on=None)
    for role in current(led, on).select_related("person").order_by("since", "pk"):
        found.setdefault(units[role.unit_id], []).append(role.person)
    return found


def running_seats(committees: Iterable[int], on: date) -> dict[int, list[Seat]]:
    """The seats of chair, vice-chair and secretary, or who stands in for them, committee by committee."""
    rows = Seat.objects.filter(
        Q(kind__in=RUNNING) | Q(substitute_for__kind__in=RUNNING),
        committee__in=list(committees),
        person__left_on=None,
    )
    order = list(Seat.Kind)
    seats = sorted(
        current(rows, on).select_related("person"),
        key=lambda seat: (bool(seat.substitute_for_id), order.index(seat.kind), seat.pk),
    )
    found: dict[int, list[Seat]] = {}
    for seat in seats:
        found.setdefault(seat.committee_id, []).append(seat)
    return found


def below(found: Committee) -> list[Committee]:
    """The local committees and staff meetings below a committee, area by area."""
    children: dict[int | None, list[Committee]] = {}
    for one in Committee.objects.select_related("parent").order_by("name"):
        children.setdefault(one.parent_id, []).append(one)
    return [one for one in _walk(found, children) if one.level == "local" or one.staff_meeting]


def next_meetings(committees: Iterable[Committee], today: date) -> dict[int, date]:
    """When each committee meets next."""
    rows = dialogue.meetings_to_come(today).filter(committee__in=[one.pk for one in committees])
    rows = rows.filter(cancelled_at=None).order_by("-on")
    return dict(rows.values_list("committee_id", "on"))


def sendings_about(item: Item) -> list[Sending]:
    """What of an item was sent down, with how many were asked and how many replied."""
    return list(_counted(Sending.objects.filter(item=item).select_related("thing", "sent_by")))


def sendings_of(committee: Committee, viewer: Viewer) -> "QuerySet[Sending]":
    """What a committee has sent down and not closed yet."""
    items = Item.objects.filter(readable(viewer), committee=committee)
    rows = Sending.objects.filter(item__in=items, closed_at=None).select_related("thing", "item__thing")
    return _counted(rows)


def waiting_in(committees: Iterable[int], viewer: Viewer) -> "QuerySet[Asked]":
    """What committees are asked and have not replied to, while it is open, the first deadline first."""
    rows = Asked.objects.filter(
        committee__in=list(committees), sending__closed_at=None, replies=None
    ).select_related("sending__item__committee", "committee")
    return rows.filter(sending__item__in=Item.objects.filter(readable(viewer))).order_by("sending__due", "pk")


def asked_as(item: Item) -> Asked | None:
    """The question from above that an item on a committee's own agenda answers."""
    return _asked_rows().filter(item=item).first()


def is_frozen(found: Sending, at: datetime) -> bool:
    """Whether replies are kept as they are: the deadline has passed, or the sender has closed it."""
    return found.closed_at is not None or day_in(found.organisation, at) > found.due


def is_late(found: Sending, reply: Reply) -> bool:
    """Whether a reply came after the deadline or after the sender had closed it."""
    closed = found.closed_at is not None and reply.replied_at > found.closed_at
    return closed or day_in(found.organisation, reply.replied_at) > found.due


def silent(found: Sending) -> list[Asked]:
    rows = Asked.objects.filter(sending=found, replies=None).select_related("committee", "organisation")
    return list(rows.order_by("pk"))


def _counted(rows: "QuerySet[Sending]") -> "QuerySet[Sending]":
    return rows.annotate(
        asked_count=Count("asked", distinct=True),
        replied_count=Count("asked", filter=Q(asked__replies__isnull=False), distinct=True),
    )


def _asked_rows() -> "QuerySet[Asked]":
    whole = [f"sending__{name}" for name in WHOLE_ITEM]
    return Asked.objects.select_related(
        "organisation",
        "committee__parent__parent__parent",
        "committee__unit",
        "item__thing",
        "sending__thing",
        "sending__organisation",
        "sending__sent_by",
        *whole,
    )


def _reply_rows() -> "QuerySet[Reply]":
    return Reply.objects.select_related("thing", "replied_by").prefetch_related(
        Prefetch("answers", ReplyAnswer.objects.order_by("question__position"))
    )


def _area_of(one: Committee, top: int, tree: Mapping[int, Committee]) -> Committee:
    """The committee directly below the sender under which one stands; the sender for what is its own."""
    above: Sequence[Committee] = []
    while one.parent_id and one.parent_id != top and one.parent_id in tree:
        one = tree[one.parent_id]
        above = [*above, one]
    return above[-1] if above else tree.get(top, one)


def _walk(found: Committee, children: Mapping[int | None, Sequence[Committee]]) -> Iterable[Committee]:
    for one in children.get(found.pk, ()):
        yield one
        yield from _walk(one, children)
