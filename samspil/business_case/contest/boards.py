"""What those affected said, as the boards of the hall see it: cards, texts to search, what waits for whom."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.business_case.contest import queries
from samspil.business_case.contest.models import Answer, Assumption, Remark
from samspil.business_case.contest.words import OUTCOMES, STANCES
from samspil.business_case.models import Part
from samspil.business_case.permissions import PERMISSIONS
from samspil.initiative.models import Thing
from samspil.initiative.queries import ENDED
from samspil.kit.room import Card, Waiting
from samspil.organisation.viewer import Viewer


def remark_cards(refs: Iterable[str], viewer: Viewer) -> dict[str, Card]:
    rows = [one for one in queries.remarks().filter(thing__ref__in=list(refs)) if _sees(viewer, one)]
    return {
        one.ref: Card(one.ref, "remark", _title(one), _page(viewer, one.part, one.ref), str(one.part))
        for one in rows
    }


def answer_cards(refs: Iterable[str], viewer: Viewer) -> dict[str, Card]:
    rows = Answer.objects.filter(thing__ref__in=list(refs))
    rows = rows.select_related("thing", "part__thing", "part__case__initiative__thing")
    return {
        one.ref: Card(
            one.ref,
            "remark_answer",
            one.text[:300],
            _page(viewer, one.part),
            OUTCOMES[Answer.Outcome(one.outcome)],
        )
        for one in rows
        if _sees(viewer, one)
    }


def assumption_cards(refs: Iterable[str], viewer: Viewer) -> dict[str, Card]:
    rows = Assumption.objects.filter(thing__ref__in=list(refs))
    rows = rows.select_related("thing", "part__thing", "part__case__initiative__thing")
    return {
        one.ref: Card(one.ref, "assumption", one.text, _page(viewer, one.part, one.figure), str(one.part))
        for one in rows
        if _sees(viewer, one)
    }


def remark_texts(things: Sequence[Thing]) -> Iterable[tuple[str, str, str]]:
    for one in queries.remarks().filter(thing__in=things).exclude(text=""):
        yield one.ref, one.text[:300], f"{one.text} {one.part} {one.case.title}"


def waiting(viewer: Viewer, _at: datetime) -> Iterator[Waiting]:
    """The answers that a viewer owes; those owed by somebody who left wait for the project lead."""
    if viewer.person is None:
        return
    theirs = Q(owed_by=viewer.person) | Q(part__case__initiative__lead=viewer.person)
    rows = queries.remarks().filter(theirs, due__isnull=False, answer=None)
    for one in rows.exclude(part__case__initiative__phase__in=ENDED).order_by("due", "pk"):
        if queries.who_owes(one) == viewer.person:
            url = reverse("business_case:answer_remark", args=[viewer.organisation.slug, one.ref])
            yield Waiting(str(one.part), url, _("Answer what somebody affected said"), one.due)


def _title(remark: Remark) -> str:
    return remark.text[:300] or str(STANCES[Remark.Stance(remark.stance)])


def _page(viewer: Viewer, part: Part, place: str = "") -> str:
    page = reverse("business_case:part", args=[viewer.organisation.slug, part.ref])
    return f"{page}#{place}" if place else page


def _sees(viewer: Viewer, thing: Remark | Answer | Assumption) -> bool:
    return PERMISSIONS.allows("see_case", viewer, thing)
