"""Ordering a dossier, and making it in the worker.

It is read in one moment, written outside any transaction, and kept in a second one: nobody waits for it.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from samspil.dialogue.dossier import making, reading
from samspil.dialogue.dossier.models import Dossier
from samspil.dialogue.permissions import PERMISSIONS
from samspil.initiative import queries as hall
from samspil.initiative.models import Initiative
from samspil.kit import jobs
from samspil.organisation import journal
from samspil.organisation.models import Erasure, Organisation, Person, PublishedHead
from samspil.organisation.scope import scope
from samspil.organisation.viewer import Viewer, operator_of, viewer_of

WORK = "make_dossier"
GIVEN_UP = timedelta(hours=1)  # a dossier that is still not made by then is not waited for
IN_ENGLISH = "en"


class ErasedMeanwhile(RuntimeError):  # noqa: N818 - says what happened
    """What was read may hold a name that is to be nowhere by now."""


@transaction.atomic
def order_dossier(*, initiative: Initiative, language: str, by: Viewer, at: datetime) -> Dossier:
    """Have the dossier of an initiative made, of all that this person may read. Whoever asks twice while it
    is being made gets the same. `language`: English or the organisation's own."""
    PERMISSIONS.require("order_dossier", by, initiative)
    Initiative.objects.select_for_update().get(pk=initiative.pk)  # orders come one after the other
    native = by.organisation.language
    chosen = IN_ENGLISH if language == IN_ENGLISH else native
    waiting = Dossier.objects.filter(
        initiative=initiative,
        ordered_by=by.person,
        language=chosen,
        made_at=None,
        ordered_at__gt=at - GIVEN_UP,
    ).first()
    if waiting:
        return waiting
    ordered = Dossier.objects.create(
        organisation=by.organisation,
        initiative=initiative,
        language=chosen,
        ordered_by=by.person,
        ordered_at=at,
    )
    number = Dossier.objects.filter(initiative=initiative).count()
    payload = {"organisation": by.organisation.ref, "initiative": initiative.ref}
    jobs.add(WORK, f"{initiative.ref}-{number}", payload, at)
    facts = {"title": initiative.title}
    journal.append("dialogue.dossier_ordered", thing=initiative.ref, facts=facts, by=by, at=at)
    return ordered


def make_ordered(payload: Mapping[str, Any], at: datetime) -> None:
    """What the worker does: every dossier of an initiative that was ordered and is not made; doing it twice
    makes each once. One whose person has left or lost the right in between is not made."""
    with scope(Organisation.objects.get(ref=payload["organisation"])):
        initiative = hall.initiative(payload["initiative"])
        waiting = Dossier.objects.filter(initiative=initiative, made_at=None).select_related("organisation")
        for ordered in waiting.order_by("pk"):
            by = _viewer(ordered, at)
            if initiative and by and PERMISSIONS.allows("order_dossier", by, initiative):
                _make(ordered, initiative, by, at)


def _make(ordered: Dossier, initiative: Initiative, by: Viewer, at: datetime) -> None:
    erasures = Erasure.objects.count()
    gathered = reading.read(initiative, by, ordered.language)
    _keep(ordered, initiative, gathered, making.make(gathered), erasures, by, at)


def _viewer(ordered: Dossier, at: datetime) -> Viewer | None:
    if ordered.ordered_by_id is None:
        return operator_of(ordered.organisation, at)
    person = Person.objects.select_related("organisation").get(pk=ordered.ordered_by_id)
    return None if person.left_on or person.erased_at else viewer_of(person, at)


@transaction.atomic
def _keep(
    ordered: Dossier,
    initiative: Initiative,
    gathered: reading.Gathered,
    made: making.Made,
    erasures: int,
    by: Viewer,
    at: datetime,
) -> None:
    """The file beside its hash, and the hash in the journal, where nobody changes it unnoticed. The head
    that goes out with the file is published from then on."""
    kept = Dossier.objects.select_for_update().filter(pk=ordered.pk, made_at=None).first()
    if kept is None:
        return
    if Erasure.objects.count() != erasures:
        raise ErasedMeanwhile("Somebody was erased while it was being made; it is made once more.")
    kept.made_at, kept.data, kept.size = at, made.content, len(made.content)
    kept.package_sha256, kept.file_sha256 = made.package_sha256, made.file_sha256
    kept.items_in_it = gathered.items
    kept.save()
    head = gathered.facts["journal"]["head"]
    PublishedHead.objects.create(
        organisation=by.organisation, **head, published_at=at, where=f"dossier {kept.ref}"
    )
    facts = {
        "title": initiative.title,
        "package_sha256": made.package_sha256,
        "file_sha256": made.file_sha256,
    }
    journal.append("dialogue.dossier_made", thing=initiative.ref, facts=facts, by=by, at=at)
