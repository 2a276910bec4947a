"""The manifest of a room: everything it brings to the house, readable in one place."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspil.kit.periods import in_words
from samspil.kit.permission import Permissions

Text = "str | Promise"


@dataclass(frozen=True)
class MenuEntry:
    """A page that is linked for those who may do `action`: in the main menu, or from the overview.

    `named(viewer)` gives the word where it differs between organisations.
    """

    title: "str | Promise"
    url_name: str
    action: str
    order: int = 50
    named: Callable[[Any], str] | None = None


@dataclass(frozen=True)
class Panel:
    """A part of the initiative page. `context(initiative, viewer, at)` returns what `template` shows.

    One of the leadership overview is asked for many: `context(initiatives, viewer, at)`.
    """

    title: "str | Promise"
    template: str
    context: Callable[..., Mapping[str, Any]]
    order: int = 50


@dataclass(frozen=True)
class ThingKind:
    """A kind of thing that can be cited. `cards(refs, viewer)` answers for many at once.

    `hidden(refs, viewer)` says of which of them the viewer may not even read the name, in the journal or in
    a mail; a kind that is open to everybody has none.
    """

    title: "str | Promise"
    cards: Callable[..., Mapping[str, "Card"]]
    hidden: "Callable[..., set[str]] | None" = None


@dataclass(frozen=True)
class Card:
    """What a viewer may know of a cited thing."""

    ref: str
    kind: str
    title: str
    url: str
    line: "str | Promise" = ""


# What most rooms say of how long they keep something.
AS_LONG_AS_THE_CASE = _("as long as the case is kept by the organisation's retention rules")


@dataclass(frozen=True)
class PersonalData:
    """What a model knows of people, how long, and what erasure does with it.

    `find(person)` finds the rows where the way from a person leads over other rows.

    `fields` are the personal ones, each in words; `beside` is what a person is shown along with them, and
    `choices` has the words of fields that hold a key.

    What is kept for a time is let go by the worker: `counted_from` is the field that `kept` counts from, or
    `over(at)` says which rows have reached their end. A row of which something must stay is emptied instead.
    """

    model: str
    title: "str | Promise"
    fields: "Mapping[str, str | Promise]"
    kept: "timedelta | str | Promise"
    on_erasure: Literal["delete", "anonymise", "keep"]
    because: "str | Promise"
    beside: "Mapping[str, str | Promise]" = field(default_factory=dict)
    choices: "Mapping[str, Mapping[Any, str | Promise]]" = field(default_factory=dict)
    find: "Callable[[Any], Any] | None" = None
    erase: "Callable[..., None] | None" = None
    counted_from: str = ""
    over: "Callable[[datetime], Any] | None" = None
    when_over: Literal["delete", "empty"] = "delete"

    @property
    def kept_in_words(self) -> str:
        return in_words(self.kept) if isinstance(self.kept, timedelta) else str(self.kept)


@dataclass(frozen=True)
class Found:
    """What a room found about a demand. `because` names one of the source's sentences."""

    status: Literal["met", "missing", "unknown", "not_relevant"]
    because: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    source_id: int | None = None


@dataclass(frozen=True)
class EvidenceSource:
    """Answers a demand for many initiatives at once: `find(initiatives, at) -> {initiative id: Found}`.

    `words` are the sentences that `Found.because` names, with `%(name)s` for facts. Sources that look at the
    same facts share `look(initiatives)`: it is called once for all of them and handed to `find` last.
    """

    find: Callable[..., Mapping[int, Found]]
    words: Mapping[str, "str | Promise"]
    look: Callable[..., Any] | None = None


@dataclass(frozen=True)
class Tell:
    """Somebody is to be told: once a kind, thing and period. `subject` and `body` are in their language.

    `urgent`: it is wanted today, so it does not wait for the mail of the next morning.
    """

    person: Any
    kind: str
    thing: str
    subject: str
    body: str
    url: str
    period: str = "once"
    urgent: bool = False


@dataclass(frozen=True)
class Verb:
    """A journal verb: the sentence it reads as (`%(name)s` for facts), and who is told.

    `tell(row, facts)` runs in the worker, for each journal row of this verb, and returns `Tell`s.
    """

    sentence: "str | Promise"
    tell: "Callable[..., Iterable[Tell]] | None" = None


