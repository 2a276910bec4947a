"""What the pages of a meeting's minutes show, and the form on which all of it is signed."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.dialogue import pages, signing, words
from samspil.dialogue import regime as regimes
from samspil.dialogue.minutes.actions import LONGEST
from samspil.dialogue.minutes.whole import Line, Whole, may_read_minutes, noted, whole
from samspil.dialogue.models import Meeting
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.record import Record
from samspil.organisation.viewer import Viewer

Context = dict[str, Any]


class SignForm(forms.Form):
    """For each item a tick to leave it out, and why; for approving, the meeting at which it was done."""

    def __init__(self, *args: Any, lines: Sequence[Line], later: Sequence[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.later = {one.ref: one for one in later}
        self.refs = [line.item.ref for line in lines]
        for line in lines:
            self.fields[f"out_{line.item.ref}"] = forms.BooleanField(
                label=gettext_lazy("I leave this one out"), required=False
            )
            self.fields[f"because_{line.item.ref}"] = forms.CharField(
                label=gettext_lazy("Why?"), required=False, max_length=LONGEST
            )
        if later:
            self.fields["at_meeting"] = forms.ChoiceField(
                label=gettext_lazy("Approved at a meeting?"),
                required=False,
                choices=[
                    ("", gettext_lazy("No, by signing here")),
                    *((one.ref, words.day(one.on)) for one in later),
                ],
            )

    def chosen(self) -> Context:
        typed = self.cleaned_data
        left_out = {ref: typed[f"because_{ref}"] for ref in self.refs if typed[f"out_{ref}"]}
        at_meeting = self.later.get(typed.get("at_meeting", ""))
        return {"left_out": left_out, **({"at_meeting": at_meeting} if self.later else {})}

    def of(self, line: Line) -> tuple[forms.BoundField, forms.BoundField]:
        return self[f"out_{line.item.ref}"], self[f"because_{line.item.ref}"]


def whole_page(found: Meeting, viewer: Viewer) -> Context:
    read = whole(found, viewer)
    may = {name: PERMISSIONS.allows(name, viewer, found) for name in ("release_meeting", "approve_meeting")}
    return {
        **_about(read, viewer),
        "to_release": may["release_meeting"] and read.mine(signing.RELEASE, viewer),
        "to_approve": may["approve_meeting"] and read.mine(signing.APPROVE, viewer),
        "noted": noted(read),
    }


def sign_page(read: Whole, form: SignForm, act: str, viewer: Viewer) -> Context:
    mine = read.mine(act, viewer)
    place = mine[0].place(act, viewer) if mine else None
    return {
        **_about(read, viewer),
        "form": form,
        "rows": [(line, line.kept, _order(line), *form.of(line)) for line in mine],
        "releasing": act == signing.RELEASE,
        "place": place,
    }


def _order(line: Line) -> str:
    return str(words.ORDERS.get(line.kept.order, "")) if line.kept else ""


def _read_by(viewer: Viewer, read: Whole) -> Iterator[tuple[Line, Record | None]]:
    for line in read.lines:
        yield line, line.kept if may_read_minutes(line, viewer) else None


def _about(read: Whole, viewer: Viewer) -> Context:
    meeting = read.meeting
    regime = regimes.in_force(viewer.organisation, meeting.on)
    title = f"{capfirst(str(regime.words['minutes']))}, {words.day(meeting.on)}"
    return {
        "meeting": meeting,
        "words": regime.words,
        "title": title,
        "whole": read,
        "lines": [
            (line, kept, words.STATUSES[line.status], _order(line)) for line, kept in _read_by(viewer, read)
        ],
        "breadcrumbs": pages.meeting_crumbs(viewer, regime.words, meeting, _("The whole meeting")),
    }
