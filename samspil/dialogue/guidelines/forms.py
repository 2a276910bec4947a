"""What people fill in about procedure guidelines."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.dialogue import words
from samspil.dialogue.guidelines.models import PromisedDiscussion
from samspil.dialogue.guidelines.proposing import NewDiscussion
from samspil.dialogue.guidelines.terms import KindOf
from samspil.dialogue.models import Item
from samspil.dialogue.questions import PHASES
from samspil.initiative.words import PHASES as PHASE_WORDS
from samspil.initiative.words import STEP_KINDS
from samspil.organisation.models import Committee

NEW = "new"
RIGHT_ONE = _("The right committee for each initiative")


class ProposeGeneral(forms.Form):
    kind = forms.ChoiceField(label=_("What is it about?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, kinds: Sequence[KindOf], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one.key, f"{one.title}: {one.explanation}") for one in kinds]  # type: ignore[attr-defined]


class ChangeGuideline(forms.Form):
    """The draft on one page: its words, then each promised discussion, then an empty one to add."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=300)
    purpose = forms.CharField(
        label=_("What is it for?"), required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )
    taking_part = forms.CharField(
        label=_("Who takes part?"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )
    follow_up = forms.CharField(
        label=_("How is it followed up?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )

    def __init__(
        self,
        *args: Any,
        discussions: Sequence[PromisedDiscussion],
        committees: Sequence[Committee],
        general: bool,
        **kwargs: Any,
    ) -> None:
        self.discussions = {one.ref: one for one in discussions}
        self.committees = {one.ref: one for one in committees}
        kwargs["initial"] = self._promised() | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        for ref in [*self.discussions, NEW]:
            self._ask_about(ref, general)

    def promised(self) -> list[NewDiscussion]:
        """The discussions as they are to stand; what is ticked to go is left out."""
        kept = [ref for ref in self.discussions if not self.cleaned_data[f"gone_{ref}"]]
        added = [NEW] if self.cleaned_data[f"phase_{NEW}"] else []
        return [self._discussion(ref) for ref in [*kept, *added]]

    def rows(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of each discussion under its heading; the empty one comes last."""
        names = ("phase", "before", "committee", "by", "topics", "gone")
        return [
            (
                self._heading(ref),
                [self[f"{name}_{ref}"] for name in names if f"{name}_{ref}" in self.fields],
            )
            for ref in [*self.discussions, NEW]
        ]

    def _heading(self, ref: str) -> str:
        if ref == NEW:
            return str(_("Another discussion"))
        one = self.discussions[ref]
        phase = str(PHASE_WORDS.get(one.phase, ""))
        return " · ".join(filter(None, [phase, one.committee.name if one.committee else ""]))

    def _discussion(self, ref: str) -> NewDiscussion:
        data, before = self.cleaned_data, self.discussions.get(ref)
        committee = self.committees.get(data[f"committee_{ref}"])
        by = data[f"by_{ref}"]
        same = before is not None and before.by == by and before.committee == committee
        return NewDiscussion(
            phase=data[f"phase_{ref}"],
            before=data[f"before_{ref}"],
            committee=committee,
            by=by,
            request_by=before.request_by if same and before else None,
            meeting=before.meeting if same and before else None,
            topics=data[f"topics_{ref}"],
        )

    def _promised(self) -> dict[str, Any]:
        return {
            f"{name}_{ref}": value
            for ref, one in self.discussions.items()
            for name, value in {
                "phase": one.phase,
                "before": one.before,
                "committee": one.committee.ref if one.committee else "",
                "by": one.by,
                "topics": one.topics,
            }.items()
        }

    def _ask_about(self, ref: str, general: bool) -> None:
        new = ref == NEW
        phases = [(one, PHASE_WORDS[one]) for one in PHASES]
        committees = [(one.ref, one.name) for one in self.committees.values()]
        self.fields[f"phase_{ref}"] = forms.ChoiceField(
            label=_("In which phase?"),
            choices=[("", _("None: add nothing") if new else _("Whatever the phase")), *phases],
            required=False,
        )
        self.fields[f"before_{ref}"] = forms.ChoiceField(
            label=_("Before which binding step?"),
            choices=[("", _("No step in particular")), *STEP_KINDS.items()],
            required=False,
        )
        self.fields[f"committee_{ref}"] = forms.ChoiceField(
            label=_("Where?"),
            choices=[*([("", RIGHT_ONE)] if general else []), *committees],
            required=False,
        )
        self.fields[f"by_{ref}"] = forms.DateField(
            label=_("By which day?"), widget=forms.DateInput, required=False
        )
        self.fields[f"topics_{ref}"] = forms.CharField(
            label=_("On what?"),
            help_text=_("One topic a line."),
            widget=forms.Textarea(attrs={"rows": 6}),
            required=False,
            max_length=4000,
        )
        if not new:
            self.fields[f"gone_{ref}"] = forms.BooleanField(
                label=_("Take this discussion out"), required=False
            )


class AgreeGuideline(forms.Form):
    """Which item agreed it, and from when it holds."""

    item = forms.ChoiceField(label=_("In which item was it agreed?"), widget=forms.RadioSelect)
    holds_from = forms.DateField(
        label=_("From which day does it hold?"),
        help_text=_("Leave it empty, and it holds from the day of the meeting."),
        widget=forms.DateInput,
        required=False,
    )

    def __init__(self, *args: Any, items: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [(one.ref, _item_words(one)) for one in items]  # type: ignore[attr-defined]


class AgreedElsewhere(forms.Form):
    agreed_on = forms.DateField(label=_("When was it agreed?"), widget=forms.DateInput)
    agreed_by = forms.CharField(
        label=_("Who agreed to it?"),
        help_text=_("Names or seats of both sides, as the text says."),
        max_length=300,
    )
    holds_from = forms.DateField(
        label=_("From which day does it hold?"),
        help_text=_("Leave it empty, and it holds from the day it was agreed."),
        widget=forms.DateInput,
        required=False,
    )
    file = forms.FileField(
        label=_("The file with the text"), required=False, help_text=_("PDF or Word, up to 10 MB.")
    )


class TerminateGuideline(forms.Form):
    side = forms.ChoiceField(label=_("Which side gives notice?"), widget=forms.RadioSelect)
    notice_on = forms.DateField(label=_("On which day was notice given?"), widget=forms.DateInput)
    ends_on = forms.DateField(
        label=_("The last day on which it holds"), widget=forms.DateInput, required=False
    )
    because = forms.CharField(label=_("Why?"), required=False, max_length=300)

    def __init__(
        self, *args: Any, sides: Sequence[tuple[str, str]], months: int | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["side"].choices = sides  # type: ignore[attr-defined]
        self.fields["ends_on"].required = months is None
        if months is not None:
            self.fields["ends_on"].help_text = _(
                "Leave it empty, and the notice is %(months)s months from the day it was given."
            ) % {"months": months}


def _item_words(item: Item) -> str:
    day = f" · {words.day(item.meeting.on)}" if item.meeting else ""
    return f"{item.title}{day} · {words.STATUSES[item.status]}"
