"""The regime of co-determination in force: its words, sides, levels, outcomes, and the rules of procedure.

A regime's table is content, native in its own language with an English reading version. Words that name the
regime's concepts (referat, protokoll, justering …) come from the table and are never translated.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Q, Subquery
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from samspil.initiative.words import LEVELS
from samspil.kit.refusal import Refused
from samspil.organisation import content
from samspil.organisation.models import Committee, Content, Organisation, ProcedureRules, RegimePeriod

NATIVE = {"MED": "da", "SU": "da", "samverkan": "sv", "MBL": "sv"}
NO_REGIME = _(
    "It is not known which agreement on co-determination holds here. Ask an administrator to enter it."
)
NOT_LOADED = _("The regime's table is not loaded. Ask the operator to run “samspil load-content”.")

# For concepts that a regime has no word of its own for.
PLAIN_WORDS = {
    "committee": _("committee"),
    "meeting": _("meeting"),
    "extraordinary_meeting": _("extraordinary meeting"),
    "pre_meeting": _("pre-meeting"),
    "staff_meeting": _("staff meeting"),
    "agenda": _("agenda"),
    "item": _("item"),
    "annex": _("annex"),
    "case": _("case"),
    "discussion": _("discussion"),
    "decision": _("decision"),
    "minutes": _("minutes"),
    "released": _("released"),
    "approval": _("approval"),
    "chair": _("chair"),
    "vice_chair": _("vice-chair"),
    "secretary": _("secretary"),
    "member": _("member"),
    "adjuster": _("signatory for a union"),
    "substitute": _("substitute"),
    "steward": _("shop steward"),
    "safety_rep": _("safety representative"),
    "union": _("union"),
    "procedure_rules": _("rules of procedure"),
    "binding_step": _("binding step"),
    "committees": _("Committees"),
    "counts": _("Counts as discussed."),
    "counts_not": _("Does not count as discussed."),
}


@dataclass(frozen=True)
class Ask:
    """Something that an outcome asks for: `text`, `day`, `months`, `later` (a meeting or a day), or a
    committee that is to treat the matter (`above`, `other`). `default` is a number of months."""

    key: str
    kind: str
    title: str
    help: str
    default: int | None = None


@dataclass(frozen=True)
class Outcome:
    """Something that can come of an item. `counts`: the matter has then been discussed. `asks`: the keys of
    what it asks for besides; `both_positions` asks for what each side stood for."""

    key: str
    title: str
    explanation: str
    counts: bool
    per_union: bool
    asks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Regime:
    """A regime's table in the words of one language."""

    key: str
    title: str
    language: str
    explanation: str
    source: str
    sides: Mapping[str, str]
    words: Mapping[str, Any]
    levels: Mapping[str, str]
    outcomes: tuple[Outcome, ...]
    defaults: Mapping[str, Any]
    asks: Mapping[str, Ask] = field(default_factory=dict)

    @property
    def per_union(self) -> bool:
        """Whether an outcome is reached with each union by itself."""
        return any(outcome.per_union for outcome in self.outcomes)

    def outcome(self, key: str) -> Outcome | None:
        return next((outcome for outcome in self.outcomes if outcome.key == key), None)

    def asked_by(self, outcome: Outcome) -> tuple[Ask, ...]:
        """What an outcome asks for that has a field of its own."""
        return tuple(self.asks[key] for key in outcome.asks if key in self.asks)

    @property
    def purposes(self) -> Mapping[str, str]:
        """What can be wanted of a committee: to be informed, to discuss …"""
        return {one["key"]: one["title"] for one in self.defaults.get("purposes", ())}

    @property
    def carried_over(self) -> frozenset[str]:
        """Outcomes after which a matter comes up again at the next meeting."""
        return frozenset(self.defaults.get("carried_over", ("postponed", "adjourned")))


@dataclass(frozen=True)
class Procedure:
    """A committee's rules of procedure on a day."""

    request_working_days: int
    release: tuple[str, ...]
    approve: tuple[str, ...]
    extraordinary: bool
    in_writing: bool
    source: str
    own: bool  # written down by the organisation, not the examples of the regime's table
    agenda_by: tuple[str, ...] = ()  # the seats that settle the agenda
    chairs_working_days: int = 0
    agenda_working_days: int = 0
    quorum: str = "none"


def regime_key(organisation: Organisation, on: date) -> str | None:
    """Which regime holds in the organisation on a day."""
    periods = RegimePeriod.objects.filter(organisation=organisation, since__lte=on)
    return periods.order_by("-since").values_list("regime", flat=True).first()


def table_in_force(organisation: Organisation, on: date) -> Content:
    """The native table of the regime in force; what is recorded is recorded in its terms."""
    key = regime_key(organisation, on)
    if key is None:
        raise Refused(NO_REGIME)
    return _table(key, [NATIVE.get(key, ""), organisation.language], organisation)


def in_force(organisation: Organisation, on: date) -> Regime:
    """The regime in force, in the reader's language where it has a version in it."""
    key = regime_key(organisation, on)
    if key is None:
        raise Refused(NO_REGIME)
    return named(key, organisation)


def named(key: str, organisation: Organisation, language: str = "") -> Regime:
    """A regime by its key, in a language or else the reader's, where it has a version in it."""
    languages = [language or translation.get_language() or "", NATIVE.get(key, ""), organisation.language]
    return read(_table(key, languages, organisation))


