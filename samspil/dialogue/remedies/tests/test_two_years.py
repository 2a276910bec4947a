"""Two years, day by day: each reminder once, none after the end, whenever the worker came and however often."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from samspil.dialogue.remedies import actions, queries, reminders
from samspil.dialogue.remedies.models import ClockReminder, RemedyCase, RemedyStep
from samspil.dialogue.remedies.tests.test_waiting_for_a_union import call, negotiated_on, signed
from samspil.dialogue.tests.conftest import Play, noon
from samspil.initiative.models import Notice

FIRST, YEARS = date(2026, 2, 2), 2
DAY = timedelta(days=1)
OFFSETS = (-7, 0, 1)
KINDS = {"MED": "withdraw_decision", "MBL": "called_12"}
WHO_OWES = 3  # chair, secretary and the member on management's side


@dataclass
class Told:
    """What was told of a step, by the worker's visits alone; written down apart from the code that is tried."""

    kept: set[int]
    told: set[int]


def expected(step: RemedyStep, visits: list[date]) -> Told:
    """Each reminder belongs to the first visit on or after its day; of one visit the latest is told."""
    assert step.due is not None
    end = min([day for day in (step.answered_on, step.left_on) if day], default=date.max)
    by_visit: dict[date, list[int]] = {}
    for offset in OFFSETS:
        day = step.due + offset * DAY
        first = next((visit for visit in visits if visit >= day), None)
        if first is not None and day > step.opened_on and first < end:
            by_visit.setdefault(first, []).append(offset)
    kept = {offset for group in by_visit.values() for offset in group}
    return Told(kept, {max(group) for group in by_visit.values()})


class Staff:
    """People who raise, answer, take further and end cases as it comes, each on some day."""

    def __init__(self, play: Play, kind: str, dice: random.Random) -> None:
        self.play, self.kind, self.dice = play, kind, dice
        self.open: list[RemedyCase] = []

    def live(self, today: date) -> None:
        if self.dice.random() < 0.06:
            self.open.append(self._raise(today))
        for case in list(self.open):
            if self.dice.random() < 0.03:
                self._do_something(case, today)

    def _raise(self, today: date) -> RemedyCase:
        return actions.raise_case(
            committee=self.play.cast.committees["local"],
            kind=self.kind,
            title="En sag",
            asked="Et svar",
            raised_on=today,
            **self.play.by("steward", today),
        )

    def _do_something(self, case: RemedyCase, today: date) -> None:
        kept = queries.case(case.ref)
        assert kept is not None
        step = queries.present_step(kept)
        self.open.remove(case)
        if step.is_owed and self.dice.random() < 0.5:
            actions.answer_case(
                case=kept,
                answer="Ja",
                answered_on=today,
                version=kept.version,
                **self.play.by("chair", today),
            )
        elif step.due and step.due < today and step.key == "answer":
            actions.refer_case(
                case=kept, because="Intet svar", version=kept.version, **self.play.by("steward", today)
            )
        else:
            actions.close_case(
                case=kept,
                closing="settled",
                because="Enige",
                closed_on=today,
                version=kept.version,
                **self.play.by("steward", today),
            )


def a_worker_that_misses_days(dice: random.Random) -> Callable[[], int]:
    """How often the worker comes on a day: not at all now and then, sometimes twice, in a holiday for a week."""
    asleep = 0

    def visits() -> int:
        nonlocal asleep
        if asleep:
            asleep -= 1
            return 0
        if dice.random() < 0.02:
            asleep = dice.randrange(3, 12)
        return dice.choices((0, 1, 2), (1, 7, 2))[0]

    return visits


def two_years(play: Play, regime: str, seed: int, days: int) -> list[date]:
    dice = random.Random(seed)
    staff, comes = Staff(play, KINDS[regime], dice), a_worker_that_misses_days(dice)
    visited = []
    for number in range(days):
        today = FIRST + number * DAY
        staff.live(today)
        for _ in range(comes()):
            reminders.remind(play.cast.organisation, noon(today))
            visited.append(today)
    return sorted(set(visited))


def check(visits: list[date]) -> None:
    steps = list(RemedyStep.objects.filter(due__isnull=False).select_related("case__thing"))
    assert len(steps) > 5
    for step in steps:
        assert step.due is not None
        found = expected(step, visits)
        rows = ClockReminder.objects.filter(clock=f"step {step.pk}")
        assert sorted(rows.values_list("days", flat=True)) == sorted(found.kept)
        told = Notice.objects.filter(kind="remedy_due", thing=step.case.ref)
        periods = list(told.values_list("period", flat=True))
        assert sorted(set(periods)) == sorted(f"{step.due:%Y%m%d}{offset:+d}" for offset in found.told)
        assert len(periods) == WHO_OWES * len(found.told)


@pytest.mark.parametrize("regime", ["MED", pytest.param("MBL", marks=pytest.mark.prove)])
def test_in_two_years_each_reminder_is_given_once_and_none_after_the_end(
    play_under: Callable[[str], Play], regime: str
) -> None:
    check(two_years(play_under(regime), regime, seed=3, days=YEARS * 365))


@pytest.mark.both_databases
def test_either_database_keeps_a_reminder_once(play_under: Callable[[str], Play]) -> None:
    check(two_years(play_under("MED"), "MED", seed=5, days=150))


@pytest.mark.both_databases
def test_the_database_itself_keeps_a_reminder_once(play_under: Callable[[str], Play]) -> None:
    play = play_under("MED")
    facts = {"organisation": play.cast.organisation, "clock": "step 1", "due": FIRST, "days": -7}
    ClockReminder.objects.create(given_on=FIRST, **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClockReminder.objects.create(given_on=FIRST + DAY, **facts)


def test_a_union_is_reminded_while_it_can_call_and_those_who_decide_when_it_cannot(
    play_under: Callable[[str], Play],
) -> None:
    """Signed on 4 March: until the 11th it can be called for; from the 12th it may be decided."""
    play = play_under("MBL")
    signed(play, negotiated_on(play, date(2026, 2, 18), B="concluded_disagreed"), date(2026, 3, 4))
    for number in range(60):
        for _ in range(2):
            reminders.remind(play.cast.organisation, noon(date(2026, 2, 18) + number * DAY))
    told = Notice.objects.filter(kind="central_call")
    assert sorted({period.split(".")[0] for period in told.values_list("period", flat=True)}) == [
        "20260311+0",
        "20260311+1",
        "20260311-2",
    ]
    to_the_union = told.filter(period__startswith="20260311-2").values_list("person__title", flat=True)
    assert set(to_the_union) == {"steward"}
    to_those_who_decide = told.filter(period__startswith="20260311+1").values_list("person__title", flat=True)
    assert set(to_those_who_decide) == {"chair", "lead", "owner"}


def test_nobody_is_reminded_of_days_for_calling_once_a_union_has_called(
    play_under: Callable[[str], Play],
) -> None:
    play = play_under("MBL")
    item = signed(play, negotiated_on(play, date(2026, 2, 18), B="concluded_disagreed"), date(2026, 3, 4))
    call(play, item, date(2026, 3, 5))
    for number in range(60):
        reminders.remind(play.cast.organisation, noon(date(2026, 3, 5) + number * DAY))
    assert not Notice.objects.filter(kind="central_call").exists()
