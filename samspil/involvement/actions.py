"""What people do with what was said. Each action: permission, facts, consequences, journal."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspil.core import consultation as core
from samspil.initiative import evidence, figures
from samspil.initiative.models import Initiative, Thing
from samspil.initiative.things import new_thing
from samspil.involvement import queries
from samspil.involvement.models import SMALLEST_GROUP, Consultation, Statement
from samspil.involvement.permissions import PERMISSIONS
from samspil.involvement.results import actions as results
from samspil.involvement.results import kept_votes
from samspil.involvement.results.sources import HeldElsewhere
from samspil.involvement.sealing import sealed_facts
from samspil.kit.refusal import Refused
from samspil.organisation import journal
from samspil.organisation.viewer import Viewer

BATCH = 500


@transaction.atomic
def import_consultation(
    *,
    initiative: Initiative,
    consultation: core.Consultation,
    source: str,
    input_sha256: str,
    title: str = "",
    language: str = "",
    held_until: date | None = None,
    smallest_group: int = SMALLEST_GROUP,
    by: Viewer,
    at: datetime,
) -> Consultation:
    """Let a finished consultation stand on an initiative, with every statement a thing that can be cited.

    The same input a second time changes nothing and gives back what stands there.
    """
    PERMISSIONS.require("import_consultation", by, initiative)
    here = Consultation.objects.filter(initiative=initiative, input_sha256=input_sha256).first()
    if here:
        return here
    if smallest_group < SMALLEST_GROUP:
        raise Refused(
            _("Groups of fewer than five are never shown. Choose five or more."), field="smallest_group"
        )
    kept = Consultation.objects.create(
        organisation=by.organisation,
        thing=new_thing(by.organisation, "consultation"),
        initiative=initiative,
        title=title or consultation.title or source,
        language=language,
        source=source,
        input_sha256=input_sha256,
        held_until=held_until,
        participants=len(consultation.participants),
        votes=len(consultation.votes),
        smallest_group=smallest_group,
        notes=[[note.kind, dict(note.figures)] for note in consultation.notes],
        imported_at=at,
        imported_by=by.person,
    )
    _keep_statements(kept, consultation.statements)
    _push_figures(kept, held_until or by.today, by, at)
    kept_votes.keep(kept, consultation.votes, by, at)
    results.order(HeldElsewhere(kept), at)
    evidence.refresh([initiative], at)
    facts = sealed_facts(kept, kept.statements.all())
    journal.append("involvement.consultation_imported", thing=kept.ref, facts=facts, by=by, at=at)
    return kept


def _push_figures(consultation: Consultation, on: date, by: Viewer, at: datetime) -> None:
    """What too few answered is not on the board either: too few persons are unknown, their votes left out."""
    told = {
        "consultation_participants": (consultation.shown_participants, "persons"),
        "consultation_statements": (consultation.statements.count(), "statements"),
        "consultation_votes": (queries.shown_votes(consultation), "votes"),
    }
    n, source = consultation.shown_participants, consultation.source
    for key, (value, unit) in told.items():
        figures.push(consultation.thing, key, value, unit, on=on, source=source, n=n, by=by, at=at)


def _keep_statements(consultation: Consultation, statements: Iterable[core.Statement]) -> None:
    said = list(statements)
    where = consultation.organisation
    things = Thing.objects.bulk_create(
        [Thing(organisation=where, kind="statement") for _one in said], batch_size=BATCH
    )
    rows = [
        Statement(
            organisation=where,
            thing=thing,
            consultation=consultation,
            number=str(one.id),
            text=one.text,
            moderated=one.moderation.value,
            agree=one.agree,
            disagree=one.disagree,
            passed=one.passed,
        )
        for one, thing in zip(said, things, strict=True)
    ]
    Statement.objects.bulk_create(rows, batch_size=BATCH)
