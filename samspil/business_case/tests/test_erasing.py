"""A person who is erased is in no case any more; what they estimated stays, for decisions rest on it."""

import pytest

from samspil.business_case.format import as_format, parts_of
from samspil.business_case.models import Case, Edit
from samspil.organisation import actions as house
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db


def test_whoever_is_erased_owns_and_estimated_nothing_any_more(cast: Cast, case: Case) -> None:
    before = as_format(case)["lines"][1]["amount"]["low"]
    for name in ("management_member", "lead"):
        house.erase_person(person=cast.people[name], by=cast.viewer("administrator"), at=AT)
    line = parts_of(case)[1]
    assert (line.owner, line.estimator) == (None, None)
    assert as_format(case)["lines"][1]["amount"]["low"] == before
    rows = Edit.objects.filter(case=case)
    assert {row.by_id for row in rows} == {None}
    assert {row.after.get(name) for row in rows if row.after for name in ("owner", "estimator")} == {None}