@dataclass(frozen=True)
class CalendarEntry:
    """Something with a date in the organisation's calendar."""

    on: Any
    title: str
    url: str
    kind: "str | Promise"


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a person, with the day by which it is wanted."""

    title: str
    url: str
    what: "str | Promise"
    due: Any = None


@dataclass(frozen=True)
class LeftBehind:
    """Something that somebody who left was entrusted with and nobody has taken over.

    `url` is where it is given to another; `settle` is where one says that nobody will follow, if one may.
    """

    person_id: int
    what: "str | Promise"
    title: str
    url: str
    settle: str = ""


@dataclass(frozen=True)
class OnPaper:
    """How what is asked stands on paper and is entered from it.

    `lines(round)` are the numbers and words of what is asked; `boxes` the values that can be chosen, in their
    order, with their words; `answer(entrance=, number=, value=, on=)` keeps one of them.
    """

    lines: Callable[[Any], Sequence[tuple[int, str]]]
    boxes: Sequence[tuple[int, "str | Promise"]]
    answer: Callable[..., object]


@dataclass(frozen=True)
class RoundKind:
    """What is asked in a round. Addresses by name: where whoever takes part begins (`begin`, with the round's
    code), where those who ask prepare it (`prepare`) and where what came of it stands (`results`), both with
    organisation and ref; `shown` is the same for those who were asked, with the round's code.

    `unready(round)` says in a sentence what is missing before it can open, or nothing. `on_paper`, where it
    can be answered on paper. `ballots(round)` tells for each participant's id what they chose by number, so
    that answers which look made by a machine can be set apart. `asks(round)` has the statements of a secret
    round, as `core.urn.form.Question`s: they stand on one sealed page.
    `closes(round)` is part of the transaction that closes it: what the room need not keep any longer goes.
    """

    title: "str | Promise"
    begin: str
    prepare: str
    results: str
    unready: "Callable[[Any], str | Promise]"
    on_paper: "OnPaper | None" = None
    ballots: "Callable[[Any], Mapping[int, Mapping[int, int]]] | None" = None
    closes: "Callable[[Any], None] | None" = None
    asks: "Callable[[Any], Sequence[Any]] | None" = None
    shown: str = ""


@dataclass(frozen=True)
class Room:
    """The manifest. Empty parts are left out.

    * `leadership`: parts of the leadership overview
    * `about`: pages about the organisation as a whole, which its overview leads to
    * `search`: kind of thing -> function(things) -> (ref, title, words) for the search index
    * `sealed`: kind of thing -> function(refs) -> {ref: facts}, compared with the newest journal row about it
    * `citable`: function(initiative, words, viewer) -> cards of what stands on an initiative and may be cited
      there though nothing links to it yet; few without words
    * `calendar` and `waiting`: functions(viewer, at) for a person's first page
    * `left_behind`: function(people, viewer) -> what people who left were entrusted with, for many at once
    * `left_out_of_backups`: models whose rows no backup may hold
    * `round_kinds`: what can be asked in a round, by the key that `participation.Round.kind` keeps
    * `decided(decision, by, at)`: part of the transaction in which a gate is decided: what it rests on can be
      kept with it; the facts given back stand in the decision's journal row
    * `content_keys`: kind of content -> the fields that make its key; files lie in the room's `content/`
    * `works`: kind of job -> function(payload, at)
    * `ticks`: functions(organisation, at) that the worker calls
    """

    name: str
    title: "str | Promise"
    permissions: Permissions
    can_be_switched_off: bool = True
    menu: Sequence[MenuEntry] = ()
    about: Sequence[MenuEntry] = ()
    panels: Sequence[Panel] = ()
    leadership: Sequence[Panel] = ()
    evidence: Mapping[str, EvidenceSource] = field(default_factory=dict)
    things: Mapping[str, ThingKind] = field(default_factory=dict)
    verbs: Mapping[str, Verb] = field(default_factory=dict)
    search: Mapping[str, Callable[..., Iterable[tuple[str, str, str]]]] = field(default_factory=dict)
    citable: "Callable[..., Iterable[Card]] | None" = None
    calendar: "Callable[..., Iterable[CalendarEntry]] | None" = None
    waiting: "Callable[..., Iterable[Waiting]] | None" = None
    left_behind: "Callable[..., Iterable[LeftBehind]] | None" = None
    personal_data: Sequence[PersonalData] = ()
    left_out_of_backups: Sequence[str] = ()
    sealed: Mapping[str, Callable[..., Mapping[str, Any]]] = field(default_factory=dict)
    round_kinds: Mapping[str, RoundKind] = field(default_factory=dict)
    content_keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    works: Mapping[str, Callable[..., None]] = field(default_factory=dict)
    ticks: Sequence[Callable[..., None]] = ()
    decided: "Callable[..., Mapping[str, Any]] | None" = None
