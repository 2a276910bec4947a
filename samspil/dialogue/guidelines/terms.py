"""What a regime says of procedure guidelines: kinds, notice, what makes one agreed. Content with a source."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from samspil.dialogue import regime as regimes
from samspil.kit.refusal import Refused
from samspil.organisation import content
from samspil.organisation.models import Content, Organisation
from samspil.organisation.viewer import Viewer

NOT_LOADED = _(
    "What holds for procedure guidelines is not loaded. Ask the operator to run “samspil load-content”."
)


@dataclass(frozen=True)
class KindOf:
    """A kind of guideline. `notice_months` is None where the agreement alone says how long notice is.

    `called` is the first title of a guideline that is about no single initiative.
    """

    key: str
    title: str
    explanation: str
    purpose: str
    terminable: bool
    notice_months: int | None
    notice_source: str
    called: str = ""


@dataclass(frozen=True)
class Terms:
    """What holds for procedure guidelines under a regime, in the words of one language."""

    name: str
    names: str
    explanation: str
    source: str
    agreed_by: frozenset[str]
    taking_part: str
    follow_up: str
    kinds: tuple[KindOf, ...]
    discussions: tuple[tuple[str, str], ...]  # phase, and the kind of step it comes before

    def kind(self, key: str) -> KindOf:
        """The kind of a guideline; one that the terms no longer know is taken for the first."""
        return next((one for one in self.kinds if one.key == key), self.kinds[0])

    @property
    def general(self) -> tuple[KindOf, ...]:
        """The kinds that are about no single initiative."""
        return tuple(one for one in self.kinds if one.key != "initiative")


def table_for(viewer: Viewer) -> Content:
    """The terms of the regime in force, in its own language; what is agreed is agreed on them."""
    key = regimes.regime_key(viewer.organisation, viewer.today)
    if key is None:
        raise Refused(regimes.NO_REGIME)
    languages = [regimes.NATIVE.get(key, ""), viewer.organisation.language, content.READING_LANGUAGE]
    table = content.find("guideline_terms", key, languages, viewer.organisation)
    if table is None:
        raise Refused(NOT_LOADED)
    return table


def as_read(table: Content, organisation: Organisation) -> Terms:
    """Stored terms in the reader's language, where they have the same kinds in it."""
    language = translation.get_language() or table.language
    if language == table.language:
        return read(table)
    same = content.find("guideline_terms", table.key, [language], organisation)
    return read(same if same and _kinds(same) == _kinds(table) else table)


def read(table: Content) -> Terms:
    body = table.body
    return Terms(
        **{
            name: body[name]
            for name in ("name", "names", "explanation", "source", "taking_part", "follow_up")
        },
        agreed_by=frozenset(body["agreed_by"]),
        kinds=tuple(_kind(entry) for entry in body["kinds"]),
        discussions=tuple((one["phase"], one["before"]) for one in body["discussions"]),
    )


def _kind(entry: Mapping[str, Any]) -> KindOf:
    names = ("key", "title", "explanation", "purpose", "terminable", "notice_source")
    return KindOf(
        **{name: entry[name] for name in names},
        notice_months=entry.get("notice_months"),
        called=entry.get("called", entry["title"]),
    )


def _kinds(table: Content) -> list[str]:
    return [entry["key"] for entry in table.body["kinds"]]
