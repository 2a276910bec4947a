"""What the worker does for cases: draws what stands today, and what was frozen."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from samspil.business_case import freezing
from samspil.business_case.computing import current, result_of
from samspil.business_case.format import read, read_version
from samspil.business_case.models import Case, Computed
from samspil.core.business_case.problems import Misread
from samspil.core.business_case.writing import input_hash
from samspil.initiative import evidence
from samspil.organisation.models import Organisation
from samspil.organisation.scope import scope
from samspil.organisation.viewer import operator_of


def compute_ordered(payload: Mapping[str, Any], at: datetime) -> None:
    """What the worker does: computes the case as it stands now, outside of any transaction, and every frozen
    version that has no result yet. Doing it twice stores the same."""
    organisation = Organisation.objects.get(ref=payload["organisation"])
    with scope(organisation):
        rows = Case.objects.select_related("organisation", "initiative", "thing")
        case = rows.filter(thing__ref=payload["case"]).first()
        if case is None:
            return
        known = _compute_living(case, at)
        for version in case.versions.filter(result__isnull=True):
            result = known.get(version.input_sha256) or result_of(read_version(version))
            freezing.complete(version, result, operator_of(organisation, at), at)


def _compute_living(case: Case, at: datetime) -> dict[str, dict[str, Any]]:
    """The result of the case as it stands, by the hash of what it follows from; nothing where it has none."""
    try:
        content = read(case)
    except Misread:
        return {}
    known = current(case, content)
    result: dict[str, Any] = known.result if known else result_of(content)
    if known is None:
        _keep(case, result, at)
    return {result["input_hash"]: result}


def _still_says(case: Case, hash_: str) -> bool:
    try:
        return input_hash(read(case)) == hash_
    except Misread:
        return False


@transaction.atomic
def _keep(case: Case, result: dict[str, Any], at: datetime) -> None:
    """Keep what was drawn, unless somebody changed the case meanwhile: then it is drawn anew."""
    rows = Case.objects.select_for_update(of=["self"]).select_related("organisation", "initiative", "thing")
    if not _still_says(rows.get(pk=case.pk), result["input_hash"]):
        return
    facts = {"input_sha256": result["input_hash"], "result": result, "computed_at": at}
    Computed.objects.update_or_create(case=case, defaults={"organisation": case.organisation, **facts})
    evidence.refresh([case.initiative], at)
