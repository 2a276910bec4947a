"""Items in the form agenda systems use: proposal, case, decision; as a document and for programs.

da: indstilling, sagsfremstilling, beslutning. sv: förslag, beslutsunderlag, beslut. Words of the regime.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samspil.dialogue import asks, documents, queries, record, words
from samspil.dialogue.around import annexes
from samspil.dialogue.confidential import Closed, as_seen_by, is_confidential
from samspil.dialogue.models import Item, Meeting, Minutes
from samspil.dialogue.pages import may_read_text
from samspil.dialogue.regime import Regime
from samspil.dialogue.secrecy import MANAGEMENT, STAFF, released_answers
from samspil.initiative.models import Initiative
from samspil.kit.exports import (
    Block,
    Bullets,
    Definitions,
    Document,
    Export,
    Heading,
    Metadata,
    PageBreak,
    Paragraph,
    Quote,
)
from samspil.organisation.models import Organisation
from samspil.organisation.viewer import Viewer

FORMAT = "samspil-agenda-1"
INFORMED = "informed"


def case_of(item: Item, regime: Regime, viewer: Viewer, language: str) -> Document:
    """One item."""
    blocks = [
        *documents.closed_notice([item] if is_confidential(item, viewer.today) else []),
        *_case(item, regime, viewer, level=1),
    ]
    return Document(
        item.title, language, blocks, _metadata(item.organisation, item.meeting, item.filed_under)
    )


def cases_of(
    meeting: Meeting, items: Sequence[Item | Closed], regime: Regime, viewer: Viewer, language: str
) -> Document:
    """Every item of an agenda, each on a page of its own."""
    title = f"{capfirst(str(regime.words['agenda']))}: {meeting.committee.name}, {words.day(meeting.on)}"
    blocks: list[Block] = [Definitions(documents.about_meeting(meeting, regime))]
    blocks += documents.closed_notice(
        one for one in items if isinstance(one, Item) and is_confidential(one, viewer.today)
    )
    for number, item in enumerate(items, 1):
        if number > 1 and isinstance(item, Item):
            blocks.append(PageBreak())
        blocks.append(Heading(1, f"{number}. {item.title}"))
        if isinstance(item, Item):
            blocks += _case(item, regime, viewer, level=2)
    if not items:
        blocks.append(Paragraph(_("Nothing stands on the agenda yet.")))
    return Document(title, language, blocks, _metadata(meeting.organisation, meeting))


def proposal_of(item: Item) -> str:
    """What is proposed; unless somebody wrote it, what the committee does with a matter of that kind."""
    if item.proposal:
        return item.proposal
    if item.purpose == INFORMED:
        return _("That %(committee)s takes note of the information.") % {"committee": item.committee.name}
    return _("That %(committee)s discusses the matter before a decision is taken.") % {
        "committee": item.committee.name
    }


def _case(item: Item, regime: Regime, viewer: Viewer, level: int) -> Iterator[Block]:
    yield Definitions(list(_facts(item, alone=level == 1)))
    yield Heading(level, capfirst(str(regime.words["proposal"])))
    yield Paragraph(proposal_of(item))
    yield Heading(level, capfirst(str(regime.words["case"])))
    yield from _told(item, regime, level)
    newest = _text(item, viewer)
    yield Heading(level, _("Annexes"))
    files = annexes(item, newest)
    yield Bullets(files) if files else Paragraph(_("None."))
    yield Heading(level, capfirst(str(regime.words["decision"])))
    outcomes = list(_outcomes(item, regime))
    yield (
        Bullets([_said(one) for one in outcomes])
        if outcomes
        else Paragraph(_("To be filled in at the meeting."))
    )
    if newest and newest.text:
        yield Paragraph(newest.text)
    if newest:
        yield from documents.positions_of(record.thaw(newest.record, newest.sha256))


def _facts(item: Item, alone: bool) -> Iterator[tuple[str, str]]:
    if item.filed_under:
        yield _("Case number"), item.filed_under
    if item.initiative:
        about, title = documents.initiative_of(item)
        if title:
            yield about, title
        yield _("Who decides"), _decider(item.initiative)
    if item.requested_by:
        yield _("Asked for by"), str(item.requested_by)
    if alone and item.meeting:
        yield _("Committee"), item.committee.name
        yield _("Date"), words.day(item.meeting.on)


def _decider(initiative: Initiative) -> str:
    """The owner and what the owner is."""
    return ", ".join(part for part in (str(initiative.owner), initiative.owner.title) if part)


def _told(item: Item, regime: Regime, level: int) -> Iterator[Block]:
    """What the committee needs to know, the questions, and what the sides released."""
    if item.case:
        yield Paragraph(item.case)
    elif item.initiative:
        yield Paragraph(
            _("The matter is about the initiative “%(title)s”.") % {"title": item.initiative.title}
        )
    asked, answers = list(item.questions.all()), released_answers(item)
    if asked:
        yield Heading(level + 1, _("Questions"))
    if asked and not answers.readable:
        yield Bullets([one.wording["ask"] for one in asked])
    for one in asked if answers.readable else ():
        yield Paragraph(one.wording["ask"])
        for side in (MANAGEMENT, STAFF):
            said = answers.of(one.pk, side)
            if said and said.text:
                yield Quote(said.text, capfirst(regime.sides[side]))


def _text(item: Item, viewer: Viewer) -> Minutes | None:
    """The newest text, for those who may read it."""
    newest = queries.newest_minutes(item)
    return newest if newest and may_read_text(item, newest, viewer) else None


def _outcomes(item: Item, regime: Regime) -> Iterator[dict[str, str]]:
    for one in item.outcomes.all():
        if one.meeting_id == item.meeting_id:
            known = regime.outcome(one.key)
            yield {
                "key": one.key,
                "title": known.title if known else one.key,
                "union": one.union.name if one.union else "",
            }


def _said(outcome: dict[str, str]) -> str:
    return f"{outcome['union']}: {outcome['title']}" if outcome["union"] else outcome["title"]


def _metadata(organisation: Organisation, meeting: Meeting | None, case_number: str = "") -> Metadata:
    return Metadata(
        author=organisation.name,
        organisation=organisation.name,
        case_number=case_number,
        date=meeting.on if meeting else None,
    )


# --- for programs ----------------------------------------------------------------------------------------


def as_json(
    meeting: Meeting, items: Sequence[Item | Closed], regime: Regime, viewer: Viewer, name: str
) -> Export:
    """The same for another system, with the outcomes it may send back. The keys never change."""
    body = {
        "format": FORMAT,
        "organisation": meeting.organisation.name,
        "committee": meeting.committee.name,
        "regime": regime.key,
        "meeting": {
            "ref": meeting.ref,
            "date": meeting.on.isoformat(),
            "starts": f"{meeting.starts:%H:%M}" if meeting.starts else "",
            "place": meeting.place,
        },
        "outcomes": [
            {"key": one.key, "title": one.title, "per_union": one.per_union}
            for one in asks.choosable(regime, meeting.committee).outcomes
        ],
        "items": [_as_plain(number, one, regime, viewer) for number, one in enumerate(items, 1)],
    }
    text = json.dumps(body, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    return Export(f"{name}.json", "application/json", text.encode())


def _as_plain(number: int, item: Item | Closed, regime: Regime, viewer: Viewer) -> dict[str, Any]:
    if isinstance(item, Closed):
        return {"number": number, "closed_until": item.until.isoformat()}
    newest, answers = _text(item, viewer), released_answers(item)
    return {
        "number": number,
        "ref": item.ref,
        "title": item.title,
        "case_number": item.filed_under,
        "closed_until": item.confidential_until.isoformat() if is_confidential(item, viewer.today) else "",  # type: ignore[union-attr]
        "initiative": item.initiative.title if item.initiative else "",
        "proposal": proposal_of(item),
        "case": item.case,
        "questions": [
            {
                "question": one.wording["ask"],
                "answers": {
                    side: said.text
                    for side in (MANAGEMENT, STAFF)
                    if (said := answers.of(one.pk, side)) and said.text
                },
            }
            for one in item.questions.all()
        ],
        "annexes": annexes(item, newest),
        "decision": {
            "date": meeting.on.isoformat() if (meeting := item.meeting) else "",
            "outcomes": list(_outcomes(item, regime)),
            "text": newest.text if newest else "",
        },
    }


def agenda_items(meeting: Meeting, viewer: Viewer) -> list[Item | Closed]:
    """The agenda as a viewer may see it."""
    return as_seen_by(viewer, queries.agenda(meeting))
