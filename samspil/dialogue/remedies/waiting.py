"""What waits for a person in requests: an answer that is owed, or an answer to be read."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.dialogue.remedies import queries
from samspil.dialogue.remedies.closed import title_for
from samspil.dialogue.remedies.permissions import owes_the_answer, speaks_for_the_staff_side
from samspil.kit.room import Waiting
from samspil.organisation.viewer import Viewer


def waiting_for(viewer: Viewer) -> Iterator[Waiting]:
    """Open cases in the viewer's committees, where the next word is theirs."""
    if not viewer.committee_ids:
        return
    open_cases = queries.rows().filter(closed_on=None).order_by("raised_on", "pk")
    for case in open_cases:
        step = queries.present_step(case)
        url = reverse("dialogue:remedy", args=[viewer.organisation.slug, case.ref])
        if step.is_owed and owes_the_answer.test(viewer, case):
            yield Waiting(title_for(viewer, case), url, _("Answer the staff side's request"), step.due)
        elif step.answered_on and speaks_for_the_staff_side.test(viewer, case):
            yield Waiting(case.title, url, _("Read the answer, and say how the case goes on"), None)
