"""The case of an initiative in its published format, and as the core reads it.

The format says roles, never names: it is what versions keep and what files carry away.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from samspil.business_case.key_figures import in_the_house
from samspil.business_case.models import Case, CaseVersion, Part
from samspil.core.business_case.case import Case as CoreCase
from samspil.core.business_case.reading import FORMAT, read_case
from samspil.organisation.models import Person
from samspil.organisation.words import ROLES

FIGURES = ("amount", "quantity", "price", "value", "consequence")


def parts_of(case: Case) -> list[Part]:
    """What stands in the case today, in the order of its table."""
    rows = case.parts.filter(taken_out_at=None).select_related("thing", "owner__unit", "estimator__unit")
    return list(rows.prefetch_related("owner__roles", "estimator__roles"))


def as_format(case: Case, parts: Iterable[Part] | None = None) -> dict[str, Any]:
    """The case as it stands, or as it would with these parts, in the published format."""
    here = list(parts_of(case) if parts is None else parts)
    lines = {one.ref for one in here if one.kind == Part.Kind.LINE}
    with override(case.organisation.language):
        written = [(one.kind, _written(one, lines)) for one in here]
    return {
        "format": FORMAT,
        "title": case.title,
        **case.frame,
        **{f"{kind}s": [content for of, content in written if of == kind] for kind in Part.Kind.values},
    }


def read(case: Case) -> CoreCase:
    """The case as the core computes it, or `Misread` with all that is wrong with it."""
    return read_format(as_format(case))


def read_version(version: CaseVersion) -> CoreCase:
    """The case as it was frozen, with the key figures that held when it was decided."""
    return read_case(version.content, in_the_house())


def read_format(data: Mapping[str, Any]) -> CoreCase:
    return read_case(json.dumps(data), in_the_house())


def role_of(person: Person | None) -> str:
    """What somebody is entrusted with, and where; nobody is named, by a title neither."""
    if person is None:
        return ""
    held = [str(ROLES[role.kind]) for role in person.roles.all() if role.until is None]
    where = [str(person.unit)] if person.unit else []
    return ", ".join([*dict.fromkeys(held), *where]) or _("a person named in Samspil")


def _written(part: Part, lines: set[str]) -> dict[str, Any]:
    content = {name: _estimated(name, value, part) for name, value in part.content.items()}
    if part.kind == Part.Kind.RISK and "lines" in content:
        content["lines"] = [ref for ref in content["lines"] if ref in lines]  # others were taken out
    owner = {"owner": role_of(part.owner)} if part.owner and part.kind != Part.Kind.DRIVER else {}
    return {**content, "id": part.ref, **owner}


def _estimated(name: str, value: Any, part: Part) -> Any:
    if part.estimator and name in FIGURES and isinstance(value, dict) and "low" in value:
        return {**value, "estimator": role_of(part.estimator)}
    return value
