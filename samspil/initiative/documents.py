"""A gate decision as a document to print, mail or file, and as a record to hand over."""

from collections.abc import Iterator

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspil.core import gates as rules
from samspil.initiative import process
from samspil.initiative.models import GateDecision
from samspil.initiative.words import OUTCOMES, STATUSES
from samspil.kit.exports import (
    Block,
    Definitions,
    Document,
    Heading,
    Metadata,
    Notice,
    Paragraph,
    Table,
    TableBlock,
)
from samspil.kit.exports.filing import EVERYBODY, Filing, Signed
from samspil.kit.refusal import Refused


def decision(found: GateDecision) -> Document:
    """What was decided, by whom, why and on which frozen answers, in the language they were frozen in."""
    organisation = found.initiative.organisation
    with translation.override(organisation.language):
        return Document(
            title=f"{_('Gate decision')}: {found.initiative.title}",
            language=organisation.language,
            blocks=list(_blocks(found)),
            metadata=Metadata(
                author=organisation.name,
                organisation=organisation.name,
                case_number=found.initiative.case_number,
                date=found.decided_on,
            ),
        )


def filing(found: GateDecision) -> Filing:
    """The decision with what an archive asks about it."""
    document = decision(found)
    with translation.override(document.language):
        decided = Signed(
            "decided", found.decider_title, str(found.decided_by or ""), found.decided_on.isoformat()
        )
    return Filing(
        kind="gate_decision",
        document=document,
        readers=EVERYBODY,
        initiative=found.initiative.title,
        signed=[decided],
        fingerprint=found.board_sha256,
    )


def _blocks(found: GateDecision) -> Iterator[Block]:
    who = ", ".join(part for part in (str(found.decided_by or ""), found.decider_title) if part)
    gate = next((one for one in process.gates(found.initiative) if one.key == found.gate), None)
    yield Definitions(
        [
            (_("Decision"), str(OUTCOMES[found.outcome])),
            *([(_("Gate"), gate.question)] if gate else []),
            (_("Decided on"), date_format(found.decided_on, "DATE_FORMAT")),
            (_("Decided by"), who),
        ]
    )
    yield Heading(1, _("The reason"))
    yield Paragraph(found.reason)
    if found.override_reason:
        yield Heading(1, _("Went on with something missing or unknown"))
        yield Notice(found.override_reason)
    yield from _conditions(found)
    yield Heading(1, _("The answers as they stood"))
    yield TableBlock(_answers(found))
    yield Definitions([("SHA-256", found.board_sha256)])


def _conditions(found: GateDecision) -> Iterator[Block]:
    """As they were asked for; whether they are met since is not part of the decision."""
    asked = found.conditions.select_related("owner").order_by("pk")
    columns = (_("Condition"), _("Who"), pgettext("due date", "By"))
    cells = tuple((one.text, str(one.owner or "–"), one.due or "–") for one in asked)
    if cells:
        yield Heading(1, _("Conditions"))
        yield TableBlock(Table("", columns, cells))


def _answers(found: GateDecision) -> Table:
    try:
        lines = rules.thaw(rules.Frozen(found.board, found.board_sha256))
    except ValueError as fault:
        sentence = _(
            "Somebody has changed them in the database after the decision. Tell the operator, who can check"
            " the journal."
        )
        raise Refused(sentence) from fault
    columns = (_("What the gate asks for"), _("Answer"), _("Because"))
    cells = tuple((line.demand.title, str(STATUSES[line.status]), line.because or "–") for line in lines)
    return Table("", columns, cells)