def committees_word(organisation: Organisation, on: date) -> str:
    """What the menu calls this room: committees, samverkan groups, under MBL negotiations; in one query."""
    periods = RegimePeriod.objects.filter(organisation=organisation, since__lte=on).order_by("-since")
    tables = Content.objects.filter(
        Q(organisation=None) | Q(organisation=organisation),
        kind="regime",
        current=True,
        key=Subquery(periods.values("regime")[:1]),
    )
    rows = tables.order_by(F("organisation").asc(nulls_first=True))
    known = {
        language: (key, word)
        for key, language, word in rows.values_list("key", "language", "body__words__committees")
    }
    native = next((NATIVE[key] for key, _word in known.values() if key in NATIVE), "")
    languages = [translation.get_language() or "", native, organisation.language]
    found = next((known[code][1] for code in languages if code in known), None)
    return capfirst(str(found or PLAIN_WORDS["committees"]))


def as_read(table: Content, organisation: Organisation) -> Regime:
    """The regime of a stored table in the reader's language, if its outcomes are still the same."""
    language = translation.get_language() or table.language
    if language == table.language:
        return read(table)
    same = content.find("regime", table.key, [language], organisation)
    if same is None or _outcome_keys(same) != _outcome_keys(table):
        return read(table)
    return read(same)


def read(table: Content) -> Regime:
    """A regime from its stored table."""
    body = table.body
    return Regime(
        key=body["regime"],
        title=body["title"],
        language=table.language,
        explanation=body["explanation"],
        source=body["source"],
        sides=body["sides"],
        words=PLAIN_WORDS | body["words"],
        levels={key: str(word) for key, word in LEVELS.items()}
        | {level["key"]: level["title"] for level in body["levels"]},
        outcomes=tuple(_outcome(entry) for entry in body["outcomes"]),
        defaults=body["procedure"],
        asks={entry["key"]: Ask(**entry) for entry in body.get("asks", ())},
    )


def procedures(
    committees: Iterable[Committee],
    on: date,
    regime: Regime,
    known: Iterable[ProcedureRules] | None = None,
) -> dict[int, Procedure]:
    """The rules of many committees: their own, else the organisation's, else the regime's examples."""
    rows = rules_known() if known is None else known
    found = {row.committee_id: row for row in rows if row.since <= on}
    return {one.pk: _procedure(found.get(one.pk) or found.get(None), regime.defaults) for one in committees}


def rules_known() -> list[ProcedureRules]:
    """All rules of procedure of the organisation, the newest last."""
    return list(ProcedureRules.objects.order_by("since", "pk"))


def procedure(committee: Committee, on: date, regime: Regime) -> Procedure:
    """The rules of one committee on a day."""
    return procedures([committee], on, regime)[committee.pk]


def names(regime: Regime, kinds: Iterable[str]) -> str:
    """Seats by the regime's own words: “formand, næstformand”."""
    return ", ".join(str(regime.words.get(kind.removeprefix("each_"), kind)) for kind in kinds)


def _procedure(row: ProcedureRules | None, defaults: Mapping[str, Any]) -> Procedure:
    if row is None:
        return Procedure(
            request_working_days=defaults["request_working_days"],
            release=tuple(defaults["release"]),
            approve=tuple(defaults["approve"]),
            extraordinary=True,
            in_writing=True,
            source=defaults["note"],
            own=False,
            **_agenda_rules(None, defaults),
        )
    return Procedure(
        request_working_days=row.request_working_days,
        release=tuple(row.release),
        approve=tuple(row.approve),
        extraordinary=row.extraordinary,
        in_writing=row.in_writing,
        source=row.source,
        own=True,
        **_agenda_rules(row, defaults),
    )


def _agenda_rules(row: ProcedureRules | None, defaults: Mapping[str, Any]) -> dict[str, Any]:
    """How the agenda comes about: what an organisation's rules leave open, the regime's examples fill in."""
    days = (row.chairs_working_days, row.agenda_working_days) if row else (None, None)
    chairs, agenda = days
    return {
        "agenda_by": tuple((row and row.agenda_by) or defaults.get("agenda_by", ("chair",))),
        "chairs_working_days": defaults["chairs_working_days"] if chairs is None else chairs,
        "agenda_working_days": defaults.get("agenda_working_days", 0) if agenda is None else agenda,
        "quorum": (row and row.quorum) or defaults.get("quorum", "none"),
    }


def _table(key: str, languages: Sequence[str], organisation: Organisation) -> Content:
    table = content.find("regime", key, [*languages, content.READING_LANGUAGE], organisation)
    if table is None:
        raise Refused(NOT_LOADED)
    return table


def _outcome(entry: Mapping[str, Any]) -> Outcome:
    return Outcome(
        key=entry["key"],
        title=entry["title"],
        explanation=entry["explanation"],
        counts=entry["counts_as_discussed"],
        per_union=entry["per_union"],
        asks=tuple(entry.get("asks", ())),
    )


def _outcome_keys(table: Content) -> list[tuple[str, ...]]:
    """The outcomes and what each asks for, by their keys."""
    return [(entry["key"], *entry.get("asks", ())) for entry in table.body["outcomes"]]
