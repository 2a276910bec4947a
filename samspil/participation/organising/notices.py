"""Who is told of what: those who are asked when it opens, those who ask when its last day comes."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from samspil.initiative.notices import language_of
from samspil.kit.room import Tell
from samspil.organisation.models import JournalRow, Person
from samspil.participation import queries
from samspil.participation.codes import code_of_link
from samspil.participation.levels import LEVELS
from samspil.participation.models import Elector, Round
from samspil.participation.words import INFLUENCE

BEFORE = timedelta(days=2)


def of_opening(row: JournalRow, _facts: Mapping[str, Any]) -> Iterator[Tell]:
    """Everybody here who is asked gets their link; it stands in the mail of the day."""
    round_ = queries.round_with(row.thing)
    if round_ is None or round_.state != Round.State.OPEN:
        return
    asked = Elector.objects.filter(round=round_, person__isnull=False)
    for elector in asked.select_related("person__organisation"):
        assert elector.person is not None  # noqa: S101 - chosen so
        with language_of(elector.person):
            yield _you_are_asked(round_, elector, elector.person)


def of_last_days(today: date) -> Iterator[Tell]:
    """Whoever planned a round hears that it was to open, and that its last day comes."""
    rows = queries.rounds().filter(planned_by__isnull=False).select_related("planned_by__organisation")
    for round_ in rows.filter(state=Round.State.PLANNED, opens_on__lte=today, closes_on__gte=today):
        yield from _to_the_planner(
            round_,
            "round_waits",
            gettext_noop("“%(title)s” waits to be opened"),
            gettext_noop("It was to open on %(first)s."),
        )
    for round_ in rows.filter(state=Round.State.OPEN, closes_on__lte=today + BEFORE):
        yield from _to_the_planner(
            round_,
            "round_ends",
            gettext_noop("“%(title)s” closes soon"),
            gettext_noop("Its last day is %(last)s. On its page you see how many have taken part."),
        )


def of_close(row: JournalRow, _facts: Mapping[str, Any]) -> Iterator[Tell]:
    """Whoever planned it is asked to tell what came of it."""
    round_ = queries.round_with(row.thing)
    if round_ and round_.planned_by:
        yield from _to_the_planner(
            round_,
            "round_closed",
            gettext_noop("“%(title)s” has closed"),
            gettext_noop("Look at what came out, and tell those who answered what came of it."),
        )


def _you_are_asked(round_: Round, elector: Elector, person: Person) -> Tell:
    """A secret round has no personal link: a code in a mail would lead from a name to a ballot."""
    if round_.level == Round.Level.SECRET:
        address = reverse("p:welcome", args=[round_.code])
        how = _("Sign in to take part; this mail carries no code, so that it leads to no answer.")
    else:
        address = reverse("p:welcome_with", args=[round_.code, code_of_link(round_.code, elector.ref)])
        how = _(
            "The address below is yours alone. Do not pass it on: whoever opens it answers in your place."
        )
    level = LEVELS[round_.level]
    body = "\n\n".join(
        [
            round_.purpose,
            str(INFLUENCE[round_.influence]),
            f"{level.name}: {level.promise}",
            _("You can answer until %(last)s.") % {"last": date_format(round_.closes_on, "DATE_FORMAT")},
            how,
        ]
    )
    subject = _("You are asked: “%(title)s”") % {"title": round_.title}
    return Tell(person, "you_are_asked", round_.ref, subject, body, address)


def _to_the_planner(round_: Round, kind: str, subject: str, body: str) -> Iterator[Tell]:
    assert round_.planned_by is not None  # noqa: S101 - chosen so
    with language_of(round_.planned_by):
        facts = {
            "title": round_.title,
            "first": date_format(round_.opens_on, "DATE_FORMAT"),
            "last": date_format(round_.closes_on, "DATE_FORMAT"),
        }
        page = reverse("participation:round", args=[round_.organisation.slug, round_.ref])
        yield Tell(round_.planned_by, kind, round_.ref, _(subject) % facts, _(body) % facts, page)
