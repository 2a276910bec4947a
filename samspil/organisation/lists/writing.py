"""A plan that was agreed to becomes rows: many at a time, each kind after those it leads to."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from samspil.core import organisation_list as core
from samspil.core.organisation_list import Entry, Plan
from samspil.organisation.models import (
    AudienceGroup,
    Committee,
    ElectionGroup,
    Organisation,
    Person,
    Role,
    Seat,
    Union,
    Unit,
)

AT_ONCE = 500
MODELS: Mapping[str, Any] = {
    core.UNITS: Unit,
    core.PEOPLE: Person,
    core.ROLES: Role,
    core.UNIONS: Union,
    core.COMMITTEES: Committee,
    core.SEATS: Seat,
    core.GROUPS: AudienceGroup,
}
NOTHING: Mapping[str, Any] = {"headcount": None, "size": None, "since": None, "until": None}


def write(plan: Plan, organisation: Organisation) -> None:
    """Carry out a plan without faults. Part of the caller's transaction."""
    writer = _Writer(plan, organisation)
    for kind in core.ORDER:
        writer.write(kind)


class _Writer:
    def __init__(self, plan: Plan, organisation: Organisation) -> None:
        self.plan, self.organisation = plan, organisation
        self.keys: dict[str, dict[int, int]] = {kind: {} for kind in core.ORDER}
        self.elects: dict[str, ElectionGroup] = {}

    def write(self, kind: str) -> None:
        """New rows first, from the top of their tree down; then changed ones, which may lead to new ones."""
        waiting = list(self.plan.new[kind])
        later: list[Entry] = []
        while waiting:
            ready = [one for one in waiting if self._is_ready(kind, one)]
            if not ready:  # seats that stand in for each other's: the other end is set afterwards
                ready, later = waiting, list(waiting)
            self._create(kind, ready)
            waiting = [one for one in waiting if one.handle not in self.keys[kind]]
        self._change(kind, [*self.plan.changed[kind], *later])

    def _is_ready(self, kind: str, entry: Entry) -> bool:
        own = [name for (of, name), to in core.REFERENCES.items() if of == kind == to]
        return all((entry.values.get(name) or 1) > 0 or entry.values[name] in self.keys[kind] for name in own)

    def _create(self, kind: str, entries: Sequence[Entry]) -> None:
        model = MODELS[kind]
        rows = [model(organisation=self.organisation, **self._facts(kind, entry)) for entry in entries]
        for entry, row in zip(entries, model.objects.bulk_create(rows, batch_size=AT_ONCE), strict=True):
            self.keys[kind][entry.handle] = row.pk

    def _change(self, kind: str, entries: Sequence[Entry]) -> None:
        """Rows are written whole, so that what follows from a value (how a name is found) is written too."""
        if not entries:
            return
        model = MODELS[kind]
        keys = {entry.handle: self._key(kind, entry.handle) for entry in entries}
        rows = {row.pk: row for part in _parts(keys.values()) for row in model.objects.filter(pk__in=part)}
        fields: set[str] = set()
        for entry in entries:
            row, facts = rows[keys[entry.handle]], self._facts(kind, entry)
            for name, value in facts.items():
                setattr(row, name, value)
            if hasattr(row, "version"):
                row.version += 1
            fields |= set(facts)
        also = {"version", "found_as"} & {field.name for field in model._meta.concrete_fields}
        model.objects.bulk_create(
            rows.values(),
            batch_size=AT_ONCE,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=sorted({name.removesuffix("_id") for name in fields} | also),
        )

    def _facts(self, kind: str, entry: Entry) -> dict[str, Any]:
        facts: dict[str, Any] = {}
        for name, value in entry.values.items():
            leads_to = core.REFERENCES.get((kind, name))
            if leads_to is not None:
                facts[f"{name}_id"] = self._key(leads_to, value)
            elif name == "election_group":
                facts[name] = self._election_group(value)
            else:
                facts[name] = NOTHING.get(name, "") if value is None else value
        return facts

    def _key(self, kind: str, handle: int | None) -> int | None:
        if handle is None or handle > 0:
            return handle
        return self.keys[kind].get(handle)

    def _election_group(self, name: str | None) -> ElectionGroup | None:
        if not name:
            return None
        if not self.elects:
            self.elects = {row.name.casefold(): row for row in ElectionGroup.objects.all()}
        if name.casefold() not in self.elects:
            made = ElectionGroup.objects.create(organisation=self.organisation, name=name)
            self.elects[name.casefold()] = made
        return self.elects[name.casefold()]


def _parts(keys: Iterable[Any]) -> Iterable[list[Any]]:
    every = list(keys)
    return (every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE))
