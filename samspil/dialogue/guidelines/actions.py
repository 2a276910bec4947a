"""What people do with procedure guidelines. Each action: permission, facts, consequences, journal."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from samspil.core.months import months_after
from samspil.dialogue import asking, proposal, signing
from samspil.dialogue import regime as regimes
from samspil.dialogue.guidelines import proposing, queries, terms
from samspil.dialogue.guidelines.models import Guideline, GuidelineVersion, PromisedDiscussion
from samspil.dialogue.guidelines.proposing import NewDiscussion
from samspil.dialogue.guidelines.sealing import sealed
from samspil.dialogue.guidelines.wording import case_of
from samspil.dialogue.models import Item, Meeting, Outcome
from samspil.dialogue.permissions import PERMISSIONS
from samspil.initiative import evidence
from samspil.initiative import queries as hall
from samspil.initiative.models import Initiative, Link
from samspil.initiative.things import link, new_thing
from samspil.kit.refusal import ChangedMeanwhile, Refused
from samspil.organisation import journal
from samspil.organisation.models import Committee, Content, File, Seat
from samspil.organisation.viewer import Viewer

THEY_CHANGED_IT = _("Somebody changed this while you were writing. Both texts are below; nothing is lost.")
NO_DRAFT = _("What is agreed is not changed. Begin a new version instead; both stay.")
IS_A_DRAFT = _("A new version is being written already. Change that one.")
NOT_YET = _("This day has not come yet. Choose today or an earlier day.")


@transaction.atomic
def propose_guideline(*, initiative: Initiative, by: Viewer, at: datetime) -> Guideline:
    """A draft about an initiative, in the right committee, filled in from the calendar."""
    PERMISSIONS.require("propose_guideline", by, initiative)
    _may_begin(initiative, by.today)
    table = terms.table_for(by)
    discussions = proposing.for_initiative(initiative, terms.read(table), by)
    found = _begin(table, "initiative", _committee_for(initiative), initiative, discussions, by, at)
    link(initiative.thing, found.thing, Link.Kind.LED_TO, by, at)
    evidence.refresh([initiative], at)
    _remember("guideline_proposed", found, by, at, committee=found.committee.name)
    return found


@transaction.atomic
def propose_general_guideline(*, committee: Committee, kind: str, by: Viewer, at: datetime) -> Guideline:
    """A draft about new technology in general, or one that the agreement asks for."""
    PERMISSIONS.require("propose_general_guideline", by, committee)
    table = terms.table_for(by)
    known = terms.read(table)
    if kind not in {one.key for one in known.general}:
        raise Refused(_("Choose which kind of guideline it is."), "kind")
    discussions = proposing.in_general(known, committee, by)
    found = _begin(table, kind, committee, None, discussions, by, at)
    _remember("guideline_proposed", found, by, at, committee=committee.name)
    return found


@transaction.atomic
def change_guideline(
    *,
    guideline: Guideline,
    version: int,
    title: str,
    purpose: str,
    taking_part: str,
    follow_up: str,
    discussions: Sequence[NewDiscussion],
    by: Viewer,
    at: datetime,
) -> GuidelineVersion:
    """Change the draft: its words, and which discussions it promises."""
    PERMISSIONS.require("change_guideline", by, guideline)
    kept, draft = _locked_draft(guideline)
    if draft.version != version:
        theirs = "\n\n".join([kept.title, draft.purpose, draft.taking_part, draft.follow_up])
        raise ChangedMeanwhile(THEY_CHANGED_IT, theirs, "\n\n".join([title, purpose, taking_part, follow_up]))
    if not title.strip():
        raise Refused(_("Write a title, so that people know what it is about."), "title")
    if not discussions:
        raise Refused(_("Keep or add at least one discussion; a procedure without one promises nothing."))
    kept.title = title.strip()
    kept.save(update_fields=["title"])
    draft.purpose, draft.taking_part, draft.follow_up = purpose, taking_part, follow_up
    draft.written_by, draft.written_at = by.person, at
    draft.version += 1
    draft.save()
    draft.discussions.all().delete()
    _promise(draft, discussions)
    _remember("guideline_changed", kept, by, at, number=draft.number)
    return draft


@transaction.atomic
def revise_guideline(*, guideline: Guideline, by: Viewer, at: datetime) -> GuidelineVersion:
    """Begin a new version from the newest one. What holds goes on holding until the new one is agreed."""
    PERMISSIONS.require("change_guideline", by, guideline)
    kept = _locked(guideline)
    if queries.draft(kept):
        raise Refused(IS_A_DRAFT)
    if kept.ends_on and kept.ends_on < by.today:
        raise Refused(_("This guideline has ended. Propose a new one instead."))
    newest = kept.versions.all()[len(kept.versions.all()) - 1]
    version = _new_version(
        kept, newest.number + 1, newest.purpose, newest.taking_part, newest.follow_up, by, at
    )
    _promise(version, [_again(one) for one in newest.discussions.all()])
    _remember("guideline_revised", kept, by, at, number=version.number)
    return version


@transaction.atomic
def put_guideline_before(*, guideline: Guideline, by: Viewer, at: datetime) -> Item:
    """Ask its committee for an item: to agree on it, or to look at how it went."""
    PERMISSIONS.require("change_guideline", by, guideline)
    kept = _locked(guideline)
    version = queries.draft(kept) or queries.holding(kept, by.today)
    if version is None:
        raise Refused(_("Nothing of this holds or is being written. Begin a new version first."))
    item = asking.put_before(
        kept.committee,
        kept.thing,
        title=kept.title,
        case=case_of(kept, version),
        case_number=kept.initiative.case_number if kept.initiative else "",
        by=by,
        at=at,
    )
    _remember("guideline_put_before", kept, by, at, committee=kept.committee.name)
    return item


@transaction.atomic
def agree_guideline(
    *, guideline: Guideline, item: Item, holds_from: date | None = None, by: Viewer, at: datetime
) -> GuidelineVersion:
    """The draft was agreed by both sides at the meeting that treated the item; the outcome there says so."""
    PERMISSIONS.require("agree_guideline", by, guideline)
    kept, draft = _locked_draft(guideline)
    if item.committee_id != kept.committee_id:
        raise Refused(_("This item belongs to another committee. Choose one of this committee's."), "item")
    agreed_on = _agreed_on(kept, item, by)
    _hold(kept, draft, agreed_on, holds_from)
    draft.item = item
    draft.save()
    link(item.thing, kept.thing, Link.Kind.CHANGED, by, at)
    _agreed(kept, draft, by, at)
    return draft


@transaction.atomic
def record_guideline_elsewhere(
    *,
    guideline: Guideline,
    agreed_on: date,
    agreed_by: str,
    holds_from: date | None = None,
    file: File | None = None,
    by: Viewer,
    at: datetime,
) -> GuidelineVersion:
    """The draft was agreed outside Samspil: the day, who agreed, and the file with the text."""
    PERMISSIONS.require("record_guideline_elsewhere", by, guideline)
    kept, draft = _locked_draft(guideline)
    if agreed_on > by.today:
        raise Refused(NOT_YET, "agreed_on")
    if not agreed_by.strip():
        raise Refused(_("Write who agreed to it, for both sides."), "agreed_by")
    _hold(kept, draft, agreed_on, holds_from)
    draft.elsewhere_by, draft.file = agreed_by.strip(), file
    draft.save()
    _agreed(kept, draft, by, at)
    return draft


@transaction.atomic
def terminate_guideline(
    *,
    guideline: Guideline,
    notice_on: date,
    side: str,
    because: str,
    ends_on: date | None = None,
    by: Viewer,
    at: datetime,
) -> Guideline:
    """One side gives notice. It holds until the notice is over, by the terms it was made on."""
    PERMISSIONS.require("terminate_guideline", by, guideline)
    kept = _locked(guideline)
    kind = terms.read(kept.terms).kind(kept.kind)
    if not kind.terminable:
        raise Refused(_("A guideline of this kind cannot be terminated. Agree on a new version instead."))
    if kept.ends_on:
        raise Refused(_("Notice has been given already. The page says when it ends."))
    if queries.holding(kept, by.today) is None:
        raise Refused(_("Nothing of this holds yet, so there is nothing to terminate."))
    if side not in Seat.Side.values:
        raise Refused(_("Choose which side gives notice."), "side")
    if notice_on > by.today:
        raise Refused(NOT_YET, "notice_on")
    kept.ends_on = _last_day(kind, notice_on, ends_on)
    kept.notice_on, kept.notice_side, kept.notice_because = notice_on, side, because.strip()
    kept.save()
    _refresh(kept, at)
    _remember("guideline_terminated", kept, by, at, ends_on=kept.ends_on.isoformat(), because=because)
    return kept


# --- steps the actions share --------------------------------------------------------------------------------


def _begin(
    table: Content,
    kind: str,
    committee: Committee,
    initiative: Initiative | None,
    discussions: Sequence[NewDiscussion],
    by: Viewer,
    at: datetime,
) -> Guideline:
    """A guideline with its first version, in the words that the terms offer."""
    known = terms.read(table)
    title = f"{capfirst(known.name)}: {initiative.title}" if initiative else known.kind(kind).called
    found = Guideline.objects.create(
        organisation=by.organisation,
        thing=new_thing(by.organisation, "guideline"),
        kind=kind,
        committee=committee,
        initiative=initiative,
        title=title[:300],
        terms=table,
    )
    purpose = known.kind(kind).purpose
    version = _new_version(found, 1, purpose, known.taking_part, known.follow_up, by, at)
    _promise(version, discussions)
    return found


def _committee_for(initiative: Initiative) -> Committee:
    """The right committee; where there are several lines, the first of them."""
    rights = proposing.right_committees(initiative)
    if not rights:
        raise Refused(proposal.NO_COMMITTEE)
    return rights[0]


def _may_begin(initiative: Initiative, today: date) -> None:
    if initiative.phase in hall.ENDED:
        raise Refused(_("This initiative has ended, so there is nothing left to agree on."))
    if queries.unfinished(initiative, today):
        raise Refused(_("There is a guideline about this initiative already. Begin a new version of it."))


def _last_day(kind: terms.KindOf, notice_on: date, ends_on: date | None) -> date:
    """The day somebody gave, else the one that follows from the terms; never before the notice."""
    if ends_on is None and kind.notice_months is None:
        raise Refused(
            _("Your own agreement says how long notice is. Give the last day on which it holds."), "ends_on"
        )
    last = ends_on or months_after(notice_on, kind.notice_months or 0)
    if last < notice_on:
        raise Refused(_("It cannot end before notice was given. Choose a later day."), "ends_on")
    return last


def _agreed_on(guideline: Guideline, item: Item, by: Viewer) -> date:
    """The day of the meeting whose outcome says that both sides agree: under some regimes every union."""
    outcomes = list(
        Outcome.objects.filter(item=item, meeting=item.meeting).select_related("meeting", "union")
    )
    agreed = {one.union_id for one in outcomes if one.key in terms.read(guideline.terms).agreed_by}
    if not outcomes or {one.union_id for one in outcomes} - agreed or _unions(item, by) - agreed:
        raise Refused(
            _("What came of this item does not say that both sides agree. Record the outcome first."), "item"
        )
    return outcomes[0].meeting.on


def _unions(item: Item, by: Viewer) -> set[int | None]:
    """The unions that have to agree one by one, where the regime concludes with each of them."""
    if not regimes.read(item.regime).per_union:
        return set()
    return {one.pk for one in signing.unions_of(signing.seats_in([item.committee_id], by.today))}


def _hold(guideline: Guideline, draft: GuidelineVersion, agreed_on: date, holds_from: date | None) -> None:
    """The draft becomes the version that holds from a day on, never earlier than what holds already."""
    since = holds_from or agreed_on
    if since < agreed_on:
        raise Refused(_("It cannot hold before it was agreed. Choose a later day."), "holds_from")
    earlier = [one.holds_from for one in guideline.versions.all() if one.holds_from]
    if earlier and since < max(earlier):
        raise Refused(
            _("The version before this one holds from a later day. Choose that day or a later one."),
            "holds_from",
        )
    if guideline.ends_on and since > guideline.ends_on:
        raise Refused(_("Notice was given, and it has ended by then. Propose a new one."), "holds_from")
    draft.agreed_on, draft.holds_from = agreed_on, since
    guideline.ends_on, guideline.notice_on = None, None  # agreeing anew takes the notice back
    guideline.notice_side, guideline.notice_because = "", ""
    guideline.save()


def _agreed(guideline: Guideline, version: GuidelineVersion, by: Viewer, at: datetime) -> None:
    _refresh(guideline, at)
    assert version.agreed_on is not None and version.holds_from is not None  # noqa: S101, PT018 - just set
    _remember(
        "guideline_agreed",
        guideline,
        by,
        at,
        number=version.number,
        on=version.agreed_on.isoformat(),
        holds_from=version.holds_from.isoformat(),
    )


def _new_version(
    guideline: Guideline,
    number: int,
    purpose: str,
    taking_part: str,
    follow_up: str,
    by: Viewer,
    at: datetime,
) -> GuidelineVersion:
    return GuidelineVersion.objects.create(
        organisation=by.organisation,
        guideline=guideline,
        number=number,
        purpose=purpose,
        taking_part=taking_part,
        follow_up=follow_up,
        written_by=by.person,
        written_at=at,
    )


def _promise(version: GuidelineVersion, discussions: Sequence[NewDiscussion]) -> None:
    """Keep the promised discussions; a day on which the committee meets is tied to that meeting."""
    planned = _planned(discussions)
    PromisedDiscussion.objects.bulk_create(
        PromisedDiscussion(
            organisation_id=version.organisation_id,
            version=version,
            position=position,
            phase=one.phase,
            before=one.before,
            committee=one.committee,
            by=one.by,
            request_by=meeting.request_by if meeting else one.request_by,
            meeting=meeting,
            topics=one.topics.strip(),
        )
        for position, one in enumerate(discussions)
        for meeting in [one.meeting or planned.get((one.committee.pk if one.committee else None, one.by))]
    )


def _planned(discussions: Sequence[NewDiscussion]) -> dict[tuple[int | None, date | None], Meeting]:
    """The meetings that committees have on promised days."""
    rows = Meeting.objects.filter(
        committee__in=[one.committee for one in discussions if one.committee],
        on__in=[one.by for one in discussions if one.by],
        cancelled_at=None,
    )
    rows = rows.exclude(kind=Meeting.Kind.ELSEWHERE)
    return {(one.committee_id, one.on): one for one in rows.order_by("-pk")}


def _again(one: PromisedDiscussion) -> NewDiscussion:
    names = ("phase", "before", "committee", "by", "request_by", "meeting", "topics")
    return replace(NewDiscussion(), **{name: getattr(one, name) for name in names})


def _locked(guideline: Guideline) -> Guideline:
    """The guideline as it stands now, held until the action is over."""
    Guideline.objects.select_for_update().get(pk=guideline.pk)
    found = queries.guideline(guideline.ref)
    assert found is not None  # noqa: S101 - it was locked a line above
    return found


def _locked_draft(guideline: Guideline) -> tuple[Guideline, GuidelineVersion]:
    kept = _locked(guideline)
    draft = queries.draft(kept)
    if draft is None:
        raise Refused(NO_DRAFT)
    return kept, draft


def _refresh(guideline: Guideline, at: datetime) -> None:
    """A general guideline can answer for every initiative that runs."""
    about = [guideline.initiative] if guideline.initiative else list(hall.running())
    evidence.refresh(about, at)


def _remember(verb: str, guideline: Guideline, by: Viewer, at: datetime, **facts: object) -> None:
    known = {"title": guideline.title, **facts, **sealed(guideline)}
    journal.append(f"dialogue.{verb}", thing=guideline.ref, facts=known, by=by, at=at)
