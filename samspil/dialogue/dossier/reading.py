"""What a dossier tells, read in one moment: the facts as plain values, and the files that go with them.

Everything is read as one viewer may read it. A closed item that the viewer is not let in to is there as a
hash and the day it opens, and nothing else of it: no row of the clock, no word of the journal.
"""

import hashlib
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Prefetch
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspil.core import decision_clock as clock
from samspil.core import dossier as core
from samspil.dialogue import confidential, documents, queries, signing, words
from samspil.dialogue import regime as regimes
from samspil.dialogue.agenda.models import Annex
from samspil.dialogue.around import annexes
from samspil.dialogue.dossier import names, trail
from samspil.dialogue.heard import Facts, Held
from samspil.dialogue.models import Item, Meeting, Minutes, Outcome, Signature
from samspil.dialogue.regime import Regime
from samspil.dialogue.secrecy import MANAGEMENT, STAFF, released_answers
from samspil.initiative import documents as hall_documents
from samspil.initiative import process
from samspil.initiative import queries as hall
from samspil.initiative.models import BindingStep, GateDecision, Initiative, MondayStatement
from samspil.initiative.queries import StepHistory
from samspil.initiative.things import thread_of
from samspil.initiative.words import LEVELS, LINKS_BACK, LINKS_ON, OUTCOMES, PHASES, STEP_KINDS
from samspil.kit import house
from samspil.kit.exports import Document
from samspil.kit.exports.filing import Filing
from samspil.kit.refusal import Refused
from samspil.organisation.models import File
from samspil.organisation.viewer import Viewer, day_in

Json = dict[str, Any]


@dataclass
class Gathered:
    """The facts, and the files by their names in the package: bytes, or documents still to be written.

    `records`: what an archive is told of the documents, by name. `opened`: the closed items, by ref, that
    this viewer may read and that stand in it; `items`: all that stand in it, for one may be closed later.
    `titles`: how folders and files are called where any letter can be written."""

    language: str
    facts: Json = field(default_factory=dict)
    files: dict[str, bytes | Document] = field(default_factory=dict)
    records: dict[str, Filing] = field(default_factory=dict)
    opened: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read inside is of one moment, whoever writes meanwhile."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def read(initiative: Initiative, viewer: Viewer, language: str) -> Gathered:
    """All that a viewer may know of an initiative, worded in a language."""
    with one_moment(), translation.override(language):
        now = hall.initiative(initiative.ref)
        return _Reader(now or initiative, viewer, language).read()


def id_of(ref: str) -> str:
    """The id of a thing in packages: a UUID that, like the ref it comes from, tells no order and no time."""
    return str(uuid.UUID(bytes=hashlib.sha256(f"samspil-id-1:{ref}".encode()).digest()[:16], version=4))


