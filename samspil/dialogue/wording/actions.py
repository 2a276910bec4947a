"""What people do with the wording of question models. Each action: permission, facts, journal."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspil.core import question_wording as core
from samspil.core.question_wording import Entry, Text
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.questions import levels_of
from samspil.dialogue.wording import entries, queries
from samspil.dialogue.wording.models import WordedQuestion, Wording, WordingVersion
from samspil.dialogue.wording.queries import KIND, Model
from samspil.dialogue.words import BEFORE_STEPS
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation import content, journal
from samspil.organisation.models import Content
from samspil.organisation.viewer import Viewer

THEY_CHANGED_IT = _("Somebody changed this while you were writing. Both texts are below; nothing is lost.")
NOT_IN_WORK = _("Somebody has published this or put it away. Open the questions again to see what holds now.")
UP, DOWN = -1, 1


# --- the wording in work ------------------------------------------------------------------------------------


@transaction.atomic
def begin_wording(*, model: Model, by: Viewer, at: datetime) -> Wording:
    """Take a model up to word it anew, from the words that hold here. Who comes second joins in."""
    PERMISSIONS.require("begin_wording", by)
    if model.in_work:
        return model.in_work
    base: Model | WordingVersion = model.in_force or model
    wording = Wording.objects.create(
        organisation=by.organisation,
        key=model.key,
        house_native=base.house_native,
        house_reading=base.house_reading,
        begun_by=by.person,
        begun_at=at,
    )
    _put(wording, model.entries)
    _remember("wording_begun", wording, by, at)
    return wording


@transaction.atomic
def drop_wording(*, wording: Wording, by: Viewer, at: datetime) -> None:
    """Put away what is in work. What holds goes on holding."""
    PERMISSIONS.require("drop_wording", by)
    kept = _in_work(wording.pk)
    _remember_before(kept, by, at)


@transaction.atomic
def word_question(
    *,
    question: WordedQuestion,
    native: Text,
    reading: Text,
    levels: Sequence[str],
    before: str,
    core_question: bool,
    version: int,
    by: Viewer,
    at: datetime,
) -> WordedQuestion:
    """Say a question in one's own words, in both languages. A language that is still missing may follow;
    it has to be there when the wording is published."""
    PERMISSIONS.require("word_question", by)
    wording = _in_work(question.wording_id)
    kept = _unchanged(question, version, _texts(native, reading))
    kept.native, kept.reading = entries.plain(native), entries.plain(reading)
    kept.levels, kept.before, kept.core = _levels(wording, levels), before, core_question
    _check(entries.of_question(kept))
    _keep(kept, by, at)
    _touch(wording)
    _remember("question_worded", wording, by, at, question=kept.native["ask"])
    return kept


@transaction.atomic
def add_question(
    *,
    wording: Wording,
    native: Text,
    reading: Text,
    levels: Sequence[str],
    before: str,
    core_question: bool,
    by: Viewer,
    at: datetime,
) -> WordedQuestion:
    """Add a question of one's own, behind the others."""
    PERMISSIONS.require("add_question", by)
    kept = _in_work(wording.pk)
    own = _own_key(native.ask)
    entry = Entry(own, own, native, reading, tuple(_levels(kept, levels)), before, core_question)
    _check(entry)
    here = WordedQuestion.objects.filter(wording=kept)
    if here.filter(place=own).exists():
        raise Refused(_("This question is among yours already."), "native_ask")
    made = _new(kept, entry, here.count())
    made.changed_by, made.changed_at = by.person, at
    made.save()
    _touch(kept)
    _remember("question_added", kept, by, at, question=native.ask)
    return made


@transaction.atomic
def leave_out_question(
    *, question: WordedQuestion, reason: str, version: int, by: Viewer, at: datetime
) -> WordedQuestion:
    """Leave a question out, with the reason. It can be taken back."""
    PERMISSIONS.require("leave_out_question", by)
    wording = _in_work(question.wording_id)
    if not reason.strip():
        raise Refused(_("Write in a sentence why this is not asked here. It stays visible."), "reason")
    kept = _unchanged(question, version, reason)
    kept.left_out_because = reason.strip()
    _keep(kept, by, at)
    _touch(wording)
    _remember("question_left_out", wording, by, at, question=kept.native["ask"], reason=kept.left_out_because)
    return kept


@transaction.atomic
def take_question_back(*, question: WordedQuestion, by: Viewer, at: datetime) -> WordedQuestion:
    """Ask a question again that was left out."""
    PERMISSIONS.require("take_question_back", by)
    wording = _in_work(question.wording_id)
    kept = _there(question)
    if not kept.left_out_because:
        raise Refused(_("This question is asked already."))
    kept.left_out_because = ""
    _keep(kept, by, at)
    _touch(wording)
    _remember("question_taken_back", wording, by, at, question=kept.native["ask"])
    return kept


