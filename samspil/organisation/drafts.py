"""Drafts: what a person has typed but not sent. They survive a closed browser and an ended sign-in."""

from collections.abc import Mapping
from datetime import datetime

from samspil.kit.refusal import Refused
from samspil.organisation.models import Draft
from samspil.organisation.viewer import Viewer

LONGEST = 60_000


def keep(viewer: Viewer, form: str, typed: Mapping[str, str], at: datetime) -> None:
    """Keep what is typed in a form; typing on replaces it, an emptied form removes it."""
    if not form or len(form) > 200 or sum(map(len, typed.values())) > LONGEST:
        raise Refused("This draft is too long to keep.")
    if not any(value.strip() for value in typed.values()):
        forget(viewer, form)
        return
    Draft.objects.update_or_create(
        person=viewer.person,
        form=form,
        defaults={"organisation": viewer.organisation, "fields": dict(typed), "saved_at": at},
    )


def of(viewer: Viewer, form: str) -> dict[str, str]:
    """What this person had typed in this form, if anything."""
    row = Draft.objects.filter(person=viewer.person, form=form).first()
    return dict(row.fields) if row else {}


def forget(viewer: Viewer, form: str) -> None:
    """The form was sent."""
    Draft.objects.filter(person=viewer.person, form=form).delete()
