"""A meeting with a wrong date: what may be put right, and what its dates were."""

from collections.abc import Iterable
from datetime import date, time

from django.utils.translation import gettext_lazy as _

from samspil.dialogue import words
from samspil.dialogue.models import DateCorrection, Meeting, Outcome, Signature
from samspil.kit.refusal import Refused

HAS_BEEN_HELD = _(
    "This meeting has been held, so its day cannot be one to come. Plan another meeting for that day."
)
IS_TO_COME = _(
    "This meeting is still to come, so its day cannot have passed. Record a meeting that was held from the"
    " initiative's page."
)


def check(meeting: Meeting, on: date, today: date) -> None:
    """A correction puts a slip right; it does not hold a meeting, nor undo one that was held."""
    if on == meeting.on:
        raise Refused(_("This is the date it has already. Choose the right one."), "on")
    if is_held(meeting, today) and on > today:
        raise Refused(HAS_BEEN_HELD, "on")
    if not is_held(meeting, today) and on < today:
        raise Refused(IS_TO_COME, "on")
    signed = first_signed_on(meeting)
    if signed and on > signed:
        raise Refused(
            _("Its text was signed on %(day)s, so it was held on that day or earlier.")
            % {"day": words.day(signed)},
            "on",
        )
    if _another_on(meeting, on):
        raise Refused(_("There is a meeting on this day already. Choose another day or time."), "on")


def is_held(meeting: Meeting, today: date) -> bool:
    """Held when its day has passed, or when what came of it is recorded on the day itself."""
    return meeting.on < today or Outcome.objects.filter(meeting=meeting).exists()


def first_signed_on(meeting: Meeting) -> date | None:
    signatures = Signature.objects.filter(minutes__meeting=meeting).order_by("signed_on")
    return signatures.values_list("signed_on", flat=True).first()


def as_first_entered(initiatives: Iterable[int]) -> dict[int, date]:
    """For the meetings that treated these initiatives and were corrected: the date each had at first."""
    treated = Outcome.objects.filter(item__initiative__in=list(initiatives)).values("meeting")
    rows = DateCorrection.objects.filter(meeting__in=treated).order_by("-corrected_at", "-pk")
    return dict(rows.values_list("meeting_id", "before"))


def _another_on(meeting: Meeting, on: date) -> bool:
    if meeting.kind == Meeting.Kind.ELSEWHERE:
        return False
    return taken(meeting.committee_id, on, meeting.starts)


def taken(committee_id: int, on: date, starts: time | None, but: Meeting | None = None) -> bool:
    """Whether a committee has a meeting on a day at a time already; a cancelled one leaves its day free."""
    others = Meeting.objects.filter(committee=committee_id, on=on, starts=starts, cancelled_at=None)
    if but:
        others = others.exclude(pk=but.pk)
    return others.exclude(kind=Meeting.Kind.ELSEWHERE).exists()
