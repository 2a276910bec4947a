"""What the hall's tests start from: a need, an initiative, and a way to look at pages."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.utils import translation

from samspil.initiative import actions
from samspil.initiative.models import Initiative, Need
from samspil.organisation.scope import scope
from tests.cast import Cast


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Words are compared in the language they are written in, whatever the catalogues hold."""
    with translation.override("en"):
        yield


@pytest.fixture
def need(outside_scope: Cast, at: datetime) -> Need:
    with scope(outside_scope.organisation):
        return actions.raise_need(
            problem="Vagtplanen kan ikke læses på telefonen",
            for_whom="Hjemmeplejen",
            if_nothing="Flere vikarer",
            by=outside_scope.viewer("employee"),
            at=at,
        )


@pytest.fixture
def initiative(outside_scope: Cast, need: Need, at: datetime) -> Initiative:
    """An initiative about the need that Ingrid leads and Bo owns."""
    with scope(outside_scope.organisation):
        return actions.start_initiative(
            needs=[need],
            units=[outside_scope.units["workplace"]],
            groups=[outside_scope.groups["citizens"]],
            owner=outside_scope.people["owner"],
            by=outside_scope.viewer("lead"),
            at=at,
        )
