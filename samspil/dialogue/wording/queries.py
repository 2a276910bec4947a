"""What can be read of the question models in force here: the house's text, one's own, and what is in work."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.text import capfirst

from samspil.core.question_wording import Entry
from samspil.dialogue import regime as regimes
from samspil.dialogue.questions import PHASES, levels_of
from samspil.dialogue.regime import NATIVE, Regime
from samspil.dialogue.wording import entries
from samspil.dialogue.wording.models import WordedQuestion, Wording, WordingVersion
from samspil.initiative.words import PHASES as PHASE_WORDS
from samspil.organisation.content import READING_LANGUAGE
from samspil.organisation.models import Content, Organisation, RegimePeriod
from samspil.organisation.viewer import Viewer

KIND = "question_model"


@dataclass(frozen=True)
class Model:
    """A question model that is used here: the house's text, and what the organisation made of it."""

    regime: Regime
    phase: str
    house_native: Content
    house_reading: Content
    in_force: WordingVersion | None = None
    in_work: Wording | None = None
    versions: tuple[WordingVersion, ...] = field(default=(), compare=False)

    @property
    def key(self) -> str:
        return f"{self.regime.key}.{self.phase}"

    @property
    def ref(self) -> str:
        return ref_of(self.key)

    @property
    def phase_title(self) -> str:
        return str(PHASE_WORDS[self.phase])

    @property
    def native(self) -> Content:
        return self.in_force.native if self.in_force else self.house_native

    @property
    def reading(self) -> Content:
        return self.in_force.reading if self.in_force else self.house_reading

    @property
    def entries(self) -> tuple[Entry, ...]:
        return entries.of_rows(self.native, self.reading)

    @property
    def newer_house(self) -> bool:
        """The house has a newer text than the one that one's own builds on."""
        return self.in_force is not None and self.is_newer_than(self.in_force)

    def is_newer_than(self, one: "WordingVersion | Wording") -> bool:
        built_on = (one.house_native_id, one.house_reading_id)
        return built_on != (self.house_native.pk, self.house_reading.pk)

    @property
    def levels(self) -> list[tuple[str, str]]:
        """The levels there are cards for, in the regime's words."""
        return [(one, level_word(self.regime, one)) for one in levels_of(self.native.body)]

    def in_language(self, language: str) -> Content:
        return self.reading if language == READING_LANGUAGE else self.native


def ref_of(key: str) -> str:
    """How a model stands in an address."""
    return key.replace(".", "-")


def level_word(regime: Regime, level: str) -> str:
    return capfirst(regime.levels.get(level, level))


def models(viewer: Viewer) -> list[Model]:
    """The models of the regime in force, phase by phase; in as many questions as for one."""
    key = regimes.regime_key(viewer.organisation, viewer.today)
    return list(_models(viewer.organisation, [key])) if key in NATIVE else []


def model(ref: str) -> Model | None:
    """One model of a regime that holds here or held here."""
    regime, _dash, phase = ref.partition("-")
    held = RegimePeriod.objects.filter(regime=regime).select_related("organisation").first()
    if held is None or regime not in NATIVE or phase not in PHASES:
        return None
    return next((one for one in _models(held.organisation, [regime]) if one.phase == phase), None)


def _models(organisation: Organisation, known: "Sequence[str | None]") -> Iterator[Model]:
    wanted = [f"{regime}.{phase}" for regime in known for phase in PHASES]
    house = {(row.key, row.language): row for row in _house_rows(wanted)}
    versions = _versions(wanted)
    in_work = {one.key: one for one in Wording.objects.filter(key__in=wanted).select_related("begun_by")}
    for name in filter(None, known):
        regime = regimes.named(name, organisation)
        for phase in PHASES:
            key = f"{name}.{phase}"
            native, reading = house.get((key, NATIVE[name])), house.get((key, READING_LANGUAGE))
            if native and reading:
                kept = versions.get(key, ())
                newest = kept[-1] if kept and kept[-1].ended_at is None else None
                yield Model(regime, phase, native, reading, newest, in_work.get(key), kept)


def _house_rows(keys: Sequence[str]) -> "Iterator[Content]":
    yield from Content.objects.filter(kind=KIND, key__in=keys, organisation=None, current=True)


def _versions(keys: Sequence[str]) -> dict[str, tuple[WordingVersion, ...]]:
    rows = WordingVersion.objects.filter(key__in=keys).select_related(
        "native", "reading", "house_native", "house_reading", "published_by", "ended_by"
    )
    found: dict[str, list[WordingVersion]] = {}
    for row in rows.order_by("key", "number"):
        found.setdefault(row.key, []).append(row)
    return {key: tuple(kept) for key, kept in found.items()}


def version(ref: str) -> WordingVersion | None:
    rows = WordingVersion.objects.select_related(
        "native", "reading", "house_native", "house_reading", "published_by", "ended_by"
    )
    return rows.filter(ref=ref).first()


def version_before(one: WordingVersion) -> WordingVersion | None:
    """The one that held before, unless the house's text held in between."""
    rows = WordingVersion.objects.filter(key=one.key, number=one.number - 1).select_related(
        "native", "reading"
    )
    earlier = rows.first()
    return None if earlier is None or earlier.ended_at else earlier


def newest_version(key: str) -> WordingVersion | None:
    """The newest that was published, whether or not it holds."""
    return WordingVersion.objects.filter(key=key).order_by("number").last()


def version_in_force(key: str) -> WordingVersion | None:
    newest = newest_version(key)
    return newest if newest and newest.ended_at is None else None


def wording(ref: str) -> Wording | None:
    return _wordings().filter(ref=ref).first()


def question(ref: str) -> WordedQuestion | None:
    rows = WordedQuestion.objects.select_related(
        "wording__house_native", "wording__house_reading", "wording__organisation", "changed_by"
    )
    return rows.filter(ref=ref).first()


def questions_of(one: Wording) -> list[WordedQuestion]:
    return list(
        WordedQuestion.objects.filter(wording=one).select_related("changed_by").order_by("position", "pk")
    )


def house_of(one: "Wording | WordingVersion | Model") -> tuple[Entry, ...]:
    """The house's text that something builds on."""
    return entries.of_rows(one.house_native, one.house_reading)


def builds_on_another(one: WordingVersion, other: Wording) -> bool:
    """Whether the two build on different texts of the house."""
    return (one.house_native_id, one.house_reading_id) != (other.house_native_id, other.house_reading_id)


def _wordings() -> "QuerySet[Wording]":
    return Wording.objects.select_related("house_native", "house_reading", "organisation", "begun_by")
