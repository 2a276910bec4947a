"""What the pages about sending down and replying show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.core.working_days import working_days_after, working_days_between
from samspil.dialogue import confidential
from samspil.dialogue import queries as dialogue
from samspil.dialogue import questions as models
from samspil.dialogue import regime as regimes
from samspil.dialogue.doorstep import trail
from samspil.dialogue.models import Item
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.replies import queries, words
from samspil.dialogue.replies.actions import NewQuestion
from samspil.dialogue.replies.figures import chart_of
from samspil.dialogue.replies.forms import ReadByQuestion
from samspil.dialogue.replies.models import Asked, Reply, Sending, SentQuestion
from samspil.dialogue.replies.queries import Row, Sheet
from samspil.organisation.holidays import holidays_of
from samspil.organisation.models import Committee, Organisation, Person, Role
from samspil.organisation.viewer import Viewer, current, day_in

Context = dict[str, Any]
PROPOSED = timedelta(days=28)  # what the form proposes as a deadline; the sender chooses another
PROPOSED_QUESTIONS = 3
AREA, ONE = "area", "one"


@dataclass(frozen=True)
class Said:
    """An answer to one question, with the committee and the reply it stands in."""

    row: Row
    reply: Reply
    position: str
    text: str
    late: bool


# --- sending down ----------------------------------------------------------------------------------------


def send_down(found: Item, viewer: Viewer) -> Context:
    """The page on which an item is sent down: who is below, and when they meet."""
    regime = regimes.as_read(found.regime, found.organisation)
    below = queries.below(found.committee)
    return {
        **_item_page(found, viewer, _("Send it down")),
        "below": below,
        "staff_meetings": sum(one.staff_meeting for one in below),
        "local_word": regime.levels.get("local", ""),
    }


def everybody(below: Sequence[Committee]) -> str:
    return ngettext("The one below", "All %(count)s below", len(below)) % {"count": len(below)}


def choices(below: Sequence[Committee]) -> list[tuple[str, str]]:
    """Whole areas first, then each committee by itself."""
    areas = {one.parent_id: one.parent for one in below if one.parent}
    counts = {pk: sum(one.parent_id == pk for one in below) for pk in areas}
    whole = [
        (f"{AREA}:{area.ref}", _("All below %(area)s (%(count)s)") % {"area": area.name, "count": counts[pk]})
        for pk, area in sorted(areas.items(), key=lambda pair: pair[1].name)
        if len(areas) > 1
    ]
    return [*whole, *((f"{ONE}:{one.ref}", one.name) for one in below)]


def chosen(below: Sequence[Committee], values: Iterable[str]) -> list[Committee]:
    """The committees that ticked areas and ticked committees stand for."""
    wanted = set(values)
    return [
        one
        for one in below
        if f"{ONE}:{one.ref}" in wanted or (one.parent and f"{AREA}:{one.parent.ref}" in wanted)
    ]


def questions_to_send(found: Item) -> list[NewQuestion]:
    """The item's own questions first, then what the model asks at a workplace."""
    own = [NewQuestion(one.key, one.wording) for one in dialogue.questions_of(found)]
    keys = {one.key for one in own}
    model = models.of_level(found.model, "local") if found.model else ()
    return [*own, *(NewQuestion(one.key, one.wording) for one in model if one.key not in keys)]


def proposed(found: Item, known: Sequence[NewQuestion], today: date) -> Context:
    """What the form says before anybody has typed."""
    asked = {one.key for one in dialogue.questions_of(found)}
    first = [one.key for one in known if one.key in asked] or [one.key for one in known]
    due = working_days_after(today + PROPOSED, 0, _holidays(found.organisation, today, today + PROPOSED))
    return {"due": due, "questions": first[:PROPOSED_QUESTIONS]}


def own_question(text: str) -> NewQuestion:
    wording = {"ask": text, "explanation": "", "why": "", "good_answer": [], "before": "", "core": False}
    return NewQuestion("own", wording)


def warning(organisation: Organisation, asked: Sequence[Committee], due: date, today: date) -> Context | None:
    """Who has no meeting before the deadline, and how many working days there are until it."""
    meetings = queries.next_meetings(asked, today)
    without = [one for one in asked if one.pk not in meetings or meetings[one.pk] > due]
    if not without:
        return None
    days = working_days_between(today, due, _holidays(organisation, today, due))
    return {"without": without, "count": len(without), "asked": len(asked), "due": due, "days": days}


# --- the sheet of replies --------------------------------------------------------------------------------


