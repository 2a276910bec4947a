"""What secret rounds ask of those who hold their keys, stand in for them or open the round."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.kit.room import Waiting
from samspil.organisation.models import Person
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


def for_deputies(viewer: Viewer) -> Iterator[Waiting]:
    """That they stand in, as long as the keys are not tried: then two of the three are enough."""
    rows = Holder.objects.filter(
        deputy=viewer.person, urn__state=Urn.State.PREPARING, urn__drilled_at__isnull=True
    )
    for one in rows.select_related("person", "urn__round__organisation", "urn__round__thing"):
        round_ = one.urn.round
        page = reverse("participation:urn", args=[round_.organisation.slug, round_.ref])
        said = _("You are deputy for %(name)s, only if they can't") % {"name": one.person or "–"}
        yield Waiting(round_.title, page, said, round_.opens_on)


def for_organisers(viewer: Viewer) -> Iterator[Waiting]:
    """A round to open: its keys are made and tried."""
    assert viewer.person is not None  # noqa: S101 - whoever has a first page
    tried = Urn.objects.filter(state=Urn.State.PREPARING, drilled_at__isnull=False)
    for urn in tried.filter(_run_by(viewer.person)).select_related("round__organisation", "round__thing"):
        round_ = urn.round
        page = reverse("participation:round", args=[round_.organisation.slug, round_.ref])
        yield Waiting(round_.title, page, _("Open the round"), round_.opens_on)


def _run_by(person: Person) -> Q:
    """Whoever planned it; where they are gone, those who run the initiative."""
    gone = Q(round__planned_by=None) | Q(round__planned_by__left_on__isnull=False)
    runs = Q(round__initiative__owner=person) | Q(round__initiative__lead=person)
    return Q(round__planned_by=person) | (gone & runs)