class _Reader:
    def __init__(self, initiative: Initiative, viewer: Viewer, language: str) -> None:
        self.initiative, self.viewer = initiative, viewer
        self.out = Gathered(language)
        asked = list(_items(initiative))
        self.items = [one for one in asked if confidential.may_read(viewer, one)]
        self.hidden = [one for one in asked if one not in self.items]
        self.regimes = queries.regimes_of(self.items)
        self.decisions = hall.decisions(initiative)[::-1]
        self.steps = hall.steps([initiative])[initiative.pk]

    def read(self) -> Gathered:
        today = self.viewer.today
        self.out.opened = [one.ref for one in self.items if confidential.is_confidential(one, today)]
        self.out.items = [one.ref for one in self.items]
        items = [self._item(number, one) for number, one in enumerate(self.items, 1)]
        found = trail.read(self.viewer.organisation, self._things(), self.items)
        self.out.files[core.JOURNAL] = found.lines
        self.out.facts = {
            "format": core.FORMAT,
            "language": self.out.language,
            "made_on": today.isoformat(),
            "organisation": self.viewer.organisation.name,
            "initiative": self._about(),
            "steps": [self._step(one) for one in self.steps],
            "before_steps": self._before_steps(),
            "items": items,
            "closed_but_readable_here": [id_of(ref) for ref in self.out.opened],
            "closed": [self._closed(one) for one in self.hidden],
            "decisions": [self._decision(number, one) for number, one in enumerate(self.decisions, 1)],
            "links": self._links(),
            "files": self._annexes(),
            "journal": found.facts,
        }
        return self.out

    # --- the initiative ----------------------------------------------------------------------------------

    def _about(self) -> Json:
        one, duty = self.initiative, getattr(self.initiative, "ai_duty", None)
        needs = () if self.viewer.is_guest else hall.surroundings(one).needs
        return {
            **_id(one.ref),
            "title": one.title,
            "phase": str(PHASES[one.phase]),
            "level": str(LEVELS[one.decision_level]),
            "owner": str(one.owner),
            "lead": str(one.lead),
            "case_number": one.case_number,
            "started_on": day_in(one.organisation, one.started_at).isoformat(),
            "needs": [name for name, _ref in needs],
            "affected": [
                {
                    "name": each.name,
                    "from_monday": each.said.text if each.said else "",
                    "said_on": day_in(one.organisation, each.said.said_at).isoformat() if each.said else "",
                }
                for each in hall.affected(one)
            ],
            "told_about_ai_on": duty.informed_on.isoformat() if duty and duty.informed_on else "",
        }

    def _things(self) -> list[str]:
        """The refs of the initiative and of all that is told of it."""
        monday = MondayStatement.objects.filter(initiative=self.initiative).select_related("thing")
        rows = (self.initiative, *(one.step for one in self.steps), *self.decisions, *monday, *self.items)
        return sorted(one.ref for one in rows)

    def _links(self) -> list[Json]:
        """What it rests on and what came of it, one step away."""
        thread = thread_of(self.initiative.thing, self.viewer)
        readable, kinds = {one.ref for one in self.items}, house.thing_kinds()
        pairs = [(LINKS_ON, pair) for pair in thread.forward] + [
            (LINKS_BACK, pair) for pair in thread.backward
        ]
        return [
            {
                "id": id_of(card.ref),
                "kind": kind,
                "word": str(word[kind]),
                "of_kind": str(card.line) or str(kinds[card.kind].title),
                "what": card.title,
            }
            for word, (kind, card) in pairs
            if card.kind != "item" or card.ref in readable
        ]

    def _step(self, history: StepHistory) -> Json:
        step = history.step
        return {
            **_id(step.ref),
            "kind": step.kind,
            "title": self._named(step),
            "phase": str(PHASES[step.phase]),
            "dates": [
                {
                    "on": one.on.isoformat(),
                    "taken": one.taken,
                    "reason": one.reason,
                    "by": str(one.given_by or ""),
                    "given_on": day_in(one.organisation, one.given_at).isoformat(),
                }
                for one in history.dates
            ],
        }

    def _named(self, step: BindingStep) -> str:
        """What a step is called; a decision is named by the gate at which it is taken."""
        gate = process.gate_of_phase(self.initiative, step.phase) if step.kind == "decision" else None
        return _("The decision at “%(gate)s”") % {"gate": gate.title} if gate else str(STEP_KINDS[step.kind])

    # --- before which step -------------------------------------------------------------------------------

    def _before_steps(self) -> list[Json]:
        facts = Facts([self.initiative])
        readable = {one.pk for one in self.items}
        facts.items = {key: [one for one in rows if one.pk in readable] for key, rows in facts.items.items()}
        return [self._before_step(one, facts) for one in self.steps]

    def _before_step(self, history: StepHistory, facts: Facts) -> Json:
        step, newest = history.step, history.newest
        known = [clock.BindingStep(clock.StepKind(step.kind), newest.on, newest.taken)]
        back = facts.back(self.initiative, step.phase, known)
        waits = facts.waits_for(back.held.item) if back and back.held else ""
        levels = {pk for line in facts.lines[self.initiative.pk] for pk in line.heard_in}
        held = sorted(facts.held(self.initiative, step.phase), key=lambda one: one.discussion.met_on)
        right = back is not None and back.line.right is not None
        return {
            "step": id_of(step.ref),
            "title": self._named(step),
            "phase": str(PHASES[step.phase]),
            "on": newest.on.isoformat(),
            "taken": newest.taken,
            "verdict": back.verdict.kind.value if back and right else "right_committee_not_known",
            "sentence": words.sentence_of(back.verdict, self.viewer.today, waits)
            if back and right
            else str(words.EVIDENCE_WORDS["no_right_committee"]),
            "discussed": [self._discussed(one, newest.on, levels) for one in held],
            "on_agenda": [] if held else self._on_agenda(step.phase, newest.on, levels),
            "entered_afterwards": bool(back and back.held and self._was_elsewhere(back.held)),
        }

    def _on_agenda(self, phase: str, step_on: date, levels: set[int]) -> list[Json]:
        """The agendas before a step on which an item of its phase stands at the right level."""
        found = [
            (one.meeting, one)
            for one in self.items
            if one.phase == phase and one.committee_id in levels and one.status == Item.Status.ON_AGENDA
            if one.meeting and one.meeting.cancelled_at is None
        ]
        return [
            {
                "item": id_of(item.ref),
                "meeting": id_of(meeting.ref),
                "committee": item.committee.name,
                "on": meeting.on.isoformat(),
                "days_before": (step_on - meeting.on).days,
            }
            for meeting, item in sorted(found, key=lambda pair: (pair[0].on, pair[0].pk))
            if self.viewer.today <= meeting.on < step_on
        ]

    def _was_elsewhere(self, held: Held) -> bool:
        item = next(one for one in self.items if one.pk == held.item.pk)
        return any(
            one.kind == Meeting.Kind.ELSEWHERE for one in _meetings(item) if one.on == held.discussion.met_on
        )

    def _discussed(self, held: Held, step_on: date, levels: set[int]) -> Json:
        item = next(one for one in self.items if one.pk == held.item.pk)
        met_on = held.discussion.met_on
        meeting = next(one for one in _meetings(item) if one.on == met_on)
        version = _newest(item, meeting)
        return {
            "item": id_of(item.ref),
            "meeting": id_of(meeting.ref),
            "title": item.title,
            "committee": item.committee.name,
            **_entered(item, meeting),
            "on": met_on.isoformat(),
            "days_before": (step_on - met_on).days,
            "counts": held.discussion.counts,
            "right_level": item.committee_id in levels,
            "order": held.discussion.order or "",
            "outcomes": [self._outcome(item, one)["title"] for one in _outcomes_at(item, meeting)],
            "approved_on": _iso(held.discussion.minutes_approved_on),
            "approved_by": _signers(version, Signature.Act.APPROVE, self._regime(item)),
            "approval_stated_by": _stated_by(version),
        }

    # --- items -------------------------------------------------------------------------------------------

    def _regime(self, item: Item) -> Regime:
        return self.regimes[item.regime_id]

    def _item(self, number: int, item: Item) -> Json:
        day = next((one.on.isoformat() for one in _meetings(item)), "")
        stem = names.numbered(number, f"{day} {item.title}")
        title = " · ".join(filter(None, [f"{number:02}", day, item.title]))
        versions = list(item.minutes.all())
        records = {one.number: one.record.encode() for one in versions if _is_signed(one)}
        known = [
            core.Version(one.number, id_of(one.meeting.ref), one.sha256, _iso(one.approved_on))
            for one in versions
        ]
        return {
            **_id(item.ref),
            "number": number,
            "title": item.title,
            "committee": item.committee.name,
            "phase": str(PHASES.get(item.phase, "")),
            "status": str(words.STATUSES[item.status]),
            "case_number": item.filed_under,
            "requested_on": day_in(item.organisation, item.requested_at).isoformat(),
            "opens_on": _iso(item.confidential_until) if item.ref in self.out.opened else "",
            "meetings": [self._meeting(item, one) for one in _meetings(item)],
            "outcomes": [self._outcome(item, one) for one in item.outcomes.all()],
            "sheet": self._sheet(stem, title, item),
            "questions": self._questions(item),
            "minutes": [self._minutes(stem, title, item, one) for one in versions],
            "changed_since_approval": core.changed_since_approval(known, records),
            "actions": [
                {
                    "what": one.text,
                    "who": str(one.owner or ""),
                    "by": one.due.isoformat(),
                    "done_on": _iso(one.done_on),
                }
                for one in queries.action_points_of(item)
            ],
        }

    def _meeting(self, item: Item, meeting: Meeting) -> Json:
        return {
            "id": id_of(meeting.ref),
            "on": meeting.on.isoformat(),
            "kind": str(words.MEETING_KINDS[meeting.kind]),
            "place": meeting.place,
            **_entered(item, meeting),
            "cancelled": meeting.cancelled_because or _("Cancelled") if meeting.cancelled_at else "",
            "corrections": [
                {
                    "before": one.before.isoformat(),
                    "after": one.after.isoformat(),
                    "reason": one.reason,
                    "by": str(one.corrected_by or ""),
                    "on": day_in(self.viewer.organisation, one.corrected_at).isoformat(),
                }
                for one in meeting.corrections.all()
            ],
        }

    def _outcome(self, item: Item, outcome: Outcome) -> Json:
        known = self._regime(item).outcome(outcome.key)
        title = known.title if known else outcome.key
        return {
            "meeting": id_of(outcome.meeting.ref),
            "key": outcome.key,
            "title": f"{title} ({outcome.union})" if outcome.union else title,
            "counts_as_discussed": bool(known and known.counts),
            "order": outcome.order,
        }

    def _sheet(self, stem: str, title: str, item: Item) -> str:
        """What the committee had before it: the case, the questions and what was answered beforehand. Empty
        where nothing was laid before it."""
        if not (item.case or item.questions.all() or annexes(item)):
            return ""
        folder = self._folder(2, _("Agenda items"))
        name = f"{folder}/{stem}.pdf"
        self.out.titles[name] = title
        self.out.files[name] = documents.agenda_item(item, self._regime(item), self.out.language)
        return name

    def _questions(self, item: Item) -> list[Json]:
        answers, regime = released_answers(item), self._regime(item)
        return [
            {
                "ask": question.wording["ask"],
                "answers": [
                    {"side": capfirst(regime.sides[side]), "text": answer.text}
                    for side in (MANAGEMENT, STAFF)
                    if (answer := answers.of(question.pk, side)) and answer.text
                ],
            }
            for question in item.questions.all()
        ]

    def _minutes(self, stem: str, title: str, item: Item, version: Minutes) -> Json:
        """One version. The text of a draft that nobody has signed is not handed on, only its hash."""
        signed = _is_signed(version)
        folder = self._folder(3, _("Minutes"))
        name = f"{folder}/{stem} v{version.number}"
        titled = f"{title} · {_('version %(number)s') % {'number': version.number}}"
        if signed:
            self.out.files[f"{name}.json"] = version.record.encode()
            self.out.titles[f"{name}.pdf"] = titled
        return {
            "number": version.number,
            "meeting": id_of(version.meeting.ref),
            "sha256": version.sha256,
            "written_on": day_in(item.organisation, version.written_at).isoformat(),
            "released_on": _iso(version.released_on),
            "approved_on": _iso(version.approved_on),
            "record": f"{name}.json" if signed else "",
            "document": self._minutes_document(name, item, version) if signed else "",
            "annex": self._file(name, titled, version.file) if signed and version.file else "",
            "signatures": [self._signature(item, one) for one in version.signatures.all()],
        }

    def _minutes_document(self, name: str, item: Item, version: Minutes) -> str:
        """Nothing is printed from a record that does not fit its hash; whoever checks the dossier sees it."""
        try:
            filing = documents.minutes_filing(item, version, self.viewer.today, self.out.language)
        except ValueError:
            return ""
        return self._keep(f"{name}.pdf", filing)

    def _signature(self, item: Item, one: Signature) -> Json:
        return {
            "act": one.act,
            "place": _place(one, self._regime(item)),
            "name": one.elsewhere_by or str(one.person or ""),
            "on": one.signed_on.isoformat(),
            "stated_by": str(one.person or "–") if one.as_kind == signing.ELSEWHERE else "",
            "stated_on": day_in(item.organisation, one.signed_at).isoformat()
            if one.as_kind == signing.ELSEWHERE
            else "",
            "sha256": one.sha256,
        }

    def _closed(self, item: Item) -> Json:
        return {
            "id": id_of(item.ref),
            "opens_on": _iso(item.confidential_until),
            "minutes_sha256": [one.sha256 for one in item.minutes.all()],
        }

    # --- decisions and files -----------------------------------------------------------------------------

    def _decision(self, number: int, found: GateDecision) -> Json:
        gate = next((one for one in process.gates(self.initiative) if one.key == found.gate), None)
        title = gate.question if gate else str(OUTCOMES[found.outcome])
        when = f"{found.decided_on.isoformat()} {OUTCOMES[found.outcome]}"
        folder = self._folder(4, _("Decisions"))
        name = f"{folder}/{names.numbered(number, when)}"
        self.out.titles[f"{name}.pdf"] = " · ".join(
            [f"{number:02}", found.decided_on.isoformat(), str(OUTCOMES[found.outcome])]
        )
        self.out.files[f"{name}.json"] = found.board.encode()
        return {
            **_id(found.ref),
            "gate": title,
            "outcome": str(OUTCOMES[found.outcome]),
            "on": found.decided_on.isoformat(),
            "by": ", ".join(part for part in (str(found.decided_by or ""), found.decider_title) if part),
            "reason": found.reason,
            "in_spite_of": found.override_reason,
            "board": f"{name}.json",
            "board_sha256": found.board_sha256,
            "document": self._decision_document(name, found),
            "conditions": [
                {
                    "what": one.text,
                    "who": str(one.owner or ""),
                    "by": _iso(one.due),
                    "met_on": _iso(one.met_on),
                }
                for one in found.conditions.all()
            ],
        }

    def _decision_document(self, name: str, found: GateDecision) -> str:
        try:
            return self._keep(f"{name}.pdf", hall_documents.filing(found))
        except Refused:
            return ""

    def _annexes(self) -> list[str]:
        """The annexes that were laid before the committees."""
        rows = Annex.objects.filter(item__in=self.items).select_related("file__blob")
        folder = self._folder(5, pgettext("of a dossier", "Files"))
        return [
            self._file(f"{folder}/{names.numbered(number, '')}", f"{number:02}", row.file)
            for number, row in enumerate(rows, 1)
        ]

    def _keep(self, name: str, filing: Filing) -> str:
        self.out.files[name] = filing.document
        self.out.records[name] = filing
        return name

    def _folder(self, number: int, title: str) -> str:
        name = names.folder(number, title)
        self.out.titles[name] = title
        return name

    def _file(self, stem: str, title: str, file: File) -> str:
        name = f"{stem} {names.plain(file.name)}"
        self.out.titles[name] = f"{title} · {file.name}"
        self.out.files[name] = bytes(file.blob.data)
        return name


