"""Rows whose parent lies in another organisation. There must never be one, in no database."""

from collections.abc import Iterator

from django.db import models
from django.db.models import F

from samspil.organisation.models import Organisation
from tests.floors import our_models


def cross_tenant_rows() -> list[str]:
    """Every row that points into another organisation, as `model.field: key`."""
    return [
        f"{model._meta.label}.{field}: {key}"
        for model, field in _keys_inside()
        for key in model._base_manager.exclude(organisation=None)
        .exclude(**{f"{field}__organisation": F("organisation")})
        .exclude(**{f"{field}": None})
        .exclude(**{f"{field}__organisation": None})
        .values_list("pk", flat=True)[:20]
    ]


def _keys_inside() -> Iterator[tuple[type[models.Model], str]]:
    """Foreign keys from a row with an organisation to another row with one."""
    for model in our_models():
        if _has_organisation(model):
            for field in model._meta.concrete_fields:
                parent = field.related_model
                if isinstance(parent, type) and parent is not Organisation and _has_organisation(parent):
                    yield model, field.name


def _has_organisation(model: type[models.Model]) -> bool:
    return any(field.name == "organisation" for field in model._meta.concrete_fields)
