"""Signing the minutes of a whole meeting in one press, with what one will not sign left out."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspil.dialogue import signing
from samspil.dialogue.actions import approve_minutes, release_minutes
from samspil.dialogue.minutes.models import Reservation
from samspil.dialogue.minutes.whole import VERBS, Line, whole
from samspil.dialogue.models import Meeting, Signature
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.sealing import sealed
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation import journal
from samspil.organisation.viewer import Viewer

LONGEST = 300


@transaction.atomic
def release_meeting(
    *, meeting: Meeting, sha256: str, left_out: Mapping[str, str], by: Viewer, at: datetime
) -> str:
    """Release every text of a meeting that waits for this person, but those left out with a sentence why.

    `sha256` is the meeting's hash as it was read; `left_out`: an item's ref -> why. Tells the hash.
    """
    PERMISSIONS.require("release_meeting", by, meeting)
    return _sign(signing.RELEASE, meeting, sha256, left_out, None, by, at)


@transaction.atomic
def approve_meeting(
    *,
    meeting: Meeting,
    sha256: str,
    left_out: Mapping[str, str],
    at_meeting: Meeting | None = None,
    by: Viewer,
    at: datetime,
) -> str:
    """Approve every text of a meeting that waits for this person; `at_meeting`: the one where it was done."""
    PERMISSIONS.require("approve_meeting", by, meeting)
    if at_meeting:
        _check_later(at_meeting, meeting, by.today)
    return _sign(signing.APPROVE, meeting, sha256, left_out, at_meeting, by, at)


def _check_later(chosen: Meeting, meeting: Meeting, today: date) -> None:
    held = chosen.cancelled_at is None and meeting.on < chosen.on <= today
    if chosen.committee_id != meeting.committee_id or not held:
        raise Refused(
            _("Minutes are approved at a later meeting of the same committee. Choose one that was held."),
            "at_meeting",
        )


def _sign(
    act: str,
    meeting: Meeting,
    sha256: str,
    left_out: Mapping[str, str],
    at_meeting: Meeting | None,
    by: Viewer,
    at: datetime,
) -> str:
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    found = whole(meeting, by)
    if found.sha256 != sha256:
        raise ChangedMeanwhile(
            _("A text was changed after you opened the page. Read it again before you sign."),
            sha256,
            found.sha256,
        )
    mine = found.mine(act, by)
    if not mine:
        raise Refused(_("Nothing waits for your signature here. You have signed it already."))
    for line in mine:
        if line.item.ref in left_out:
            _leave_out(line, act, left_out[line.item.ref], by, at)
        else:
            _keep(line, act, at_meeting, by, at)
    facts: dict[str, Any] = {
        "committee": meeting.committee.name,
        "on": meeting.on.isoformat(),
        "items": sum(line.item.ref not in left_out for line in mine),
        "left_out": sum(line.item.ref in left_out for line in mine),
        "sha256": sha256,
    }
    journal.append(VERBS[Signature.Act(act)], thing=meeting.ref, facts=facts, by=by, at=at)
    return sha256


def _keep(line: Line, act: str, at_meeting: Meeting | None, by: Viewer, at: datetime) -> None:
    assert line.minutes is not None  # noqa: S101 - only a written text has a place to sign
    sign = release_minutes if act == signing.RELEASE else approve_minutes
    kept = sign(item=line.item, sha256=line.minutes.sha256, by=by, at=at)
    if at_meeting:
        Signature.objects.filter(pk=kept.pk).update(at_meeting=at_meeting)


def _leave_out(line: Line, act: str, because: str, by: Viewer, at: datetime) -> None:
    place = line.place(act, by)
    assert place is not None and line.minutes is not None  # noqa: S101, PT018 - it is one of mine
    if not because.strip():
        raise Refused(_("Write in a sentence why you leave this one out."), f"because_{line.item.ref}")
    why = because.strip()[:LONGEST]
    Reservation.objects.update_or_create(
        organisation=by.organisation,
        minutes=line.minutes,
        act=act,
        as_kind=place.kind,
        union=place.union,
        defaults={"person": by.person, "because": why, "noted_on": by.today},
    )
    facts = {"title": line.item.title, "because": why, "seat": place.kind, **sealed(line.item)}
    journal.append("dialogue.minutes_left_unsigned", thing=line.item.ref, facts=facts, by=by, at=at)