# --- rows --------------------------------------------------------------------------------------------------


def _items(initiative: Initiative) -> Iterable[Item]:
    """Every item that stands, the oldest first, with all that is told of it."""
    outcomes = Outcome.objects.select_related("meeting", "union").order_by("meeting__on", "recorded_at", "pk")
    signatures = Signature.objects.select_related("person", "union", "seat").order_by("signed_at", "pk")
    minutes = Minutes.objects.select_related("meeting", "file__blob", "written_by").order_by("number")
    rows = Item.objects.filter(initiative=initiative).exclude(status=Item.Status.WITHDRAWN)
    return (
        rows.select_related(*queries.ITEM_ROWS, "requested_by")
        .prefetch_related(
            "questions",
            Prefetch("outcomes", outcomes),
            Prefetch("minutes", minutes.prefetch_related(Prefetch("signatures", signatures))),
            "meeting__corrections__corrected_by",
            "outcomes__meeting__corrections__corrected_by",
        )
        .order_by("requested_at", "pk")
    )


def _meetings(item: Item) -> list[Meeting]:
    """The meetings at which it was treated or stands now, in the order of their days."""
    rows = [one.meeting for one in item.outcomes.all()] + ([item.meeting] if item.meeting else [])
    return sorted({one.pk: one for one in rows}.values(), key=lambda one: (one.on, one.pk))


