"""An organisation's rows are its own: asked for within a scope, and never pointing into another's."""

from datetime import datetime

import pytest
from django.db import transaction

from samspil.initiative import actions
from samspil.initiative.models import Need
from samspil.organisation.models import AudienceGroup, Person, Role, Unit
from samspil.organisation.scope import OfOrganisation, ScopeMissing, current_scope, every_organisation, scope
from tests.cast import Cast, gather
from tests.floors import our_models
from tests.tenancy import cross_tenant_rows

SCOPED = [model for model in our_models() if issubclass(model, OfOrganisation)]


@pytest.fixture
def neighbour(outside_scope: Cast) -> Cast:
    """A second organisation, with the same people at the same desks."""
    return gather("sjovik", "samverkan")


@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model._meta.label)
def test_no_row_is_asked_for_without_its_organisation(model: type[OfOrganisation], db: None) -> None:
    for ask in (model.objects.all, model.objects.count, lambda: model.objects.filter(pk=1)):
        with pytest.raises(ScopeMissing):
            ask()


def test_a_scope_ends_even_when_something_fails(outside_scope: Cast) -> None:
    with pytest.raises(ZeroDivisionError), scope(outside_scope.organisation):
        raise ZeroDivisionError
    with pytest.raises(ScopeMissing):
        current_scope()


def test_a_scope_inside_another_gives_way_to_it_again(outside_scope: Cast, neighbour: Cast) -> None:
    with scope(outside_scope.organisation):
        with scope(neighbour.organisation):
            assert set(Person.objects.all()) == set(neighbour.people.values())
        assert set(Person.objects.all()) == set(outside_scope.people.values())


def test_one_organisation_sees_nothing_of_the_other(outside_scope: Cast, neighbour: Cast) -> None:
    with scope(outside_scope.organisation):
        assert not Person.objects.filter(pk__in=[one.pk for one in neighbour.people.values()]).exists()
        assert not Unit.objects.filter(ref=neighbour.units["it"].ref).exists()
        assert not neighbour.people["lead"].roles.exists()
    with every_organisation():
        assert Role.objects.count() == 16


def test_no_row_points_into_another_organisation(outside_scope: Cast, neighbour: Cast, at: datetime) -> None:
    with scope(outside_scope.organisation):
        _work(outside_scope, at)
    with scope(neighbour.organisation):
        _work(neighbour, at)
    assert cross_tenant_rows() == []


@pytest.mark.parametrize(
    "plant",
    [
        lambda here, there: Person.objects.filter(pk=here.people["lead"].pk).update(unit=there.units["it"]),
        lambda here, there: Role.objects.filter(person=here.people["lead"]).update(
            person=there.people["lead"]
        ),
        lambda here, there: Need.objects.update(raised_by=there.people["lead"]),
    ],
    ids=["a unit", "a person", "who raised a need"],
)
def test_a_row_that_points_across_is_found(outside_scope: Cast, neighbour: Cast, at: datetime, plant) -> None:  # type: ignore[no-untyped-def]
    with scope(outside_scope.organisation):
        _work(outside_scope, at)
    with every_organisation(), transaction.atomic():
        plant(outside_scope, neighbour)
        assert len(cross_tenant_rows()) == 1


def test_a_row_is_not_saved_into_another_organisation_unseen(outside_scope: Cast, neighbour: Cast) -> None:
    with every_organisation():
        AudienceGroup.objects.create(organisation=neighbour.organisation, name="Borgere", kind="citizens")
    with scope(outside_scope.organisation):
        assert not AudienceGroup.objects.filter(name="Borgere").exists()


def _work(cast: Cast, at: datetime) -> None:
    lead = cast.viewer("lead")
    need = actions.raise_need(problem="Vagtplan", for_whom="Nord", if_nothing="Vikarer", by=lead, at=at)
    actions.start_initiative(
        needs=[need], units=[cast.units["workplace"]], owner=cast.people["owner"], by=lead, at=at
    )
