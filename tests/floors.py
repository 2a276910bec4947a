"""The rules of the house as functions: each takes something to look at and returns the faults it finds."""

import ast
import inspect
import textwrap
import tomllib
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "samspil"
OUTSIDE_CALLS = {"open", "print", "input", "eval", "exec", "__import__"}
OUTSIDE_ATTRIBUTES = {"now", "today", "utcnow", "time", "urandom", "getenv", "environ"}
MAY_LOOK_ACROSS = {
    "organisation/scope.py",
    "organisation/viewer.py",
    "organisation/models.py",
    "dialogue/feed/secrets.py",  # a secret says of which organisation it is
    "participation/queries.py",  # so does the code of a round
    "web/views.py",
    "web/demo.py",
    "web/demo_house/people.py",
}


def floors() -> dict[str, int]:
    """Room -> floor, counted from the ground, as import-linter's contract in pyproject.toml has it."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return {
        room.strip().removeprefix("samspil."): height
        for height, layer in enumerate(reversed(layers))
        for room in layer.split("|")
    }


def keys_that_climb(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Foreign keys (from app, to app) that lead upstairs or to a room on the same floor."""
    floor = floors()
    return [
        f"{here} → {there}"
        for here, there in pairs
        if here in floor and there in floor and here != there and floor[there] >= floor[here]
    ]


def foreign_keys() -> list[tuple[str, str]]:
    """Every foreign key of our models as (from app, to app)."""
    return [
        (model._meta.app_label, field.related_model._meta.app_label)
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
    ]


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("samspil.")]


def impurities(source: str) -> list[str]:
    """Calls in a workshop module that reach outside: files, clock, environment."""
    return [
        f"line {node.lineno}: {ast.unparse(node.func)}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and _reaches_outside(node.func)
    ]


def _reaches_outside(called: ast.expr) -> bool:
    if isinstance(called, ast.Name):
        return called.id in OUTSIDE_CALLS
    return isinstance(called, ast.Attribute) and called.attr in OUTSIDE_ATTRIBUTES


def looks_across(path: str, source: str) -> list[str]:
    """Places that step around the organisation's scope without being among those that may."""
    if path in MAY_LOOK_ACROSS or "/tests/" in path or "/management/" in path or "/migrations/" in path:
        return []
    names = ("everywhere.", "_base_manager", "every_organisation(")
    return [
        f"{path}:{number}"
        for number, line in enumerate(source.splitlines(), start=1)
        if any(name in line for name in names)
    ]


def unscoped(found: Iterable[type[models.Model]]) -> list[str]:
    """Models with an organisation of their own whose default manager does not ask for a scope."""
    from samspil.organisation.scope import Scoped

    return [
        model._meta.label
        for model in found
        if _belongs_to_an_organisation(model) and not isinstance(model._default_manager, Scoped)
    ]


def _belongs_to_an_organisation(model: type[models.Model]) -> bool:
    shared = {"JournalHead", "Content"}  # asked for before, or shared between organisations
    return model.__name__ not in shared and any(field.name == "organisation" for field in model._meta.fields)


def worded_models(found: Iterable[type[models.Model]]) -> list[str]:
    """Model fields that carry help texts; words live with the people."""
    return [
        f"{model._meta.label}.{field.name}"
        for model in found
        for field in model._meta.fields
        if field.help_text
    ]


def actions_of(module: ModuleType) -> list[str]:
    """The names of a room's actions: public functions that its actions module defines."""
    return [
        name
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_")
    ]


def careless_actions(module: ModuleType) -> list[str]:
    """Actions that do not take `by` and `at` by name, or that are not one transaction."""
    faults = []
    for name in actions_of(module):
        function = getattr(module, name)
        by_name = {
            key for key, one in inspect.signature(function).parameters.items() if one.kind is one.KEYWORD_ONLY
        }
        if not {"by", "at"} <= by_name:
            faults.append(f"{name}: hand in by= and at= by name")
        if not hasattr(function, "__wrapped__"):
            faults.append(f"{name}: is not one transaction")
    return faults


def unguarded_actions(module: ModuleType, keys: Iterable[str]) -> list[str]:
    """Actions that do not ask the room's table, or ask for a key that is not in it."""
    known = {key.rpartition(".")[2] for key in keys}
    return [name for name in actions_of(module) if not _asked_keys(getattr(module, name)) & known]


def _asked_keys(action: object) -> set[str]:
    """The keys an action asks `PERMISSIONS.require` or `.allows` for."""
    source = textwrap.dedent(inspect.getsource(inspect.unwrap(action)))  # type: ignore[arg-type]
    return {
        call.args[0].value
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in ("require", "allows")
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }
