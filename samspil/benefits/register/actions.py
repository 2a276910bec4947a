"""What people do with the register. Each action: permission, facts, consequences, journal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from samspil.benefits import queries
from samspil.benefits.keeping import locked, remember
from samspil.benefits.models import Benefit, MapNode, Prerequisite
from samspil.benefits.permissions import PERMISSIONS
from samspil.business_case.models import Part
from samspil.initiative.models import Initiative, Link
from samspil.initiative.things import link, link_because, new_thing
from samspil.kit.refusal import Refused
from samspil.organisation.models import Person
from samspil.organisation.viewer import Viewer

MOST_BENEFITS = 200  # of one initiative
LONGEST_PREREQUISITE = 200


@dataclass(frozen=True)
class Described:
    """What is said of a benefit. `prerequisites`: the kind of each, and its texts."""

    title: str
    worth: str
    measured_as: str
    unit: str
    indicator: str = ""
    harm: bool = False
    source: str = ""
    gains: str = ""
    pays: str = ""
    owner: Person | None = None
    deputy: Person | None = None
    line: Part | None = None
    prerequisites: Mapping[str, Sequence[str]] = field(default_factory=dict)


@transaction.atomic
def register_benefit(
    *, initiative: Initiative, described: Described, because: str = "", by: Viewer, at: datetime
) -> Benefit:
    """Put a benefit, or a dis-benefit, into the register. Its owner is asked to say yes."""
    PERMISSIONS.require("register_benefit", by, initiative)
    last = Benefit.objects.filter(initiative=initiative).aggregate(last=Max("place"))["last"] or 0
    if last >= MOST_BENEFITS:
        raise Refused(_("There are 200 benefits already. Put those together that are measured alike."))
    found = Benefit(
        organisation=by.organisation,
        thing=new_thing(by.organisation, "benefit"),
        initiative=initiative,
        place=last + 1,
    )
    _describe(found, described)
    found.save()
    _ask_for(found, described.prerequisites)
    MapNode.objects.create(
        organisation=by.organisation, initiative=initiative, kind=MapNode.Kind.BENEFIT, benefit=found
    )
    link(initiative.thing, found.thing, Link.Kind.LED_TO, by, at)
    if found.line:
        link(found.thing, found.line.thing, Link.Kind.RESTS_ON, by, at)
    link_because(because, found.thing, Link.Kind.LED_TO, by, at)
    remember("registered", found, {"owner": str(found.owner or "–")}, by, at, about=[found.owner])
    return found


@transaction.atomic
def change_benefit(
    *, benefit: Benefit, described: Described, version: int, by: Viewer, at: datetime
) -> Benefit:
    """Change what is said of it. A new owner says yes anew; figures have a ledger."""
    PERMISSIONS.require("change_benefit", by, benefit)
    yours = f"{described.title}\n{described.measured_as} ({described.unit})\n{described.owner or ''}"
    kept = locked(benefit, version, yours)
    before, rested_on = kept.owner_id, kept.line
    _stays_comparable(kept, described)
    _stays_as_promised(kept, described)
    _describe(kept, described)
    if kept.owner_id != before:
        kept.accepted_at = None
    kept.version += 1
    kept.save()
    _ask_for(kept, described.prerequisites)
    if rested_on != kept.line:
        _rest_on(kept, rested_on, by, at)
    remember("changed", kept, {"owner": str(kept.owner or "–")}, by, at, about=[kept.owner])
    return kept


@transaction.atomic
def take_out_benefit(*, benefit: Benefit, because: str, by: Viewer, at: datetime) -> None:
    """Take it out of the register. What was promised and measured stays and can be read."""
    PERMISSIONS.require("take_out_benefit", by, benefit)
    kept = locked(benefit)
    if not because.strip():
        raise Refused(_("Write why it is taken out; the reason stays visible."), "because")
    kept.taken_out_at = at
    kept.version += 1
    kept.save()
    remember("taken_out", kept, {"because": because}, by, at)


@transaction.atomic
def accept_benefit(*, benefit: Benefit, version: int | None = None, by: Viewer, at: datetime) -> Benefit:
    """The owner says yes: to the target, to measuring it, and to answering for it.

    `version`: that of the benefit they read; nobody says yes to a target that they have not seen.
    """
    kept = locked(benefit)
    PERMISSIONS.require("answer_for_benefit", by, kept)
    if version is not None and version != kept.version:
        raise Refused(_("This was changed while you read it. Read what is promised now, and answer again."))
    if not kept.targets.exists():
        raise Refused(_("There is no target yet, so there is nothing to say yes to. Set the target first."))
    kept.accepted_at = at
    kept.version += 1
    kept.save()
    remember("accepted", kept, {"owner": str(kept.owner)}, by, at)
    return kept


@transaction.atomic
def decline_benefit(*, benefit: Benefit, because: str, by: Viewer, at: datetime) -> Benefit:
    """The owner says no, with the reason; the benefit is without an owner then."""
    kept = locked(benefit)
    PERMISSIONS.require("answer_for_benefit", by, kept)
    if not because.strip():
        raise Refused(_("Write why, so that another owner or another target can be found."), "because")
    kept.owner, kept.accepted_at = None, None
    kept.version += 1
    kept.save()
    remember("declined", kept, {"because": because}, by, at)
    return kept


@transaction.atomic
def hand_over_benefit(
    *, benefit: Benefit, owner: Person, deputy: Person | None, because: str, by: Viewer, at: datetime
) -> Benefit:
    """Give it to another owner, who says yes anew. Who had it before stays in the journal."""
    PERMISSIONS.require("hand_over_benefit", by, benefit)
    kept = locked(benefit)
    if not because.strip():
        raise Refused(_("Write why it is handed over."), "because")
    _may_own(owner, deputy)
    return hand_over(kept, owner, deputy, because, by, at)


def hand_over(
    benefit: Benefit, owner: Person, deputy: Person | None, because: str, by: Viewer, at: datetime
) -> Benefit:
    """Part of an action: another owner, the same promise."""
    before = benefit.owner
    benefit.owner, benefit.deputy = owner, deputy
    benefit.accepted_at = benefit.accepted_at if before == owner else None
    benefit.version += 1
    benefit.save()
    facts = {"owner": str(owner), "before": str(before or "–"), "because": because}
    remember("handed_over", benefit, facts, by, at, about=[owner, before])
    return benefit


@transaction.atomic
def excuse_benefit(*, benefit: Benefit, because: str, by: Viewer, at: datetime) -> Benefit:
    """Say why it goes live though something is missing; empty takes the reason back. It stays visible."""
    PERMISSIONS.require("excuse_benefit", by, benefit)
    kept = locked(benefit)
    if kept.excuse and not because.strip() and queries.live_on(kept.initiative):
        raise Refused(
            _("It went live for this reason, so it stays. Write another one if it is another."), "because"
        )
    kept.excuse, kept.excused_by = because.strip(), by.person if because.strip() else None
    kept.version += 1
    kept.save()
    remember("excused", kept, {"because": because or "–"}, by, at)
    return kept


@transaction.atomic
def meet_prerequisite(*, prerequisite: Prerequisite, met_on: date, by: Viewer, at: datetime) -> Prerequisite:
    """What had to be there is there."""
    PERMISSIONS.require("change_benefit", by, prerequisite.benefit)
    kept = locked(prerequisite.benefit)
    if met_on > by.today:
        raise Refused(_("This day has not come yet. Choose today or an earlier day."), "met_on")
    prerequisite.met_on = met_on
    prerequisite.save(update_fields=["met_on"])
    facts = {"text": prerequisite.text, "met_on": met_on.isoformat()}
    remember("prerequisite_met", kept, facts, by, at)
    return prerequisite


# --- steps the actions share -------------------------------------------------------------------------------


def _describe(benefit: Benefit, said: Described) -> None:
    for name, text, sentence in (
        ("title", said.title, _("Write what gets better, so that people know what it is about.")),
        ("measured_as", said.measured_as, _("Write what is counted or measured.")),
        ("unit", said.unit, _("Write the unit, such as minutes or per cent.")),
    ):
        if not text.strip():
            raise Refused(sentence, name)
        setattr(benefit, name, text.strip())
    if said.worth not in Benefit.Worth.values:
        raise Refused(_("Choose what kind of benefit it is."), "worth")
    _may_own(said.owner, said.deputy)
    _fits(said.line, benefit.initiative)
    benefit.worth, benefit.harm, benefit.indicator = said.worth, said.harm, said.indicator
    benefit.source, benefit.gains, benefit.pays = said.source.strip(), said.gains.strip(), said.pays.strip()
    benefit.owner, benefit.deputy, benefit.line = said.owner, said.deputy, said.line


def _may_own(owner: Person | None, deputy: Person | None) -> None:
    if owner and owner.guest_of:
        raise Refused(_("A benefit is owned by somebody who works here. Choose another."), "owner")
    if any(one and one.left_on for one in (owner, deputy)):
        raise Refused(_("This person has left. Choose somebody who is here."), "owner")
    if owner and owner == deputy:
        raise Refused(_("The deputy has to be another person than the owner."), "deputy")


def _fits(line: Part | None, initiative: Initiative) -> None:
    if line and (line.case.initiative_id != initiative.pk or line.kind != Part.Kind.LINE):
        raise Refused(_("Choose a line of this initiative's own business case."), "line")


def _stays_comparable(benefit: Benefit, said: Described) -> None:
    """Figures that were written down mean the same afterwards."""
    if not _has_figures(benefit):
        return
    if benefit.unit != said.unit.strip():
        raise Refused(
            _(
                "There are figures in %(unit)s already. Take this one out and register it anew to count"
                " in another unit."
            )
            % {"unit": benefit.unit},
            "unit",
        )
    if benefit.harm != said.harm:
        raise Refused(
            _(
                "There are figures already, so a benefit does not become a disadvantage, nor the other way."
                " Take this one out and register it anew."
            ),
            "harm",
        )


def _stays_as_promised(benefit: Benefit, said: Described) -> None:
    """What was decided on at the gate stays what it was: another promise is another benefit."""
    if not queries.promised_at([benefit.initiative]) or not benefit.targets.exists():
        return
    changed = {
        "measured_as": benefit.measured_as != said.measured_as.strip() or benefit.indicator != said.indicator,
        "worth": benefit.worth != said.worth,
        "line": benefit.line is not None and benefit.line != said.line,
    }
    for name, moved in changed.items():
        if moved:
            raise Refused(
                _(
                    "This was promised at the gate and stays as it was promised. Take this one out with the"
                    " reason and register it anew; both can then be read."
                ),
                name,
            )


def _has_figures(benefit: Benefit) -> bool:
    return benefit.baselines.exists() or benefit.targets.exists() or benefit.measurements.exists()


def _rest_on(benefit: Benefit, before: Part | None, by: Viewer, at: datetime) -> None:
    if before:
        resting = Link.objects.filter(from_thing=benefit.thing, kind=Link.Kind.RESTS_ON)
        resting.filter(to_thing=before.thing).delete()
    if benefit.line:
        link(benefit.thing, benefit.line.thing, Link.Kind.RESTS_ON, by, at)


def _ask_for(benefit: Benefit, wanted: Mapping[str, Sequence[str]]) -> None:
    """What is asked for as before keeps the day on which it was met; what is not asked for any more goes."""
    for kind, texts in wanted.items():
        if any(len(text.strip()) > LONGEST_PREREQUISITE for text in texts):
            said = {"most": LONGEST_PREREQUISITE}
            raise Refused(_("That is too long; write at most %(most)s characters.") % said, kind)
    asked = {(kind, text.strip()) for kind, texts in wanted.items() for text in texts if text.strip()}
    known = {(row.kind, row.text): row for row in benefit.prerequisites.all()}
    for key, row in known.items():
        if key not in asked:
            row.delete()
    Prerequisite.objects.bulk_create(
        Prerequisite(organisation_id=benefit.organisation_id, benefit=benefit, kind=kind, text=text)
        for kind, texts in wanted.items()
        for text in dict.fromkeys(one.strip() for one in texts)
        if text and (kind, text) not in known
    )