@transaction.atomic
def move_question(*, question: WordedQuestion, steps: int, by: Viewer, at: datetime) -> WordedQuestion:
    """Move a question so many places down, or up when negative."""
    PERMISSIONS.require("move_question", by)
    wording = _in_work(question.wording_id)
    rows = {row.place: row for row in queries.questions_of(wording)}
    if question.place not in rows:
        raise Refused(NOT_IN_WORK)
    order = core.moved(entries.of_questions(rows.values()), question.place, steps)
    for position, entry in enumerate(order):
        rows[entry.place].position = position
    WordedQuestion.objects.bulk_update(rows.values(), ["position"])
    _touch(wording)
    _remember("questions_moved", wording, by, at, question=question.native["ask"])
    return rows[question.place]


@transaction.atomic
def build_on_newest(*, wording: Wording, model: Model, by: Viewer, at: datetime) -> Wording:
    """Bring the house's newer text in: where one has not reworded anything it comes, where one has, it stays
    beside one's own."""
    PERMISSIONS.require("build_on_newest", by)
    kept = _in_work(wording.pk)
    if not model.is_newer_than(kept):
        raise Refused(_("This builds on the house's newest text already."))
    old, new = queries.house_of(kept), entries.of_rows(model.house_native, model.house_reading)
    rows = {row.place: row for row in queries.questions_of(kept)}
    order = core.renewed(entries.of_questions(rows.values()), old, new)
    kept.house_native, kept.house_reading = model.house_native, model.house_reading
    kept.save(update_fields=["house_native", "house_reading"])
    _renew(kept, rows, order)
    _touch(kept)
    _remember("wording_renewed", kept, by, at, version=model.house_native.version)
    return kept


# --- publishing, and going back -----------------------------------------------------------------------------


@transaction.atomic
def publish_wording(*, wording: Wording, note: str, version: int, by: Viewer, at: datetime) -> WordingVersion:
    """Put the wording in force for new items. Items that have their questions keep the words they were given.

    `version` is that of the wording one has read.
    """
    PERMISSIONS.require("publish_wording", by)
    kept = _in_work(wording.pk)
    if kept.version != version:
        raise Refused(
            _("Somebody changed the wording after you opened this page. Read what is new and publish then."),
            "version",
        )
    if not note.strip():
        raise Refused(_("Write what has changed and why; the other side reads it first."), "note")
    held, newest = queries.version_in_force(kept.key), queries.newest_version(kept.key)
    number = newest.number + 1 if newest else 1
    before = entries.of_rows(held.native, held.reading) if held else queries.house_of(kept)
    said = _without_passing_thoughts(entries.of_questions(queries.questions_of(kept)), before)
    _ready(kept, said)
    if tuple(before) == said and not (held and queries.builds_on_another(held, kept)):
        raise Refused(_("These are the words that hold already. Change something first, or put it away."))
    published = WordingVersion.objects.create(
        organisation=by.organisation,
        key=kept.key,
        number=number,
        native=_row(kept.house_native, said, number, by, at),
        reading=_row(kept.house_reading, said, number, by, at),
        house_native=kept.house_native,
        house_reading=kept.house_reading,
        note=note.strip(),
        published_by=by.person,
        published_at=at,
    )
    kept.delete()
    facts = {"key": published.key, "number": number, "note": published.note, **_hashes(published)}
    journal.append("dialogue.wording_published", thing=published.ref, facts=facts, by=by, at=at)
    return published


@transaction.atomic
def return_to_house(*, model: Model, reason: str, by: Viewer, at: datetime) -> WordingVersion:
    """Let the house's text hold again for new items. Versions stay, and so do the words of earlier items."""
    PERMISSIONS.require("return_to_house", by)
    newest = queries.version_in_force(model.key)
    if newest is None:
        raise Refused(_("The house's text holds already."))
    if not reason.strip():
        raise Refused(_("Write in a sentence why you go back. It stays visible."), "reason")
    newest.ended_at, newest.ended_by, newest.ended_because = at, by.person, reason.strip()
    newest.save(update_fields=["ended_at", "ended_by", "ended_because"])
    content.withdraw(KIND, model.key, by.organisation)
    facts = {"key": newest.key, "number": newest.number, "reason": newest.ended_because}
    journal.append("dialogue.wording_ended", thing=newest.ref, facts=facts, by=by, at=at)
    return newest


# --- steps the actions share --------------------------------------------------------------------------------


def _in_work(key: int) -> Wording:
    """The wording as it stands now, held until the action is over: two people take turns."""
    kept = (
        Wording.objects.select_for_update(of=("self",))
        .select_related("house_native", "house_reading")
        .filter(pk=key)
        .first()
    )
    if kept is None:
        raise Refused(NOT_IN_WORK)
    return kept


def _there(question: WordedQuestion) -> WordedQuestion:
    kept = WordedQuestion.objects.filter(pk=question.pk).first()
    if kept is None:
        raise Refused(NOT_IN_WORK)
    return kept


def _unchanged(question: WordedQuestion, version: int, yours: str) -> WordedQuestion:
    """The question as it stands now; whoever comes second sees both texts."""
    kept = _there(question)
    if kept.version != version:
        raise ChangedMeanwhile(THEY_CHANGED_IT, theirs=_in_short(kept), yours=yours)
    return kept


