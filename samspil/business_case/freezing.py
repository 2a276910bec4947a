"""Versions of a case: what was put before a committee, and what was decided at a gate.

The content is kept at once. What it comes to follows from it; the worker puts that beside it.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from samspil.business_case import computing
from samspil.business_case.format import as_format, read_format
from samspil.business_case.models import Case, CaseVersion
from samspil.core.business_case.problems import Misread
from samspil.core.business_case.writing import canonical, input_hash, sha256
from samspil.initiative import figures
from samspil.initiative.models import GateDecision, Link
from samspil.initiative.things import link, new_thing
from samspil.kit.refusal import Refused
from samspil.organisation import journal
from samspil.organisation.viewer import Viewer, day_in


def frozen(
    case: Case,
    stage: str,
    *,
    decision: GateDecision | None = None,
    note: str = "",
    by: Viewer,
    at: datetime,
) -> CaseVersion:
    """The next version of a case. Part of an action; its journal row is that of the action."""
    content = as_format(case)
    try:
        sha256 = input_hash(read_format(content))
    except Misread as fault:
        raise Refused(_("The case has no line yet. Write at least one before it is kept.")) from fault
    last = case.versions.aggregate(last=Max("number"))["last"] or 0
    version = CaseVersion.objects.create(
        title=case.title,
        organisation_id=case.organisation_id,
        thing=new_thing(case.organisation, "case_version"),
        case=case,
        number=last + 1,
        stage=stage,
        decision=decision,
        content=canonical(content).decode(),
        input_sha256=sha256,
        note=note.strip(),
        frozen_by=by.person,
        frozen_at=at,
    )
    link(case.thing, version.thing, Link.Kind.LED_TO, by, at)
    computing.order(case, f"version-{version.number}", at)
    return version


def with_the_decision(decision: GateDecision, by: Viewer, at: datetime) -> Mapping[str, Any]:
    """A gate is decided: the case is kept as it stands on that day. Without a case, or a line in it, nothing
    is."""
    case = Case.objects.select_for_update(of=["self"]).filter(initiative=decision.initiative).first()
    if case is None:
        return {}
    try:
        version = frozen(case, CaseVersion.Stage.DECIDED, decision=decision, by=by, at=at)
    except Refused:
        return {}
    link(decision.thing, version.thing, Link.Kind.RESTS_ON, by, at)
    return {"case_version": version.number, "case_sha256": version.input_sha256}


@transaction.atomic
def complete(version: CaseVersion, result: dict[str, Any], by: Viewer, at: datetime) -> None:
    """Put beside a frozen case what it comes to, once, and on the board of figures."""
    kept = CaseVersion.objects.select_for_update(of=["self"]).select_related("case__thing").get(pk=version.pk)
    if kept.result is not None:
        return
    kept.result, kept.result_sha256 = result, result["result_hash"]
    kept.save(update_fields=["result", "result_sha256"])
    kept.refresh_from_db(fields=["result"])  # as the database gives it back, so that its hash is that one
    _push_figures(kept, by, at)
    journal.append("business_case.version_computed", thing=kept.ref, facts=sealed_facts(kept), by=by, at=at)


def _push_figures(version: CaseVersion, by: Viewer, at: datetime) -> None:
    result, case = version.result or {}, version.case
    with override(case.organisation.language):
        source = gettext("Business case, version %(number)s, %(currency)s in prices of %(year)s") % {
            "number": version.number,
            "currency": result["currency"],
            "year": result["price_year"],
        }
    told = {
        "business_case_npv": (Decimal(result["mean_case"]["npv"]), "money"),
        "business_case_p_positive": (Decimal(str(result["distribution"]["p_positive"])), "share"),
    }
    on = day_in(case.organisation, version.frozen_at)
    for key, (value, unit) in told.items():
        figures.push(case.thing, key, value, unit, on=on, source=source, by=by, at=at)


def sealed_facts(version: CaseVersion) -> dict[str, Any]:
    """What the journal commits to about a version, worked out from what is stored: whatever was touched has
    another hash."""
    return {
        "title": version.title,
        "number": version.number,
        "stage": version.stage,
        "input_sha256": version.input_sha256,
        "content_sha256": hashlib.sha256(version.content.encode()).hexdigest(),
        "result_sha256": version.result_sha256,
        "told_sha256": sha256(version.result) if version.result is not None else "",
    }
