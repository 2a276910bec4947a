"""The process model an initiative follows: its gates and demands, in the words of a language."""

from dataclasses import dataclass
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
    demands: tuple[Demand, ...]


def process_for(organisation: Organisation, key: str) -> Content | None:
    """The process model that new initiatives follow."""
    return content.find("process_model", key, [organisation.language, content.READING_LANGUAGE], organisation)


def ways(organisation: Organisation) -> list[tuple[str, str, str]]:
    """The process models that can be followed: key, title and what each is for, as the reader reads it."""
    languages = [translation.get_language() or "", organisation.language, content.READING_LANGUAGE]
    found = content.every("process_model", languages, organisation)
    return [(one.key, one.body["title"], one.body["intro"]) for one in found]


def gates(initiative: Initiative) -> tuple[Gate, ...]:
    """The gates of an initiative, in the reader's language where there is a wording of the same demands."""
    kept = initiative.process
    language = translation.get_language() or kept.language
    if language == kept.language:
        return _gates(kept)
    return _gates(_reading_of(kept, language) or kept)


def gate_of_phase(initiative: Initiative, phase: str) -> Gate | None:
    """The gate that ends a phase; none when the initiative is closed or stopped."""
    return next((gate for gate in gates(initiative) if gate.phase == phase), None)


# Wordings never change, so what was made of them is remembered under their hash.
_gates_by_wording: dict[str, tuple[Gate, ...]] = {}
_readings: dict[tuple[str, str], Content] = {}


def _gates(kept: Content) -> tuple[Gate, ...]:
    if kept.sha256 not in _gates_by_wording:
        _gates_by_wording[kept.sha256] = tuple(_gate(entry) for entry in kept.body["gates"])
    return _gates_by_wording[kept.sha256]


def _reading_of(kept: Content, language: str) -> Content | None:
    """The same demands in another language; a wording corrected later shows after a restart."""
    name = (kept.sha256, language)
    if name not in _readings:
        same = content.find("process_model", kept.key, [language])
        if same is None or _demand_keys(same.body) != _demand_keys(kept.body):
            return None
        _readings[name] = same
    return _readings[name]


def _gate(entry: dict[str, Any]) -> Gate:
    named = {name: entry[name] for name in ("key", "phase", "title", "question")}
    return Gate(**named, demands=tuple(Demand(**demand) for demand in entry["demands"]))


def _demand_keys(body: dict[str, Any]) -> list[tuple[str, str]]:
    return [(gate["key"], demand["key"]) for gate in body["gates"] for demand in gate["demands"]]
