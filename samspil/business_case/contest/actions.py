"""What people do to contest a case, and to answer. Each action: permission, facts, consequences, journal."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspil.business_case import actions as room
from samspil.business_case.contest import queries
from samspil.business_case.contest.figures import (
    PROBABILITY,
    figures_of,
    own_figure,
    put_in,
    with_figure,
)
from samspil.business_case.contest.models import Answer, Assumption, Remark
from samspil.business_case.models import Case, Edit, Part
from samspil.business_case.permissions import PERMISSIONS
from samspil.business_case.words import in_sentences
from samspil.core.business_case.contesting import OwnFigure, answer_due, fault_of
from samspil.core.business_case.problems import Misread
from samspil.core.replies import reminder_day
from samspil.initiative.models import Link
from samspil.initiative.queries import ENDED
from samspil.initiative.things import link, link_because, new_thing
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation import journal
from samspil.organisation.holidays import holidays_of
from samspil.organisation.viewer import Viewer

FAULTS = {
    "half_a_range": (_("Give both ends of the range, or neither."), "low"),
    "no_meaning": (_("Choose what the two ends mean."), "meaning"),
    "low_above_high": (_("The lower end is above the upper one. Look whether they were swapped."), "low"),
    "outside": (_("Your figure is not between the two ends."), "value"),
    "not_above_zero": (_("A range that can be far higher has to begin above zero."), "low"),
}


@transaction.atomic
def say(
    *,
    part: Part,
    stance: str,
    figure: str = "",
    text: str = "",
    own: OwnFigure | None = None,
    because: str = "",
    by: Viewer,
    at: datetime,
) -> Remark:
    """Say what one sees: a comment on a part, or that one of its figures is right, is not, or is another.

    Whoever does not merely agree is owed an answer by a day. `because` is the ref of what it rests on.
    """
    PERMISSIONS.require("contest_case", by, part)
    _stands(part)
    stood = _stood(part, figure, stance)
    _says_something(stance, text)
    kept = _checked(part, figure, own) if stance == Remark.Stance.OWN_FIGURE else None
    owes = None if stance == Remark.Stance.AGREES else queries.named_to_answer(part, by.person)
    due = _due(part.case, by) if owes else None
    remark = Remark.objects.create(
        organisation=by.organisation,
        thing=new_thing(by.organisation, "remark"),
        part=part,
        figure=figure,
        stance=stance,
        text=text.strip(),
        stood=stood,
        own=kept.as_data() if kept else None,
        said_by=by.person,
        said_at=at,
        owed_by=owes,
        due=due,
        remind_on=reminder_day(by.today, due, _holidays(by, due)) if due else None,
    )
    link_because(because, remark.thing, Link.Kind.LED_TO, by, at)
    facts = {"part": str(part), "title": part.case.title, "stance": stance}
    journal.append("business_case.remarked", thing=remark.ref, facts=facts, by=by, at=at)
    return remark


@transaction.atomic
def word(*, part: Part, figure: str, text: str, version: int = 0, by: Viewer, at: datetime) -> Assumption:
    """Put into plain words what a figure assumes. `version`: that of the wording one has read, 0 for none."""
    PERMISSIONS.require("word_assumption", by, part)
    _stands(part)
    stood = _stood(part, figure, Remark.Stance.AGREES)
    if not text.strip():
        raise Refused(_("Write in a sentence what the figure assumes."), "text")
    Part.objects.select_for_update().get(pk=part.pk)
    now = queries.wording_of(part, figure)
    if (now.version if now else 0) != version:
        raise ChangedMeanwhile(room.THEY_CHANGED_IT, theirs=now.text if now else "", yours=text)
    kept = now or Assumption(
        organisation=by.organisation,
        thing=new_thing(by.organisation, "assumption"),
        part=part,
        figure=figure,
        version=0,
    )
    kept.text, kept.stood, kept.version = text.strip(), stood, version + 1
    kept.worded_by, kept.worded_at = by.person, at
    kept.save()
    facts = {"part": str(part), "title": part.case.title, "text": kept.text}
    journal.append("business_case.assumption_worded", thing=kept.ref, facts=facts, by=by, at=at)
    return kept


@transaction.atomic
def answer(
    *,
    remarks: Sequence[Remark],
    outcome: str,
    text: str,
    own: OwnFigure | None = None,
    version: int = 0,
    by: Viewer,
    at: datetime,
) -> Answer:
    """Give one reasoned answer to what was said of a part, to one remark or to several.

    *Accepted* puts the figure they gave into the case, *partly* the one in `own`; both through the room's
    own action, with `version` the one of the part that was read. Everybody who is answered is told.
    """
    for one in remarks:
        PERMISSIONS.require("answer_remark", by, one)
    kept = _locked(remarks)
    if outcome not in Answer.Outcome:
        raise Refused(_("Choose what comes of it."), "outcome")
    if not text.strip():
        raise Refused(_("Write the reason, so that those who spoke can follow it."), "text")
    part, figure = kept[0].part, kept[0].figure
    given = Answer(
        organisation=by.organisation,
        thing=new_thing(by.organisation, "remark_answer"),
        part=part,
        outcome=outcome,
        text=text.strip(),
        answered_by=by.person,
        answered_at=at,
    )
    if given.changed_the_case:
        new = own_figure(_theirs(kept)) if outcome == Answer.Outcome.ACCEPTED else own
        given.edit = _change(part, figure, new, version, given.thing.ref, by, at)
    given.save()
    for one in kept:
        one.answer = given
        one.save(update_fields=["answer"])
        link(one.thing, given.thing, Link.Kind.ANSWERED_BY, by, at)
    facts = {
        "part": str(part),
        "title": part.case.title,
        "outcome": outcome,
        "remarks": len(kept),
    }
    journal.append("business_case.remarks_answered", thing=given.ref, facts=facts, by=by, at=at)
    return given


# --- steps the actions share --------------------------------------------------------------------------------


def _stands(part: Part) -> None:
    if part.taken_out_at:
        raise Refused(_("This has been taken out of the case. Open the case to see what stands in it now."))
    if part.case.initiative.phase in ENDED:
        raise Refused(_("This initiative has ended. Its case stays as it is."))


def _stood(part: Part, figure: str, stance: str) -> Any:
    """The figure as it stands now. Only a comment can be about a part as a whole."""
    if stance not in Remark.Stance:
        raise Refused(_("Choose what you want to say."), "stance")
    if not figure and stance == Remark.Stance.COMMENT:
        return None
    figures = figures_of(part)
    if figure not in figures:
        raise Refused(_("This figure is not in the case any more. Open the page again."))
    return figures[figure]


def _says_something(stance: str, text: str) -> None:
    if stance == Remark.Stance.COMMENT and not text.strip():
        raise Refused(_("Write what you want to say."), "text")
    if stance == Remark.Stance.DISAGREES and not text.strip():
        raise Refused(_("Write what you see in your work, so that it can be answered."), "text")


def _checked(part: Part, figure: str, own: OwnFigure | None) -> OwnFigure:
    """A figure with which the case could be computed."""
    if own is None:
        raise Refused(_("Write the figure you would put in its place."), "value")
    if not own.source.strip():
        raise Refused(_("Write how you know it: counted for a week, asked ten colleagues."), "source")
    if figure == PROBABILITY and own.is_range:
        raise Refused(_("A chance is one number. Empty the two ends."), "low")
    if wrong := fault_of(own):
        sentence, field = FAULTS[wrong]
        raise Refused(sentence, field)
    try:
        with_figure(part, figure, own)
    except Misread as fault:
        raise Refused(in_sentences(fault.problems[:1], ())[0], "value") from fault
    return own


def _due(case: Case, by: Viewer) -> date:
    """Before the case is decided, where its frame says when that is."""
    decided_on = date.fromisoformat(case.frame.get("decided_on") or by.today.isoformat())
    years = range(by.today.year, by.today.year + 2)  # a decision that lies further off asks for no other day
    return answer_due(by.today, decided_on, holidays_of(by.organisation.country, years))


def _holidays(by: Viewer, until: date) -> frozenset[date]:
    return holidays_of(by.organisation.country, range(by.today.year, until.year + 1))


def _locked(remarks: Sequence[Remark]) -> list[Remark]:
    """The remarks as they stand now, held until the action is over; all of one figure of one part."""
    keys = [one.pk for one in remarks]
    list(Remark.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    kept = list(queries.remarks().filter(pk__in=keys))
    if not kept or len({(one.part_id, one.figure) for one in kept}) > 1:
        raise Refused(_("Answer remarks about the same figure together, others by themselves."))
    if not all(one.is_owed for one in kept):
        raise Refused(_("Somebody has answered this already. Open the page again to read the answer."))
    return kept


def _theirs(remarks: Sequence[Remark]) -> dict[str, Any]:
    """The one figure that was given; where they differ somebody has to say which."""
    given: list[dict[str, Any]] = [one.own for one in remarks if one.own]
    figures = {str(sorted({**one, "source": ""}.items())) for one in given}
    if not given:
        raise Refused(
            _("Nobody gave a figure. Choose “another figure” and write which, or say why it stays."),
            "outcome",
        )
    if len(figures) > 1:
        raise Refused(_("They gave different figures. Choose “another figure” and write which."), "outcome")
    return given[0]


def _change(
    part: Part, figure: str, own: OwnFigure | None, version: int, because: str, by: Viewer, at: datetime
) -> Edit:
    """Put the figure into the case through its own action; the thread says what changed it."""
    _stands(part)
    _stood(part, figure, Remark.Stance.AGREES)
    kept = _checked(part, figure, own)
    changed = room.change(
        part=part,
        version=version,
        content=put_in(part.content, figure, kept.as_data()),
        owner=part.owner,
        estimator=part.estimator,
        because=because,
        by=by,
        at=at,
    )
    return Edit.objects.filter(part=changed).latest("number")
