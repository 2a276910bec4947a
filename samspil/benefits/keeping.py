"""What the actions of this room share: the benefit as it stands now, the board, and the journal's row."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from samspil.benefits.models import Baseline, Benefit, FreedTime, Measurement, Target
from samspil.core.journal import canonical
from samspil.initiative import evidence
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation import journal
from samspil.organisation.models import Person
from samspil.organisation.viewer import Viewer

THEY_CHANGED_IT = _("Somebody changed this while you were writing. Both texts are below; nothing is lost.")
TAKEN_OUT = _("This benefit was taken out of the register. Register it anew if it is to stand again.")


def locked(benefit: Benefit, version: int | None = None, yours: str = "") -> Benefit:
    """The benefit as it stands now, held until the action is over; `version` is that which they saw."""
    kept = Benefit.objects.select_for_update(of=["self"]).select_related(
        "thing", "initiative__thing", "owner"
    )
    found = kept.get(pk=benefit.pk)
    if found.taken_out_at:
        raise Refused(TAKEN_OUT)
    if version is not None and found.version != version:
        raise ChangedMeanwhile(THEY_CHANGED_IT, in_short(found), yours)
    return found


def in_short(benefit: Benefit) -> str:
    """What is said of a benefit, to be laid beside what somebody else said."""
    people = " · ".join(str(one) for one in (benefit.owner, benefit.deputy) if one)
    said = (benefit.title, f"{benefit.measured_as} ({benefit.unit})", people, benefit.gains, benefit.pays)
    return "\n".join(filter(None, said))


def remember(
    verb: str,
    benefit: Benefit,
    facts: Mapping[str, object],
    by: Viewer,
    at: datetime,
    about: Iterable[Person | None] = (),
) -> None:
    """What follows from every change: the board of the initiative is asked again, the journal has its row."""
    evidence.refresh([benefit.initiative], at)
    told = {"title": benefit.title, **facts, **sealed([benefit])[benefit.pk]}
    people = [one for one in about if one]
    journal.append(f"benefits.{verb}", thing=benefit.ref, facts=told, about=people, by=by, at=at)


def sealed(benefits: Sequence[Benefit]) -> Mapping[int, Mapping[str, Any]]:
    """The ledger of each benefit as one hash, for the journal to commit to: figures and days, no words."""
    rows: dict[int, list[Any]] = {one.pk: [] for one in benefits}
    keys = list(rows)
    for base in Baseline.objects.filter(benefit__in=keys).order_by("pk"):
        rows[base.benefit_id].append(["baseline", base.value, base.measured_on, base.recorded_at])
    for aim in Target.objects.filter(benefit__in=keys).order_by("pk"):
        points = [aim.cautious, aim.likely, aim.optimistic, aim.p10, aim.p90]
        rows[aim.benefit_id].append(["target", *points, aim.by, aim.set_at])
    for one in Measurement.objects.filter(benefit__in=keys).order_by("pk"):
        rows[one.benefit_id].append(
            ["measured", one.on, one.value, one.n, one.low, one.high, one.recorded_at]
        )
    for use in FreedTime.objects.filter(benefit__in=keys).order_by("pk"):
        rows[use.benefit_id].append(["freed", use.use, use.hours_a_year, use.decided_on])
    return {key: {"ledger_sha256": _hash(found)} for key, found in rows.items()}


def _hash(rows: Sequence[Sequence[Any]]) -> str:
    text = canonical([[_plain(cell) for cell in row] for row in rows])
    return hashlib.sha256(text).hexdigest()


def _plain(cell: Any) -> str:
    """As it reads whichever database it comes from: figures with four decimals, instants in whole seconds."""
    match cell:
        case None:
            return ""
        case Decimal():
            return f"{cell:.4f}"
        case datetime():
            return cell.strftime("%Y%m%dT%H%M%S")
        case date():
            return cell.isoformat()
    return str(cell)
