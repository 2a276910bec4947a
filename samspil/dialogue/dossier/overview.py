"""The front of a dossier: what was discussed before which step, and whether minutes changed since approval.

The first page answers; what follows is to look up. The same document becomes the PDF and the page to read
offline, so that they cannot differ.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samspil.dialogue import words
from samspil.kit.charts import Basis, Chart, Moment, Table, TimeLine, draw
from samspil.kit.exports import (
    Block,
    Bullets,
    ChartBlock,
    Definitions,
    Document,
    Heading,
    Metadata,
    Notice,
    Paragraph,
    TableBlock,
)

Json = dict[str, Any]
IN_TIME = ("in_time", "in_time_same_day")
IN_SHORT = {
    "awaiting_approval": gettext_lazy("discussed before, but the minutes are not approved"),
    "same_day_without_recorded_order": gettext_lazy("discussed the same day; the order is not recorded"),
    "too_late": gettext_lazy("discussed only AFTER the step"),
    "right_committee_not_known": gettext_lazy("the right committee is not known"),
}
NO_HEADS = gettext_lazy(
    "No heads are published, so nobody outside can tell from this whether the whole journal was written anew."
)
PARTS = {
    "text": gettext_lazy("the text"),
    "outcomes": gettext_lazy("the outcome"),
    "positions": gettext_lazy("what the sides stood for"),
    "order": gettext_lazy("whether it came before or after the step of the same day"),
    "file_sha256": gettext_lazy("the attached file"),
    "met_on": gettext_lazy("the date of the meeting"),
    "committee": gettext_lazy("the name of the committee"),
    "item": gettext_lazy("the title"),
}


def document(facts: Json, language: str) -> Document:
    """The overview, worded in the language that is active."""
    one = facts["initiative"]
    made_on = date.fromisoformat(facts["made_on"])
    blocks = [
        *_closed_but_readable(facts),
        Notice("\n".join(_answers(facts))),
        Paragraph(_rule(), small=True),
        *_drawn(facts, language),
        *_about(facts),
        *_decisions(facts),
        *_corrections(facts),
        *_minutes(facts),
        *_affected(facts),
        *_answered(facts),
        *_closed(facts),
        *_how_to_check(facts),
    ]
    metadata = Metadata(
        author=facts["organisation"],
        organisation=facts["organisation"],
        case_number=one["case_number"],
        date=made_on,
    )
    return Document(_("Dossier: %(title)s") % {"title": one["title"]}, language, blocks, metadata)


# --- the answers -------------------------------------------------------------------------------------------


def _answers(facts: Json) -> list[str]:
    return [
        *_answers_on_steps(facts),
        *_answer_on_minutes(facts),
        *_answer_on_dates(facts),
        *_answer_on_conditions(facts),
    ]


def _rule() -> str:
    return _(
        "A step counts as discussed when the initiative was discussed in the same phase as the step, before"
        " it, and in the committee at the right level; it counts above once those minutes are approved."
    )


def _answers_on_steps(facts: Json) -> Iterator[str]:
    """How many steps were preceded by a discussion, and each of which that cannot be said."""
    steps = facts["before_steps"]
    if not steps:
        yield _("No binding step has a date yet, so there is nothing that a discussion could come before.")
        return
    others = [step for step in steps if step["verdict"] not in IN_TIME]
    yield ngettext(
        "Discussed before the binding step, and the minutes approved: at %(good)s of %(all)s step.",
        "Discussed before the binding step, and the minutes approved: at %(good)s of %(all)s steps.",
        len(steps),
    ) % {"good": len(steps) - len(others), "all": len(steps)}
    entered = sum(step["entered_afterwards"] for step in steps if step not in others)
    if entered:
        yield ngettext(
            "– of which %(count)s rests on a meeting outside Samspil that was entered afterwards",
            "– of which %(count)s rest on meetings outside Samspil that were entered afterwards",
            entered,
        ) % {"count": entered}
    for step in others:
        yield f"– {_named(step)}, {_day(step['on'])}: {_in_short(step)}"
    if facts["closed"]:
        yield _("A closed item may have been discussed as well; see “Closed items”.")


def _in_short(step: Json) -> str:
    if step["verdict"] == "not_discussed":
        if step["taken"]:
            return _("NOT discussed; the step has been taken")
        return "; ".join([_("not discussed yet"), *(_on_agenda(one) for one in step["on_agenda"][:1])])
    return str(IN_SHORT[step["verdict"]])


def _on_agenda(one: Json) -> str:
    days = one["days_before"]
    return ngettext(
        "on the agenda of %(day)s, %(days)s day before",
        "on the agenda of %(day)s, %(days)s days before",
        days,
    ) % {"day": _day(one["on"]), "days": days}


def _named(step: Json) -> str:
    """Several steps of a kind are told apart by their phase."""
    return f"{step['title']} ({step['phase'].lower()})"


def _answer_on_minutes(facts: Json) -> Iterator[str]:
    held = [meeting for item in facts["items"] for meeting in _with_minutes(item)]
    approved = [meeting for meeting, versions in held if any(one["approved_on"] for one in versions)]
    changed = [item for item in facts["items"] if item["changed_since_approval"]]
    if not approved:
        yield _("Minutes changed since approval: none has been approved yet.")
        return
    if not changed:
        yield _("Minutes changed since approval: no.")
    for item in changed:
        yield _("Minutes changed since approval: yes, “%(title)s”: %(what)s") % {
            "title": item["title"],
            "what": " ".join(_change(one, item) for one in item["changed_since_approval"]),
        }
    yield "– " + ", ".join(_how_many_approved(len(held), approved, [one for one, _versions in held]))


def _with_minutes(item: Json) -> Iterator[tuple[Json, list[Json]]]:
    """Each meeting about an item of which there are minutes, with their versions."""
    for meeting in item["meetings"]:
        versions = [one for one in item["minutes"] if one["meeting"] == meeting["id"]]
        if versions:
            yield meeting, versions


def _how_many_approved(count: int, approved: list[Json], held: list[Json]) -> Iterator[str]:
    yield ngettext(
        "%(good)s of %(all)s minutes is approved", "%(good)s of %(all)s minutes are approved", count
    ) % {"good": len(approved), "all": count}
    entered = sum(bool(meeting["entered_on"]) for meeting in approved)
    if entered:
        yield ngettext(
            "%(count)s of them was entered afterwards", "%(count)s of them were entered afterwards", entered
        ) % {"count": entered}
    for meeting in held:
        if meeting not in approved:
            yield _("those of %(day)s wait for approval") % {"day": _day(meeting["on"])}


def _answer_on_dates(facts: Json) -> Iterator[str]:
    corrected = len([*_step_corrections(facts), *_meeting_corrections(facts)])
    if corrected:
        yield ngettext(
            "Dates corrected afterwards: %(count)s; before and after stand below with the reason.",
            "Dates corrected afterwards: %(count)s; before and after stand below with the reasons.",
            corrected,
        ) % {"count": corrected}


def _answer_on_conditions(facts: Json) -> Iterator[str]:
    """Conditions that a decision set and whose day has passed."""
    for decision in facts["decisions"]:
        for one in decision["conditions"]:
            if _overdue(one, facts["made_on"]):
                yield _("Condition whose day has passed: “%(what)s” – %(state)s.") % {
                    "what": one["what"],
                    "state": _overdue(one, facts["made_on"]),
                }


def _overdue(condition: Json, today: str) -> str:
    """By how many days a condition is late; empty when it is met or there is still time."""
    if condition["met_on"] or not condition["by"] or condition["by"] >= today:
        return ""
    days = (date.fromisoformat(today) - date.fromisoformat(condition["by"])).days
    return ngettext(
        "not met; the day passed %(days)s day ago", "not met; the day passed %(days)s days ago", days
    ) % {"days": days}


def _change(change: Json, item: Json) -> str:
    """What a later version changed in an approved one."""
    later = next(one for one in item["minutes"] if one["number"] == change["number"])
    known = {
        "number": change["number"],
        "after": change["after"],
        "day": _day(later["written_on"]),
        "parts": ", ".join(str(PARTS[part]) for part in change["parts"]),
    }
    if not later["record"]:
        return (
            _(
                "version %(number)s was written on %(day)s after version %(after)s was approved; nobody has"
                " signed it yet."
            )
            % known
        )
    if not change["parts"]:
        return _("version %(number)s of %(day)s says the same as the approved version %(after)s.") % known
    return (
        _("version %(number)s of %(day)s changed this in the approved version %(after)s: %(parts)s.") % known
    )


def _closed_but_readable(facts: Json) -> Iterator[Block]:
    items = [item for item in facts["items"] if item["opens_on"]]
    if items:
        last = max(item["opens_on"] for item in items)
        yield Notice(
            ngettext(
                "This dossier holds %(count)s item that is closed to others until %(day)s. Do not pass it on"
                " before that day.",
                "This dossier holds %(count)s items that are closed to others until %(day)s. Do not pass it"
                " on before that day.",
                len(items),
            )
            % {"count": len(items), "day": _day(last)}
        )


# --- the drawing and its table -----------------------------------------------------------------------------


def _drawn(facts: Json, language: str) -> Iterator[Block]:
    moments = [*_steps_as_moments(facts), *_discussions_as_moments(facts)]
    table = _before_each_step(facts)
    if not moments:
        yield TableBlock(table)
        return
    title = _("Discussions and binding steps in the order of their days")
    source, made_on = _("the dates that were entered"), date.fromisoformat(facts["made_on"])
    basis = Basis(len(moments), source, made_on, counted=False)
    picture = TimeLine(title, tuple(moments), made_on, basis)
    yield ChartBlock(_with_table(draw(picture, language), table), small=True)


def _with_table(chart: Chart, table: Table) -> Chart:
    """The table says of every moment what the drawing says, and more."""
    return replace(chart, table=table)


def _steps_as_moments(facts: Json) -> Iterator[Moment]:
    for step in facts["before_steps"]:
        late = _late(step)
        label = _("BINDING STEP, not discussed in time: %(step)s") if late else _("BINDING STEP: %(step)s")
        label %= {"step": _named(step)}
        yield Moment(label, date.fromisoformat(step["on"]), not step["taken"], square=True, warning=late)


def _late(step: Json) -> bool:
    """Whether it is certain that the step was not discussed in time."""
    return step["verdict"] == "too_late" or (step["verdict"] == "not_discussed" and bool(step["taken"]))


def _discussions_as_moments(facts: Json) -> Iterator[Moment]:
    seen = set()
    for item in facts["items"]:
        for meeting in item["meetings"]:
            outcomes = [one for one in item["outcomes"] if one["meeting"] == meeting["id"]]
            key = (item["id"], meeting["id"])
            if outcomes and key not in seen:
                seen.add(key)
                label = f"{_outcomes(outcomes)} · {item['committee']}"
                yield Moment(label, date.fromisoformat(meeting["on"]))


def _outcomes(outcomes: Iterable[Json]) -> str:
    return ", ".join(dict.fromkeys(one["title"] for one in outcomes))


def _before_each_step(facts: Json) -> Table:
    columns = (
        _("Binding step"),
        _("Discussed"),
        _("Days before"),
        _("Outcome"),
        _("Minutes approved"),
    )
    rows = tuple(row for step in facts["before_steps"] for row in _rows_of(step))
    return Table(_("Before each binding step"), columns, rows or ((_("none"), "", "", "", ""),))


def _rows_of(step: Json) -> Iterator[tuple[str, ...]]:
    name = f"{_named(step)}\n{_day(step['on'])}, {_state(step)}"
    if not step["discussed"] and not step["on_agenda"]:
        yield name, _("not discussed"), "–", "–", "–"
    for one in step["on_agenda"]:
        where = "\n".join([_("on the agenda, not discussed yet"), _day(one["on"]), one["committee"]])
        yield name, where, _how_long({**one, "order": ""}), "–", "–"
    for one in step["discussed"]:
        remark = "" if one["right_level"] else _("not the right committee for this step")
        where = "\n".join(filter(None, [_day(one["on"]), one["committee"], _entered(one), remark]))
        weight = "" if one["counts"] else _("does not count as discussed")
        outcome = "\n".join(filter(None, [", ".join(one["outcomes"]) or "–", weight]))
        yield name, where, _how_long(one), outcome, _approved(one)


def _how_long(one: Json) -> str:
    days = one["days_before"]
    if days == 0:
        return (
            str(words.ORDERS[one["order"]]) if one["order"] else _("the same day; the order is not recorded")
        )
    if days > 0:
        return str(days)
    return ngettext("%(days)s day AFTER", "%(days)s days AFTER", -days) % {"days": -days}


def _approved(one: Json) -> str:
    if not one["approved_on"]:
        return _("not yet")
    signers = "; ".join(one["approved_by"])
    return "\n".join(filter(None, [_day(one["approved_on"]), signers, _stated(one["approval_stated_by"])]))


def _entered(one: Json) -> str:
    """That a meeting was held elsewhere and only entered here."""
    if not one["entered_on"]:
        return ""
    facts = {"who": one["entered_by"] or "–", "day": _day(one["entered_on"])}
    return _("held outside Samspil; entered by %(who)s on %(day)s") % facts


def _stated(by: str) -> str:
    return _("stated by %(who)s, not given in Samspil") % {"who": by} if by else ""


def _state(step: Json) -> str:
    return _("taken") if step["taken"] else _("planned")


# --- to look up --------------------------------------------------------------------------------------------


def _about(facts: Json) -> Iterator[Block]:
    one = facts["initiative"]
    pairs = [
        (_("Initiative"), one["title"]),
        (_("Case number"), one["case_number"]),
        (_("Phase"), one["phase"]),
        (_("Started"), _day(one["started_on"])),
        (_("Owner"), one["owner"]),
        (_("Project lead"), one["lead"]),
        (_("Where it is decided"), one["level"]),
        (_("Needs it answers"), "\n".join(one["needs"])),
        (_("Staff were told about AI"), _day(one["told_about_ai_on"])),
    ]
    yield Heading(1, _("The initiative"))
    yield Definitions([pair for pair in pairs if pair[1]])


def _decisions(facts: Json) -> Iterator[Block]:
    if not facts["decisions"]:
        return
    yield Heading(1, _("Decisions at gates"))
    for one in facts["decisions"]:
        yield Heading(2, one["gate"])
        pairs = [
            (_("Decision"), one["outcome"]),
            (_("Decided on"), _day(one["on"])),
            (_("Decided by"), one["by"]),
            (_("The reason"), one["reason"]),
            (_("Went on with something missing or unknown"), one["in_spite_of"]),
            (_("Conditions"), "\n".join(_condition(each, facts["made_on"]) for each in one["conditions"])),
            (
                _("What it rested on, frozen with the decision"),
                f"{one['board']}\nSHA-256 {one['board_sha256']}",
            ),
        ]
        yield Definitions([pair for pair in pairs if pair[1]])


def _condition(one: Json, today: str) -> str:
    late = _overdue(one, today)
    state = _("met on %(day)s") % {"day": _day(one["met_on"])} if one["met_on"] else late or _("not met yet")
    return f"{one['what']} – {', '.join(part for part in (one['who'], _day(one['by'])) if part)} ({state})"


def _corrections(facts: Json) -> Iterator[Block]:
    """Every date that no longer holds, beside the one that replaced it."""
    yield Heading(1, _("Dates that were corrected"))
    rows = [*_step_corrections(facts), *_meeting_corrections(facts)]
    if not rows:
        yield Paragraph(_("No date of a binding step or of a meeting was corrected."))
        return
    columns = (_("What"), _("Was"), _("Became"), _("Reason"), _("Corrected by"))
    yield TableBlock(Table("", columns, tuple(rows)))


def _step_corrections(facts: Json) -> Iterator[tuple[str, ...]]:
    for step in facts["steps"]:
        for before, after in zip(step["dates"], step["dates"][1:], strict=False):
            if before["on"] != after["on"]:
                who = f"{after['by']}, {_day(after['given_on'])}".strip(", ")
                yield step["title"], _day(before["on"]), _day(after["on"]), after["reason"], who


def _meeting_corrections(facts: Json) -> Iterator[tuple[str, ...]]:
    for item in facts["items"]:
        for meeting in item["meetings"]:
            for one in meeting["corrections"]:
                what = _("The meeting about “%(title)s”") % {"title": item["title"]}
                who = f"{one['by']}, {_day(one['on'])}".strip(", ")
                yield what, _day(one["before"]), _day(one["after"]), one["reason"], who


def _minutes(facts: Json) -> Iterator[Block]:
    yield Heading(1, _("Minutes"))
    rows = tuple(row for item in facts["items"] for row in _minutes_rows(item))
    if not rows:
        yield Paragraph(_("There are no minutes yet."))
        return
    columns = (
        _("Item"),
        _("Version"),
        _("Approved"),
        _("Changed since approval"),
        _("SHA-256 of its .json file"),
    )
    yield TableBlock(Table("", columns, rows))


def _minutes_rows(item: Json) -> Iterator[tuple[str, ...]]:
    entered = {meeting["id"]: _entered(meeting) for meeting in item["meetings"]}
    for one in item["minutes"]:
        title = "\n".join(filter(None, [item["title"], entered.get(one["meeting"])]))
        approved = "\n".join(
            [
                _day(one["approved_on"]),
                *(_signed(each) for each in one["signatures"] if each["act"] == "approve"),
            ]
        )
        later = [each for each in item["changed_since_approval"] if each["after"] == one["number"]]
        changed = " ".join(_change(each, item) for each in later)
        same = _("Not since it was entered") if entered.get(one["meeting"]) else _("No")
        answer = (_("Yes: %(what)s") % {"what": changed} if changed else same) if one["approved_on"] else "–"
        number = str(one["number"]) if one["record"] else _("%(number)s (draft)") % {"number": one["number"]}
        yield title, number, approved if one["approved_on"] else _("not yet"), answer, one["sha256"]


def _signed(one: Json) -> str:
    return ", ".join(part for part in (one["place"], one["name"], _stated(one["stated_by"])) if part)


def _affected(facts: Json) -> Iterator[Block]:
    yield Heading(1, _("Who notices it"))
    columns = (_("Who"), _("From Monday"), _("Said on"))
    rows = tuple(
        (one["name"], one["from_monday"] or "–", _day(one["said_on"]) or "–")
        for one in facts["initiative"]["affected"]
    )
    if rows:
        yield TableBlock(Table("", columns, rows))
    else:
        yield Paragraph(_("Nobody has been named."))


def _answered(facts: Json) -> Iterator[Block]:
    """What was asked, what was answered, and what nobody has answered."""
    yield Heading(1, _("What was asked and answered"))
    asked = [(item["title"], question) for item in facts["items"] for question in item["questions"]]
    rows = tuple(
        (title, question["ask"], "\n".join(f"{one['side']}: {one['text']}" for one in question["answers"]))
        for title, question in asked
        if question["answers"]
    )
    yield Paragraph(
        _("%(asked)s questions were put; to %(answered)s of them a side has released an answer.")
        % {"asked": len(asked), "answered": len(rows)}
    )
    if rows:
        yield TableBlock(Table("", (_("Item"), _("Question"), _("Answers")), rows))
    open_ones = [f"{question['ask']} ({title})" for title, question in asked if not question["answers"]]
    if open_ones:
        yield Paragraph(_("To these questions no side has released an answer:"))
        yield Bullets(open_ones)


def _closed(facts: Json) -> Iterator[Block]:
    yield Heading(1, _("Closed items"))
    if not facts["closed"]:
        yield Paragraph(_("No item is closed to the person this dossier was made for."))
        return
    yield Paragraph(
        _(
            "These items exist and are closed until the day beside them. Nothing else is told of them here."
            " When they open, their minutes can be compared with these hashes."
        )
    )
    rows = tuple(
        (str(number), _day(one["opens_on"]), "\n".join(one["minutes_sha256"]) or _("no minutes yet"))
        for number, one in enumerate(facts["closed"], 1)
    )
    yield TableBlock(Table("", (_("Number"), _("Opens on"), "SHA-256"), rows))


def _how_to_check(facts: Json) -> Iterator[Block]:
    yield Heading(1, _("How to check this dossier"))
    yield Paragraph(
        _(
            "“samspil dossier verify FILE” finds every byte that was changed in the file, minutes and"
            " signatures that do not fit, and rows of the journal that do not follow each other. The command"
            " is part of the program Samspil, which is free: whoever operates Samspil for the organisation"
            " has it and tells where it can be fetched. It needs Python and no network."
        )
    )
    yield Paragraph(
        _(
            "Whoever writes the whole file anew can only be found by comparing the fingerprint that the"
            " command prints with the one on the initiative’s page in Samspil. Have it read out by somebody"
            " other than the one who sent you the file: the registry, the chair, a shop steward."
        )
    )
    yield Definitions(_of_the_journal(facts["journal"]))
    yield Paragraph(
        _(
            "journal.jsonl also tells of other matters of the organisation: at what time something was"
            " written down, by which verb, and random codes for what it was about and who did it. No name"
            " and no sentence stands there. Whoever must not know that much is not handed this dossier."
        )
    )


def _of_the_journal(known: Json) -> list[tuple[str, str]]:
    head, heads = known["head"], known["published_heads"]
    rows = _(
        "%(first)s–%(last)s, without gaps. It starts with the first row about this initiative; what stands"
        " before it is about other matters."
    ) % {"first": known["first"], "last": head["sequence"]}
    published = "\n".join(f"{one['sequence']}:{one['hash']} ({_day(one['on'])})" for one in heads)
    return [
        (_("Rows of the journal"), rows),
        (_("Head of the journal"), f"{head['sequence']}:{head['hash']}"),
        (_("Published heads in it"), published or str(NO_HEADS)),
    ]


def _day(on: str) -> str:
    return words.day(date.fromisoformat(on)) if on else ""