def replies(found: Sending, viewer: Viewer, view: str, area: str, question: str, language: str) -> Context:
    """The sheet: by committee, or all answers to one question under one another."""
    sheet = queries.sheet(found, viewer.today)
    base = reverse("dialogue:replies", args=[viewer.organisation.slug, found.ref])
    one = next((one for one in sheet.questions if one.ref == question), sheet.questions[0])
    by_question = view == "question"
    return {
        **_item_page(found.item, viewer, _("Replies")),
        **_standing(found, viewer),
        "sheet": sheet,
        "replied_words": words.replied(len(sheet.replied), len(sheet.rows)),
        "chart": chart_of(sheet, language) if sheet.replied else None,
        "by_question": by_question,
        "tabs": [
            {"title": _("By committee"), "url": base, "current": not by_question},
            {"title": _("By question"), "url": f"{base}?view=question", "current": by_question},
        ],
        "question": one,
        "filter": ReadByQuestion(
            initial={"view": "question", "question": one.ref, "area": area}, sheet=sheet, auto_id="read_%s"
        ),
        "said": _said(sheet, one, area) if by_question else [],
        "silent": [(row, row.call) for row in sheet.silent],
        "groups": [] if by_question else _groups(sheet),
        "may_close": found.closed_at is None and PERMISSIONS.allows("close_replies", viewer, found),
        "warning": None
        if found.closed_at or viewer.today > found.due
        else warning(
            found.organisation, [row.asked.committee for row in sheet.silent], found.due, viewer.today
        ),
        "sheet_language": language,
    }


def _said(sheet: Sheet, question: SentQuestion, area: str) -> list[Said]:
    return [
        Said(
            row,
            reply,
            str(words.POSITIONS[answer.position]),
            answer.text,
            queries.is_late(sheet.sending, reply),
        )
        for row in sheet.of_area(area)
        for reply in row.replies
        if (answer := queries.answer_to(reply, question))
    ]


def _groups(sheet: Sheet) -> list[Context]:
    """The committees area by area, with how each replied."""
    groups = []
    for area in sheet.areas:
        rows = sheet.of_area(area.ref)
        count = sum(row.newest is not None for row in rows)
        lines = [(row, _how(row.newest) if row.newest else "") for row in rows]
        late = {row.asked.pk for row in rows if row.newest and queries.is_late(sheet.sending, row.newest)}
        groups.append({"area": area, "state": words.replied(count, len(rows)), "lines": lines, "late": late})
    return groups


def _how(reply: Reply) -> str:
    return words.how(reply.way, reply.held_on, reply.took_part)


# --- one committee's reply -------------------------------------------------------------------------------


def reply(found: Asked, viewer: Viewer) -> Context:
    """The committee's own page: what it is asked, what it replied, and what it can do."""
    sending = found.sending
    replies = queries.replies_of(found)
    questions = queries.questions_of(sending)
    newest = replies[-1] if replies else None
    return {
        **_asked_page(found, viewer),
        "questions": questions,
        "newest": newest,
        "replies": [
            {
                "reply": one,
                "how": _how(one),
                "late": queries.is_late(sending, one),
                "answers": [
                    (question, answer, words.POSITIONS[answer.position])
                    for question in questions
                    if (answer := queries.answer_to(one, question))
                ],
            }
            for one in reversed(replies)
        ],
        "may_reply": PERMISSIONS.allows("give_reply", viewer, found),
        "may_enter": PERMISSIONS.allows("enter_paper_reply", viewer, found),
        "may_take_up": found.item is None
        and not newest
        and PERMISSIONS.allows("take_up_what_was_sent", viewer, found),
        "own_item": found.item if found.item and confidential.may_read(viewer, found.item) else None,
    }


def give_reply(found: Asked, viewer: Viewer, newest: Reply | None) -> Context:
    sending = found.sending
    frozen = sending.closed_at is not None or viewer.today > sending.due
    return {
        **_asked_page(found, viewer, _("Reply")),
        "newest": newest,
        "kept_beside": frozen and bool(newest),
    }


def proposed_reply(found: Asked, viewer: Viewer) -> Context:
    """The day of the last meeting since it was sent down: to be corrected. How many came is not known."""
    sent_on = day_in(found.organisation, found.sending.sent_at)
    rows = dialogue.meetings_to_come(sent_on).filter(
        committee=found.committee, on__lte=viewer.today, cancelled_at=None
    )
    last = rows.order_by("-on").first()
    return {"way": Reply.Way.MEETING, "held_on": last.on if last else viewer.today}


def enter_paper(found: Asked, viewer: Viewer, newest: Reply | None) -> Context:
    """The form, or the reply that is there already."""
    return {
        **reply(found, viewer),
        **_asked_page(found, viewer, _("Enter a paper")),
        "refused": bool(newest and not newest.entered),
        "correcting": bool(newest and newest.entered),
    }


