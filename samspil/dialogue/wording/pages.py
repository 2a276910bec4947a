"""What the pages of the wording show: everything a template needs, gathered once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.core import question_wording as core
from samspil.core.question_wording import Change, Difference, Entry
from samspil.dialogue import regime as regimes
from samspil.dialogue.doorstep import Crumb, trail
from samspil.dialogue.pages import committees_word
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.question_cards import QuestionCard
from samspil.dialogue.questions import levels_of
from samspil.dialogue.regime import Regime
from samspil.dialogue.wording import cards, entries, queries
from samspil.dialogue.wording.forms import LENGTHS, SIDES
from samspil.dialogue.wording.models import WordedQuestion, Wording, WordingVersion
from samspil.dialogue.wording.queries import Model, level_word
from samspil.dialogue.wording.words import CHANGES, PARTS, YES_NO, language_name
from samspil.dialogue.words import BEFORE_STEPS
from samspil.organisation.viewer import Viewer

Context = dict[str, Any]
TONES = {
    Change.ADDED: "success",
    Change.GONE: "warning",
    Change.REWORDED: "info",
    Change.LEFT_OUT: "warning",
    Change.TAKEN_BACK: "success",
}


@dataclass(frozen=True)
class Said:
    """One thing that reads differently: what it is, its language, and both texts."""

    part: str
    language: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """What became of one question, as a page shows it."""

    title: str
    language: str
    change: str
    tone: str
    levels: str
    said: tuple[Said, ...]
    because: str = ""


@dataclass(frozen=True)
class Line:
    """A question of the wording in work, with what can be done with it."""

    row: WordedQuestion
    levels: str
    when: str
    badge: str
    tone: str
    incomplete: bool
    first: bool
    last: bool


@dataclass(frozen=True)
class Beside:
    """One part of a question: the house's text and the field for one's own, in both languages."""

    title: str
    sides: tuple[tuple[str, tuple[str, ...], Any], ...]  # language, the house's lines, field


# --- what holds here ----------------------------------------------------------------------------------------


def question_models(viewer: Viewer) -> Context:
    found = queries.models(viewer)
    return {
        "models": found,
        "regime": found[0].regime if found else None,
        "may_word": PERMISSIONS.allows("begin_wording", viewer),
        "who_words": PERMISSIONS["dialogue.begin_wording"].sentence,
        "breadcrumbs": _crumbs(viewer, (_("The questions"), "")),
    }


def question_model(model: Model, viewer: Viewer) -> Context:
    return {
        "model": model,
        "native": model.native,
        "versions": list(reversed(model.versions)),
        "left_out": [entry for entry in model.entries if entry.left_out],
        "may_word": PERMISSIONS.allows("begin_wording", viewer),
        "who_words": PERMISSIONS["dialogue.begin_wording"].sentence,
        "breadcrumbs": _crumbs(viewer, *_model_crumb(viewer, model, last=True)),
    }


def card(shown: QuestionCard, model: Model, viewer: Viewer) -> Context:
    title = f"{shown.level_title} · {language_name(shown.language)}"
    return {
        "card": shown,
        "model": model,
        "card_languages": cards.languages_of(model),
        "breadcrumbs": _crumbs(viewer, *_model_crumb(viewer, model), (title, "")),
    }


def newer_house(model: Model, viewer: Viewer) -> Context:
    """What the house has changed since one's own wording was built, beside one's own words."""
    old = queries.house_of(model.in_force or model)
    new = entries.of_rows(model.house_native, model.house_reading)
    own = {entry.place: entry for entry in model.entries}
    return {
        "model": model,
        "pairs": [
            ([shown], _texts_of(own[one.entry.place], model) if one.entry.place in own else [])
            for one, shown in _shown(core.differences(old, new), model.regime, cards.languages_of(model))
        ],
        "may_word": PERMISSIONS.allows("begin_wording", viewer),
        "breadcrumbs": _crumbs(viewer, *_model_crumb(viewer, model), (_("What the house has changed"), "")),
    }


def version(one: WordingVersion, viewer: Viewer) -> Context:
    """A published version: its note, and what became of each question since the one before."""
    model = queries.model(queries.ref_of(one.key))
    regime = regimes.named(one.key.partition(".")[0], viewer.organisation)
    earlier = queries.version_before(one)
    before = entries.of_rows(earlier.native, earlier.reading) if earlier else queries.house_of(one)
    after = entries.of_rows(one.native, one.reading)
    languages = (one.native.language, one.reading.language)
    title = _("Version %(number)s") % {"number": one.number}
    return {
        "version": one,
        "earlier": earlier,
        "model": model,
        "regime": regime,
        "changes": [shown for _one, shown in _shown(core.differences(before, after), regime, languages)],
        "reordered": core.reordered(before, after),
        "entries": [(entry, level_words(entry.levels, regime)) for entry in after if not entry.left_out],
        "breadcrumbs": _crumbs(viewer, *(_model_crumb(viewer, model) if model else ()), (title, "")),
    }


# --- what is in work ----------------------------------------------------------------------------------------


def wording(one: Wording, viewer: Viewer) -> Context:
    model = _model_of(one)
    rows = queries.questions_of(one)
    house = {entry.place: entry for entry in queries.house_of(one)}
    return {
        "wording": one,
        "model": model,
        "newer": model.is_newer_than(one),
        "lines": [
            _line(row, house.get(row.place), model.regime, row is rows[0], row is rows[-1]) for row in rows
        ],
        "incomplete": len(core.incomplete(entries.of_questions(rows))),
        "levels": [(level, level_word(model.regime, level)) for level in levels_of(one.house_native.body)],
        "spoken": [(code, language_name(code)) for code in cards.languages_of(one)],
        "breadcrumbs": _crumbs(viewer, *_model_crumb(viewer, model), (_("In our own words"), "")),
    }


def question(row: WordedQuestion | None, one: Wording, form: Any, viewer: Viewer) -> Context:
    """The house's words beside the fields for one's own, part by part, in both languages."""
    model = _model_of(one)
    house = {entry.place: entry for entry in queries.house_of(one)}.get(row.place) if row else None
    title = row.native["ask"] if row else _("A question of our own")
    return {
        "wording": one,
        "question": row,
        "model": model,
        "form": form,
        "parts": [_beside(part, house, form, cards.languages_of(one)) for part in LENGTHS],
        "house": house,
        "house_levels": level_words(house.levels, model.regime) if house else "",
        "house_before": BEFORE_STEPS[house.before] if house else "",
        "title": title,
        "breadcrumbs": _work_crumbs(viewer, model, one, title),
    }


def leave_out(row: WordedQuestion, viewer: Viewer) -> Context:
    model = _model_of(row.wording)
    return {
        "question": row,
        "wording": row.wording,
        "native_language": row.wording.house_native.language,
        "breadcrumbs": _work_crumbs(viewer, model, row.wording, _("Leave a question out")),
    }


def publish(one: Wording, viewer: Viewer) -> Context:
    """What would change for those who are asked, against what holds now."""
    model = _model_of(one)
    after = entries.of_questions(queries.questions_of(one))
    before = model.entries
    found = _shown(core.differences(before, after), model.regime, cards.languages_of(one))
    return {
        "wording": one,
        "model": model,
        "changes": [shown for _one, shown in found],
        "reordered": core.reordered(before, after),
        "breadcrumbs": _work_crumbs(viewer, model, one, _("Publish")),
    }


def go_back(model: Model, viewer: Viewer) -> Context:
    return {
        "model": model,
        "breadcrumbs": _crumbs(viewer, *_model_crumb(viewer, model), (_("Go back to the house's text"), "")),
    }


def preview(shown: QuestionCard, one: Wording, viewer: Viewer) -> Context:
    model = _model_of(one)
    return {
        "card": shown,
        "wording": one,
        "card_languages": cards.languages_of(one),
        "breadcrumbs": _work_crumbs(viewer, model, one, _("Preview")),
    }


def level_words(levels: Iterable[str], regime: Regime) -> str:
    return ", ".join(level_word(regime, level) for level in levels)


# --- what the pages share -----------------------------------------------------------------------------------


def _model_of(one: Wording) -> Model:
    model = queries.model(queries.ref_of(one.key))
    assert model is not None  # noqa: S101 - a wording in work was begun from it
    return model


def _line(row: WordedQuestion, house: Entry | None, regime: Regime, first: bool, last: bool) -> Line:
    entry = entries.of_question(row)
    badge, tone = _badge(entry, house)
    return Line(
        row,
        level_words(entry.levels, regime),
        str(BEFORE_STEPS[entry.before]),
        badge,
        tone,
        bool(core.incomplete([entry])),
        first,
        last,
    )


def _badge(entry: Entry, house: Entry | None) -> tuple[str, str]:
    if entry.left_out:
        return _("left out"), "warning"
    if house is None:
        return _("our own question"), "success"
    return (_("the house's words"), "") if core.alike(entry, house) else (_("our own words"), "info")


def _beside(part: str, house: Entry | None, form: Any, languages: Sequence[str]) -> Beside:
    sides = []
    for side, language in zip(SIDES, languages, strict=True):
        words = getattr(house, side) if house else None
        sides.append((language, _lines(getattr(words, part)) if words else (), form[f"{side}_{part}"]))
    return Beside(str(PARTS[part]), tuple(sides))


def _shown(
    found: Iterable[Difference], regime: Regime, languages: Sequence[str]
) -> Iterator[tuple[Difference, Shown]]:
    for one in found:
        yield (
            one,
            Shown(
                title=one.entry.native.ask,
                language=languages[0],
                change=str(CHANGES[one.change]),
                tone=TONES[one.change],
                levels=level_words(one.entry.levels, regime),
                said=tuple(_said(one, regime, languages)),
                because=one.after.left_out if one.after else "",
            ),
        )


def _said(one: Difference, regime: Regime, languages: Sequence[str]) -> Iterator[Said]:
    """Each part that reads differently; of a new question all its words, in both languages."""
    parts = one.fields if one.before and one.after else core.IN_TWO_LANGUAGES
    if one.change == Change.LEFT_OUT:
        parts = ()
    for part in parts:
        if part in core.IN_TWO_LANGUAGES:
            for side, language in zip(SIDES, languages, strict=True):
                before, after = (_part(entry, side, part) for entry in (one.before, one.after))
                if before != after:
                    yield Said(str(PARTS[part]), language, before, after)
        else:
            before, after = (_fact(entry, part, regime) for entry in (one.before, one.after))
            yield Said(str(PARTS[part]), "", before, after)


def _part(entry: Entry | None, side: str, part: str) -> tuple[str, ...]:
    return _lines(getattr(getattr(entry, side), part)) if entry else ()


def _lines(value: "str | tuple[str, ...]") -> tuple[str, ...]:
    lines = value.splitlines() if isinstance(value, str) else value
    return tuple(line for line in lines if line.strip())


def _fact(entry: Entry | None, part: str, regime: Regime) -> tuple[str, ...]:
    if entry is None:
        return ()
    words: Mapping[str, str] = {
        "levels": level_words(entry.levels, regime),
        "before": str(BEFORE_STEPS.get(entry.before, "")),
        "core": str(YES_NO[entry.core]),
    }
    return (words[part],)


def _texts_of(entry: Entry, model: Model) -> list[tuple[str, core.Text]]:
    return [(model.house_native.language, entry.native), (model.house_reading.language, entry.reading)]


def _model_crumb(viewer: Viewer, model: Model, last: bool = False) -> list[tuple[str, str]]:
    url = reverse("dialogue:question_model", args=[viewer.organisation.slug, model.ref])
    above = (_("The questions"), reverse("dialogue:question_models", args=[viewer.organisation.slug]))
    return [above, (model.phase_title, "" if last else url)]


def _work_crumbs(viewer: Viewer, model: Model, one: Wording, title: str) -> list[dict[str, str]]:
    url = reverse("dialogue:wording", args=[viewer.organisation.slug, one.ref])
    return _crumbs(viewer, *_model_crumb(viewer, model), (_("In our own words"), url), (title, ""))


def _crumbs(viewer: Viewer, *items: tuple[str, str]) -> list[Crumb]:
    above = trail(viewer, {"committees": committees_word(viewer)})
    return [*above, *({"title": title, "url": url} for title, url in items)]
