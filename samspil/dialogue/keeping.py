"""What several actions keep on their way: outcomes, positions, versions of the minutes, signatures.

These are steps inside an action: they check no permission and write no journal.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from samspil.dialogue import asks, queries, record, signing, words
from samspil.dialogue import regime as regimes
from samspil.dialogue.models import Item, Meeting, Minutes, Outcome, Position, Signature
from samspil.kit.refusal import Refused
from samspil.organisation.models import Content, File, Union
from samspil.organisation.viewer import Viewer

NOT_ON_AGENDA = _("This stands on no agenda yet. Put it on a meeting first.")


@dataclass(frozen=True)
class NewOutcome:
    """What came of an item, with one union where the regime asks for it; `told` answers what it asks for."""

    key: str
    union: Union | None = None
    told: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class NewPosition:
    """What a side, or a union, wants to stand in the minutes."""

    side: str
    text: str
    union: Union | None = None


def keep_outcomes(
    item: Item,
    outcomes: Sequence[NewOutcome],
    order: str,
    at: datetime,
    positions: Sequence[NewPosition] | None = None,
) -> None:
    """Without `positions` it was held elsewhere: then the file tells what the outcome asks for."""
    regime = regimes.read(item.regime)
    if not outcomes:
        raise Refused(_("Choose what came of it."), "outcome")
    meeting = meeting_of(item)
    told = [_check_outcome(regime, one, item, meeting, positions) for one in outcomes]
    version = queries.recorded_version(item) + 1
    Outcome.objects.filter(item=item, meeting=meeting).delete()
    for one, answers in zip(outcomes, told, strict=True):
        Outcome.objects.create(
            organisation_id=item.organisation_id,
            item=item,
            meeting=meeting,
            key=one.key,
            told=answers,
            union=one.union,
            order=order if order in ("before", "after") else "",
            recorded_at=at,
            version=version,
        )


def settle_table(item: Item) -> None:
    """Until something has been recorded, the agreement that holds on the day of the meeting gives the
    outcomes.

    What was begun under one agreement is ended under it: an item with an outcome keeps its table.
    """
    item.regime = table_of(item)
    item.save(update_fields=["regime"])


def table_of(item: Item) -> Content:
    """The table whose outcomes an item can have."""
    return tables_of([item], item.meeting)[item.pk]


def tables_of(items: Sequence[Item], meeting: Meeting | None) -> Mapping[int, Content]:
    """The same for many items of one meeting, in a number of questions that does not grow."""
    tables = {one.pk: one.regime for one in items}
    if meeting is None or not items:
        return tables
    organisation = items[0].organisation
    key = regimes.regime_key(organisation, meeting.on)
    if key is None or all(table.key == key for table in tables.values()):
        return tables
    recorded = set(Outcome.objects.filter(item__in=items).values_list("item_id", flat=True))
    now = regimes.table_in_force(organisation, meeting.on)
    return {pk: table if pk in recorded or table.key == key else now for pk, table in tables.items()}


def _check_outcome(
    regime: regimes.Regime,
    one: NewOutcome,
    item: Item,
    meeting: Meeting,
    positions: Sequence[NewPosition] | None,
) -> dict[str, Any]:
    """Whether it is one of the list and tells what it asks for; what it tells, as it is kept."""
    known = regime.outcome(one.key)
    if known is None:
        raise Refused(_("Choose one of the outcomes of your agreement."), "outcome")
    if asks.choosable(regime, item.committee).outcome(one.key) is None:
        raise Refused(
            _("No committee lies above this one, so it cannot be sent up. Choose another outcome."), "outcome"
        )
    if known.per_union and one.union is None:
        raise Refused(_("This is concluded with each union by itself. Choose for which one."), "outcome")
    if not known.per_union and one.union is not None:
        raise Refused(_("This outcome holds for the whole committee, not for one union."), "outcome")
    if positions is None:
        return {}
    spoke = [(each.side, each.union.ref if each.union else "") for each in positions if each.text.strip()]
    told = asks.checked(regime, known, one.told, item.committee, meeting.on, one.union)
    asks.check_positions(known, spoke, one.union)
    return told


def keep_positions(item: Item, positions: Iterable[NewPosition]) -> None:
    meeting = meeting_of(item)
    Position.objects.filter(item=item, meeting=meeting).delete()
    for one in positions:
        if one.text.strip():
            Position.objects.create(
                organisation_id=item.organisation_id,
                item=item,
                meeting=meeting,
                side=one.side,
                union=one.union,
                text=one.text.strip(),
            )


def stored(item: Item) -> str:
    """What is recorded of the item at its meeting, to be laid beside what somebody else wants to record."""
    here = [one for one in queries.outcomes_of(item) if one.meeting_id == item.meeting_id]
    outcomes = [NewOutcome(one.key, one.union, one.told) for one in here]
    positions = [
        NewPosition(one.side, one.text, one.union) for one in queries.positions_of(item, item.meeting)
    ]
    return in_short(item, outcomes, positions, next((one.order for one in here), ""))


def in_short(item: Item, outcomes: Iterable[NewOutcome], positions: Iterable[NewPosition], order: str) -> str:
    """Outcomes and positions as lines of text, in the words of the regime."""
    regime = regimes.as_read(item.regime, item.organisation)
    met_on = meeting_of(item).on
    lines = [
        line
        for one in outcomes
        for line in (
            _with_union(_outcome_title(regime, one.key), one.union),
            *(f"{title} {text}" for title, text in asks.in_words(regime, one.key, one.told, met_on)),
        )
    ]
    lines += [
        f"{capfirst(_with_union(regime.sides[one.side], one.union))}: {one.text.strip()}"
        for one in positions
        if one.text.strip()
    ]
    return "\n".join([*lines, *([str(words.ORDERS[order])] if order in words.ORDERS else [])])


def _with_union(title: str, union: Union | None) -> str:
    return f"{title}, {union.name}" if union else title


def new_version(item: Item, text: str, file: File | None, by: Viewer, at: datetime) -> Minutes:
    frozen = _record(item, text, file).frozen()
    last = Minutes.objects.filter(item=item).order_by("number").values_list("number", flat=True).last()
    if item.status in (Item.Status.RELEASED, Item.Status.APPROVED):
        item.status = Item.Status.DISCUSSED
        item.save(update_fields=["status"])
    return Minutes.objects.create(
        organisation_id=item.organisation_id,
        item=item,
        meeting=meeting_of(item),
        number=(last or 0) + 1,
        text=text,
        record=frozen,
        sha256=record.fingerprint(frozen),
        written_by=by.person,
        written_at=at,
        file=file,
    )


def _record(item: Item, text: str, file: File | None) -> record.Record:
    meeting = meeting_of(item)
    regime = regimes.read(item.regime)
    outcomes = [one for one in queries.outcomes_of(item) if one.meeting_id == meeting.pk]
    return record.Record(
        organisation=item.organisation.name,
        committee=item.committee.name,
        met_on=meeting.on.isoformat(),
        item=item.title,
        outcomes=tuple(
            record.Said(
                _outcome_title(regime, one.key),
                one.union.name if one.union else "",
                told=_told(item, regime, one, meeting),
            )
            for one in outcomes
        ),
        positions=tuple(
            record.Said(regime.sides[one.side], one.union.name if one.union else "", one.text)
            for one in queries.positions_of(item, meeting)
        ),
        order=next((one.order for one in outcomes), ""),
        text=text,
        file=file.name if file else "",
        file_sha256=file.blob_id if file else "",
        salt=secrets.token_hex(16),
    )


def _told(item: Item, regime: regimes.Regime, one: Outcome, meeting: Meeting) -> tuple[tuple[str, str], ...]:
    """What the outcome asked for, in the language of the agreement, whoever writes the text."""
    with translation.override(item.regime.language):
        return asks.in_words(regime, one.key, one.told, meeting.on)


def meeting_of(item: Item) -> Meeting:
    """The meeting an item stands on, once it does."""
    if item.meeting is None:
        raise Refused(NOT_ON_AGENDA)
    return item.meeting


def _outcome_title(regime: regimes.Regime, key: str) -> str:
    known = regime.outcome(key)
    return known.title if known else key


def signature(minutes: Minutes, act: str, place: signing.Signer, by: Viewer, at: datetime) -> Signature:
    assert by.person is not None  # noqa: S101 - only a person holds a seat
    seat = place.held_by(by.person.pk)
    return Signature.objects.create(
        organisation=by.organisation,
        minutes=minutes,
        act=act,
        seat=seat,
        as_kind=place.kind,
        union=place.union,
        person=by.person,
        signed_on=by.today,
        signed_at=at,
        sha256=minutes.sha256,
    )


def close_sheet(item: Item, minutes: Minutes, act: str, by: Viewer) -> None:
    """When the last of those named has signed, the minutes are released or approved."""
    if not signing.sheets(item, minutes, by.today)[act].complete:
        return
    field = "released_on" if act == signing.RELEASE else "approved_on"
    setattr(minutes, field, by.today)
    minutes.save(update_fields=[field])
    if minutes.meeting_id != item.meeting_id:
        return  # it has gone on to another meeting, and is as far as it is there
    item.status = Item.Status.RELEASED if act == signing.RELEASE else Item.Status.APPROVED
    item.save(update_fields=["status"])


def sign_elsewhere(
    item: Item, minutes: Minutes, on: date, approved_by: str, by: Viewer, at: datetime
) -> None:
    for act in (signing.RELEASE, signing.APPROVE):
        Signature.objects.create(
            organisation=by.organisation,
            minutes=minutes,
            act=act,
            as_kind=signing.ELSEWHERE,
            elsewhere_by=approved_by.strip(),
            person=by.person,
            signed_on=on,
            signed_at=at,
            sha256=minutes.sha256,
        )
    minutes.released_on = minutes.approved_on = on
    minutes.save(update_fields=["released_on", "approved_on"])
    item.status = Item.Status.APPROVED
    item.save(update_fields=["status"])
