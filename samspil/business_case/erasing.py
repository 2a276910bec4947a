"""Forgetting a person in cases: who owned, estimated and changed something goes, also from the history."""

from datetime import datetime

from django.db.models import Q, QuerySet

from samspil.business_case.models import Edit
from samspil.organisation.models import Person

NAMED = ("owner", "estimator")
SAID = ("before", "after")


def edits_about(person: Person) -> "QuerySet[Edit]":
    """What the person changed, and what says that they owned or estimated something."""
    named = Q(*((f"{said}__{name}", person.pk) for said in SAID for name in NAMED), _connector=Q.OR)
    return Edit.objects.filter(Q(by=person) | named).order_by("pk")


def forget_in_edits(person: Person, _at: datetime) -> None:
    for edit in edits_about(person):
        for said in SAID:
            snapshot = getattr(edit, said)
            if snapshot:
                kept = {
                    name: None if snapshot.get(name) == person.pk else snapshot.get(name) for name in NAMED
                }
                setattr(edit, said, {**snapshot, **{name: kept[name] for name in NAMED if name in snapshot}})
        edit.by = None if edit.by_id == person.pk else edit.by
        edit.save(update_fields=["by", *SAID])
