"""What this room tells the boards: whether a case is worked through, and the cards of what it holds."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspil.business_case import freezing, queries
from samspil.business_case.models import Case, CaseVersion, Computed, Part
from samspil.business_case.permissions import PERMISSIONS
from samspil.business_case.words import PART_KINDS, STAGES
from samspil.initiative.models import Initiative, Thing
from samspil.initiative.queries import ENDED
from samspil.kit.room import Card, EvidenceSource, Found, LeftBehind
from samspil.organisation.models import Person
from samspil.organisation.viewer import Viewer

FIRST_OFFERED, MOST_FOUND = 5, 20


def worked_through(initiatives: Sequence[Initiative], _at: datetime) -> Mapping[int, Found]:
    """A case is worked through when it has lines, says how unsure it is, has risks, and was computed."""
    cases = queries.computed_of(initiatives)
    return {one.pk: _found(*cases[one.pk]) if one.pk in cases else _without(one) for one in initiatives}


def _without(initiative: Initiative) -> Found:
    early = initiative.phase == Initiative.Phase.IDEA
    return Found("unknown" if early else "missing", "no_case")


def _found(case: Case, computed: Computed | None, parts: Sequence[Part]) -> Found:
    kinds = {one.kind for one in parts}
    if Part.Kind.LINE not in kinds:
        return Found("missing", "no_lines", source_id=case.thing_id)
    if not any(_has_a_range(one) for one in parts):
        return Found("missing", "no_uncertainty", source_id=case.thing_id)
    if Part.Kind.RISK not in kinds:
        return Found("missing", "no_risk_pool", source_id=case.thing_id)
    if computed is None:
        return Found("unknown", "being_computed", source_id=case.thing_id)
    result = computed.result
    facts = {
        "npv": whole(Decimal(result["mean_case"]["npv"])),
        "currency": result["currency"],
        "share": round(result["distribution"]["p_positive"] * 100),
    }
    return Found("met", "comes_to", facts, case.thing_id)


def _has_a_range(part: Part) -> bool:
    return any(isinstance(value, dict) and "low" in value for value in part.content.values())


def whole(amount: Decimal) -> str:
    """An amount in whole units, parted by narrow spaces as everybody reads them."""
    return f"{amount:,.0f}".replace(",", "\u202f").replace("-", "\u2212")


EVIDENCE = {
    "business_case.computed": EvidenceSource(
        worked_through,
        {
            "comes_to": _(
                "The case comes to %(npv)s %(currency)s; it is above zero in %(share)s percent of the draws."
            ),
            "no_case": _("Nobody has begun the business case."),
            "no_lines": _("The business case has no line yet."),
            "no_uncertainty": _(
                "No figure in the business case has a range, so it does not say how sure it is."
            ),
            "no_risk_pool": _("The business case has no risks."),
            "being_computed": _("The business case is being computed."),
        },
    )
}


# --- cards -------------------------------------------------------------------------------------------------


def case_cards(refs: Iterable[str], viewer: Viewer) -> dict[str, Card]:
    rows = Case.objects.filter(thing__ref__in=list(refs)).select_related("thing", "initiative__thing")
    return {
        row.ref: Card(row.ref, "business_case", row.title, _url("case", viewer, row.ref))
        for row in rows
        if PERMISSIONS.allows("see_case", viewer, row)
    }


def part_cards(refs: Iterable[str], viewer: Viewer) -> dict[str, Card]:
    rows = Part.objects.filter(thing__ref__in=list(refs)).select_related("thing", "case__initiative__thing")
    return {row.ref: _part_card(row, viewer) for row in rows if PERMISSIONS.allows("see_case", viewer, row)}


def _part_card(row: Part, viewer: Viewer) -> Card:
    return Card(row.ref, "case_part", str(row), _url("part", viewer, row.ref), str(PART_KINDS[row.kind]))


def version_cards(refs: Iterable[str], viewer: Viewer) -> dict[str, Card]:
    rows = CaseVersion.objects.filter(thing__ref__in=list(refs)).defer("content", "result")
    return {
        row.ref: Card(row.ref, "case_version", version_title(row), _url("version", viewer, row.ref), line)
        for row in rows.select_related("thing", "case__initiative__thing")
        if PERMISSIONS.allows("see_case", viewer, row) and (line := str(STAGES[row.stage]))
    }


def version_title(row: CaseVersion) -> str:
    return str(_("%(title)s, version %(number)s")) % {"title": row.title, "number": row.number}


def to_cite(initiative: Initiative, words: str, viewer: Viewer) -> list[Card]:
    """The lines of the case, for an answer or a decision to rest on."""
    case = queries.case_of(initiative)
    if case is None or not PERMISSIONS.allows("see_case", viewer, case):
        return []
    wanted = words.casefold().split()
    rows = case.parts.filter(taken_out_at=None).select_related("thing")
    found = [row for row in rows if all(word in str(row).casefold() for word in wanted)]
    parts = [_part_card(row, viewer) for row in found[: MOST_FOUND if wanted else FIRST_OFFERED]]
    return [*case_cards([case.ref], viewer).values(), *parts]


def _url(page: str, viewer: Viewer, ref: str) -> str:
    return reverse(f"business_case:{page}", args=[viewer.organisation.slug, ref])


def left_behind(people: Sequence[Person], viewer: Viewer) -> Iterable[LeftBehind]:
    """What somebody who left owns in the cases of running initiatives."""
    rows = Part.objects.filter(owner__in=list(people), taken_out_at=None)
    rows = rows.exclude(case__initiative__phase__in=ENDED).select_related("thing")
    for row in rows.order_by("pk"):
        yield LeftBehind(
            row.owner_id or 0,
            _("Owns a line of a business case"),
            str(row),
            _url("change_part", viewer, row.ref),
        )


# --- search and seals --------------------------------------------------------------------------------------


def case_texts(things: Sequence[Thing]) -> Iterable[tuple[str, str, str]]:
    """Cases with the names of what stands in them."""
    rows = Case.objects.filter(thing__in=things).select_related("thing", "initiative")
    for row in rows.prefetch_related("parts"):
        named = " ".join(str(part) for part in row.parts.all() if part.taken_out_at is None)
        yield row.ref, row.title, f"{row.title} {row.initiative.title} {named}"


def sealed_versions(refs: Sequence[str]) -> Mapping[str, Mapping[str, object]]:
    """What frozen cases say now, to be compared with what the journal committed to."""
    rows = CaseVersion.objects.filter(thing__ref__in=refs).select_related("thing", "case")
    return {row.ref: freezing.sealed_facts(row) for row in rows}