def _entered(item: Item, meeting: Meeting) -> Mapping[str, str]:
    """Who entered a meeting that was held outside Samspil, and when: with the first text of it."""
    first = next((one for one in item.minutes.all() if one.meeting_id == meeting.pk), None)
    if meeting.kind != Meeting.Kind.ELSEWHERE or first is None:
        return {"entered_by": "", "entered_on": ""}
    day = day_in(item.organisation, first.written_at).isoformat()
    return {"entered_by": str(first.written_by or ""), "entered_on": day}


def _outcomes_at(item: Item, meeting: Meeting) -> list[Outcome]:
    return [one for one in item.outcomes.all() if one.meeting_id == meeting.pk]


def _newest(item: Item, meeting: Meeting) -> Minutes | None:
    rows = [one for one in item.minutes.all() if one.meeting_id == meeting.pk]
    return rows[-1] if rows else None


def _is_signed(version: Minutes) -> bool:
    return bool(version.approved_on or version.released_on or version.signatures.all())


def _signers(version: Minutes | None, act: str, regime: Regime) -> list[str]:
    rows: Sequence[Signature] = list(version.signatures.all()) if version else []
    return [
        " ".join(part for part in (_place(one, regime), one.elsewhere_by or str(one.person or "")) if part)
        for one in rows
        if one.act == act
    ]


def _stated_by(version: Minutes | None) -> str:
    """Who says that a version was approved, where that did not happen in Samspil."""
    rows: Sequence[Signature] = list(version.signatures.all()) if version else []
    stated = [one for one in rows if (one.act, one.as_kind) == (Signature.Act.APPROVE, signing.ELSEWHERE)]
    return str(stated[0].person or "–") if stated else ""


def _place(one: Signature, regime: Regime) -> str:
    """The seat in the regime's own words."""
    seat = "" if one.as_kind == signing.ELSEWHERE else str(regimes.names(regime, [one.as_kind]))
    return f"{seat}, {one.union.name}" if one.union else seat


def _id(ref: str) -> Mapping[str, str]:
    """A thing's id in packages, and the code under which the journal's rows name it."""
    return {"id": id_of(ref), "journal_ref": ref}


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""
