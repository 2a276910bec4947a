"""What a case comes to: the mean case at once, everything that is drawn by the worker."""

from datetime import datetime
from typing import Any

from samspil.business_case.key_figures import in_the_house
from samspil.business_case.models import Case, Computed
from samspil.core.business_case.case import Case as CoreCase
from samspil.core.business_case.writing import input_hash
from samspil.kit import jobs

WORK = "compute_business_case"


def order(case: Case, after: str, at: datetime) -> None:
    """Have the worker compute the case; part of the action after which it is due."""
    payload = {"organisation": case.organisation.ref, "case": case.ref}
    jobs.add(WORK, f"{case.ref}-{after}", payload, at)


def current(case: Case, content: CoreCase) -> Computed | None:
    """What was computed of the case, where that is still what it says."""
    return Computed.objects.filter(case=case, input_sha256=input_hash(content)).first()


def let_go_of_the_old(case: Case, content: CoreCase | None) -> None:
    """The case says something else: what it came to before is shown to nobody any more, least of all at a
    gate. None: it has no line."""
    old = Computed.objects.filter(case=case)
    (old if content is None else old.exclude(input_sha256=input_hash(content))).delete()


def result_of(content: CoreCase) -> dict[str, Any]:
    from samspil.core.business_case.result import compute  # with NumPy and SciPy: the worker's

    return compute(content, sets=in_the_house()).as_data()
