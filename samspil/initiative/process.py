"""The process model an initiative follows: its gates and demands, in the words of a language."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils import translation

from samspil.core.gates import Demand
from samspil.initiative.models import Initiative
from samspil.organisation import content
from samspil.organisation.models import Content, Organisation


@dataclass(frozen=True)
class Gate:
    """A decision between two phases and what it asks for."""

    key: str
    phase: str
    title: str
    question: str
    decided_by: str
    demands: tuple[Demand, ...]


def process_for(organisation: Organisation, key: str) -> Content | None:
    """The process model that new initiatives follow."""
    return content.find("process_model", key, [organisation.language, content.READING_LANGUAGE], organisation)


def gates(initiative: Initiative) -> tuple[Gate, ...]:
    """The gates of an initiative, in the reader's language where there is a wording of the same demands."""
    kept = initiative.process
    language = translation.get_language() or kept.language
    if language == kept.language:
        return _gates(kept.pk)
    same = content.find("process_model", kept.key, [language])
    if same is None or _demand_keys(same.body) != _demand_keys(kept.body):
        return _gates(kept.pk)
    return _gates(same.pk)


def gate_of_phase(initiative: Initiative, phase: str) -> Gate | None:
    """The gate that ends a phase; none when the initiative is closed or stopped."""
    return next((gate for gate in gates(initiative) if gate.phase == phase), None)


@lru_cache(maxsize=256)
def _gates(content_id: int) -> tuple[Gate, ...]:
    """Rows of content never change, so their gates are read once."""
    body = Content.objects.values_list("body", flat=True).get(pk=content_id)
    return tuple(_gate(entry) for entry in body["gates"])


def _gate(entry: dict[str, Any]) -> Gate:
    named = {name: entry[name] for name in ("key", "phase", "title", "question", "decided_by")}
    return Gate(**named, demands=tuple(Demand(**demand) for demand in entry["demands"]))


def _demand_keys(body: dict[str, Any]) -> list[tuple[str, str]]:
    return [(gate["key"], demand["key"]) for gate in body["gates"] for demand in gate["demands"]]