def take_up(found: Asked, viewer: Viewer) -> Context:
    return _asked_page(found, viewer, _("Put it on our agenda"))


def hand_in_to(asked: Asked, on: date) -> str:
    """Who can enter a paper: the secretary in between, the one who asks, the workplace's manager; where there
    is none of them, somebody who runs the committee itself."""
    found_in, above = asked.committee, [asked.sending.item.committee]
    if found_in.parent and found_in.parent_id != above[0].pk:
        above.insert(0, found_in.parent)
    seats = queries.running_seats([one.pk for one in above], on)
    found = [
        f"{seat.person} ({one.name})"
        for one in above
        for seat in seats.get(one.pk, ())
        if seat.kind == "secretary"
    ]
    found += [", ".join(part for part in (str(one), one.title) if part) for one in _managers(found_in, on)]
    own = [f"{one} ({found_in.name})" for one in queries.those_to_call([found_in], on).get(found_in.pk, [])]
    return "; ".join(found or own[:1]) or "–"


def find_sheet(viewer: Viewer, code: str) -> Context:
    regime = regimes.in_force(viewer.organisation, viewer.today)
    known = queries.asked_by_code(code) if code else []
    return {
        "code": code,
        "found": [one for one in known if PERMISSIONS.allows("see_replies", viewer, one)],
        "breadcrumbs": [*trail(viewer, regime.words), {"title": _("Enter a paper")}],
    }


# --- what other pages of the room show ---------------------------------------------------------------------


def on_the_items_page(found: Item, viewer: Viewer) -> Context:
    """The summary of replies, the way to send it down, and the page to reply on, for an item's page."""
    sendings = queries.sendings_about(found)
    may = PERMISSIONS.allows("send_down", viewer, found) and found.status != Item.Status.WITHDRAWN
    has_below = may and Committee.objects.filter(parent=found.committee_id).exists()
    asked = None if found.initiative_id else queries.asked_as(found)
    return {
        "sendings": [_state(one) for one in sendings],
        "may_send_down": has_below,
        "answers_question_from": asked,
    }


def on_the_committees_page(found: Committee, viewer: Viewer) -> Context:
    """What a committee is asked and has not replied to, and what it has sent down itself."""
    sent = queries.sendings_of(found, viewer).order_by("due")
    return {
        "to_reply": list(queries.waiting_in([found.pk], viewer)),
        "sent_down": [_state(one) for one in sent],
    }


# --- helpers -----------------------------------------------------------------------------------------------


def _managers(found: Committee, on: date) -> list[Person]:
    led = Role.objects.filter(kind=Role.Kind.LINE_MANAGER, unit=found.unit_id, person__left_on=None)
    return (
        [role.person for role in current(led, on).select_related("person").order_by("pk")]
        if found.unit_id
        else []
    )


def _state(counted: Any) -> tuple[Sending, str]:
    """A sending with how many of those asked have replied, as it was counted along with it."""
    return counted, words.replied(counted.replied_count, counted.asked_count)


def _standing(found: Sending, viewer: Viewer) -> Context:
    days = working_days_between(
        viewer.today, found.due, _holidays(found.organisation, viewer.today, found.due)
    )
    return {
        "sending": found,
        "deadline": words.deadline(found.due, days if viewer.today <= found.due else -1),
        "over": viewer.today > found.due,
    }


def _item_page(found: Item, viewer: Viewer, title: str) -> Context:
    regime = regimes.as_read(found.regime, found.organisation)
    url = reverse("dialogue:item", args=[viewer.organisation.slug, found.ref])
    return {
        "item": found,
        "words": regime.words,
        "model_language": found.model.language if found.model else found.organisation.language,
        "breadcrumbs": [
            *trail(viewer, regime.words, found.committee),
            {"title": found.title, "url": url},
            {"title": title},
        ],
    }


def _asked_page(found: Asked, viewer: Viewer, title: str = "") -> Context:
    sending = found.sending
    slug = viewer.organisation.slug
    own = {"title": found.committee.name, "url": reverse("dialogue:reply", args=[slug, found.ref])}
    page = _item_page(sending.item, viewer, capfirst(_("Replies")))
    trail = [
        *page["breadcrumbs"][:-1],
        {"title": _("Replies"), "url": reverse("dialogue:replies", args=[slug, sending.ref])},
        *([own, {"title": title}] if title else [{"title": found.committee.name}]),
    ]
    return {**page, **_standing(sending, viewer), "asked": found, "breadcrumbs": trail, "page_title": title}


def _holidays(organisation: Organisation, start: date, end: date) -> frozenset[date]:
    years = range(min(start, end).year, max(start, end).year + 1)
    return holidays_of(organisation.country, years)