def _keep(kept: WordedQuestion, by: Viewer, at: datetime) -> None:
    kept.version += 1
    kept.changed_by, kept.changed_at = by.person, at
    kept.save()


def _touch(wording: Wording) -> None:
    wording.version += 1
    wording.save(update_fields=["version"])


def _put(wording: Wording, said: Iterable[Entry]) -> None:
    WordedQuestion.objects.bulk_create(_new(wording, entry, at) for at, entry in enumerate(said))


def _new(wording: Wording, entry: Entry, position: int) -> WordedQuestion:
    return WordedQuestion(
        organisation_id=wording.organisation_id,
        wording=wording,
        position=position,
        **entries.facts_of(entry),
    )


def _renew(wording: Wording, rows: dict[str, WordedQuestion], order: Sequence[Entry]) -> None:
    """Write the new order into the rows: what came in is new, what is gone goes."""
    places = {entry.place for entry in order}
    WordedQuestion.objects.filter(wording=wording).exclude(place__in=places).delete()
    for position, entry in enumerate(order):
        row = rows.get(entry.place)
        if row is None:
            _new(wording, entry, position).save()
            continue
        row.version += entries.of_question(row) != entry
        row.position = position
        for name, value in entries.facts_of(entry).items():
            setattr(row, name, value)
        row.save()


def _levels(wording: Wording, chosen: Sequence[str]) -> list[str]:
    """The chosen levels, from the top."""
    known = levels_of(wording.house_native.body)
    return [level for level in known if level in chosen]


def _own_key(ask: str) -> str:
    """The same question keeps its key, whichever version it comes in again."""
    return f"own_{sha256(ask.strip().casefold().encode()).hexdigest()[:12]}"


def _check(entry: Entry) -> None:
    if not entry.native.ask.strip():
        raise Refused(_("Write the question. It may be short."), "native_ask")
    if not entry.levels:
        raise Refused(_("Choose at least one level on which it is asked."), "levels")
    if entry.before not in BEFORE_STEPS:
        raise Refused(_("Choose the step before which it is to be taken up."), "before")


def _ready(wording: Wording, said: Sequence[Entry]) -> None:
    """Everything asked is there in both languages, once a level, and each level has a core question."""
    for entry in core.incomplete(said):
        missing = _("the reading version in English") if entry.native.complete else _("the native text")
        raise Refused(
            _(
                "“%(question)s” is not complete: %(missing)s lacks words. Open the question, fill in all four"
                " fields in both languages, and publish then."
            )
            % {"question": entry.native.ask, "missing": missing}
        )
    for entry in core.asked_twice(said):
        raise Refused(
            _(
                "“%(question)s” is asked on a level where another question on the same topic is asked"
                " already. Take the level away from one of the two, or leave one out."
            )
            % {"question": entry.native.ask}
        )
    for level in core.without_core(said, levels_of(wording.house_native.body)):
        raise Refused(
            _(
                "On one level (%(level)s) no core question is left, so a small initiative would have nothing"
                " to discuss there. Mark a question of that level as core."
            )
            % {"level": level}
        )


def _without_passing_thoughts(said: Sequence[Entry], before: Sequence[Entry]) -> tuple[Entry, ...]:
    """Without own questions that were added and left out again before anybody was asked."""
    known = {entry.place for entry in before}
    return tuple(
        one for one in said if not (one.left_out and one.place.startswith("own_") and one.place not in known)
    )


def _row(house: Content, said: Sequence[Entry], number: int, by: Viewer, at: datetime) -> Content:
    body = entries.body(house, said, number, by.organisation.name)
    content.keep(KIND, house.key, house.language, body, at, by.organisation)
    return Content.objects.get(
        kind=KIND, key=house.key, language=house.language, organisation=by.organisation, current=True
    )


def _hashes(published: WordingVersion) -> dict[str, str]:
    return {"native_sha256": published.native.sha256, "reading_sha256": published.reading.sha256}


def _in_short(row: WordedQuestion) -> str:
    """A question to be laid beside what somebody else wrote."""
    if row.left_out_because:
        return row.left_out_because
    return _texts(entries.text(row.native), entries.text(row.reading))


def _texts(*texts: Text) -> str:
    parts = ("\n".join([one.ask, one.explanation, one.why, *one.good_answer]) for one in texts)
    return "\n\n".join(part.strip() for part in parts if part.strip())


def _remember(verb: str, wording: Wording, by: Viewer, at: datetime, **facts: object) -> None:
    journal.append(f"dialogue.{verb}", thing=wording.ref, facts={"key": wording.key, **facts}, by=by, at=at)


def _remember_before(wording: Wording, by: Viewer, at: datetime) -> None:
    """The journal comes last; what it names is put away a moment before."""
    ref, key = wording.ref, wording.key
    wording.delete()
    journal.append("dialogue.wording_dropped", thing=ref, facts={"key": key}, by=by, at=at)
