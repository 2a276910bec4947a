"""What the keys of secret rounds ask of their holders, for their first page."""

from collections.abc import Iterator

from samspil.kit.room import Waiting
from samspil.organisation.viewer import Viewer
from samspil.participation.urn import pages
from samspil.participation.urn.models import Holder, Urn

WANTED = (Urn.State.PREPARING, Urn.State.EXPORTED)  # the key is made and tried, or opens the urn


def for_holders(viewer: Viewer) -> Iterator[Waiting]:
    """A key to make, to try or to open with; in a number of questions that does not grow with the rounds."""
    rows = Holder.objects.filter(person=viewer.person, urn__state__in=WANTED)
    rows = rows.select_related("urn__round__organisation", "urn__round__thing")
    for own in rows.prefetch_related("urn__holders__person"):
        urn, round_ = own.urn, own.urn.round
        if urn.state == Urn.State.PREPARING and urn.drilled_at:
            continue  # whoever has not tried theirs may, and need not
        next_ = pages.doing(urn, own, list(urn.holders.all()), viewer)
        if next_ and next_.url:
            due = round_.opens_on if urn.state == Urn.State.PREPARING else round_.closes_on
            yield Waiting(round_.title, next_.url, next_.button, due)
