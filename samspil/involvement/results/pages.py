"""What the pages of a result show."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspil.core.words import fold
from samspil.involvement.results import actions, words
from samspil.involvement.results.bars import PATTERNS, legend
from samspil.involvement.results.drawing import dots_of, drawn, mark
from samspil.involvement.results.forms import StatementsForm
from samspil.involvement.results.models import letter_of
from samspil.involvement.results.reading import Reading, chosen, decimal, group_name, number, people, percent
from samspil.involvement.results.sources import Source
from samspil.involvement.words import NO_TEXT
from samspil.organisation.viewer import Viewer

ON_A_PAGE = 50
TABS = ("result", "result_statements", "result_map", "result_method")


def reading_of(source: Source, version: str | None = None) -> Reading | None:
    """The version that is asked for, else the newest; nothing while there is none."""
    found = source.results()
    if version and version.isdecimal():
        found = found.filter(number=int(version[:6]))
    result = found.first()
    return Reading(source, result) if result else None


def frame(source: Source, reading: Reading | None, viewer: Viewer, at: datetime, tab: str) -> dict[str, Any]:
    """What stands around every page of a result."""
    here = viewer.organisation.slug
    newest = source.results().first()
    asked = f"?version={reading.result.number}" if reading and reading.result != newest else ""
    titles = (_("The result"), _("All statements"), _("The map"), _("How it was computed"))
    tabs = [
        {
            "title": title,
            "url": reverse(f"involvement:{name}", args=[here, source.ref]) + asked,
            "current": name == tab,
        }
        for name, title in zip(TABS, titles, strict=True)
    ]
    return {
        "source": source,
        "reading": reading,
        "older": asked,
        "waiting": actions.waiting(source, at),
        "tabs": tabs,
        "patterns": PATTERNS,
        "bar_legend": legend(),
        "linked": True,
        "no_text": NO_TEXT,
        "breadcrumbs": _way_to(source, here),
        "facts": facts_of(reading) if reading else [],
        "files": _files(source, here, asked),
    }


def for_participants(source: Source) -> dict[str, Any]:
    """The same in words for those who have no account here: nothing in it leads on."""
    reading = reading_of(source)
    around = {
        "source": source,
        "reading": reading,
        "patterns": PATTERNS,
        "bar_legend": legend(),
        "no_text": NO_TEXT,
    }
    return around | (told(reading) if reading else {})


def _way_to(source: Source, here: str) -> list[dict[str, Any]]:
    way: list[dict[str, Any]] = [{"title": _("Start"), "url": reverse("home", args=[here])}]
    if source.initiative:
        url = reverse("initiative:initiative", args=[here, source.initiative.ref])
        way.append({"title": source.initiative.title, "url": url})
    return [*way, {"title": source.title}]


def _files(source: Source, here: str, asked: str) -> list[tuple[str, str, str]]:
    named = ((_("Report"), "pdf"), (_("All statements"), "csv"), (_("All data"), "json"))
    return [
        (title, kind.upper(), reverse("involvement:result_file", args=[here, source.ref, kind]) + asked)
        for title, kind in named
    ]


def facts_of(reading: Reading) -> list[tuple[str, str]]:
    """How many took part, how many are in groups, how many groups, how sure."""
    told = reading.release
    pairs = [(_("Took part"), people(told["participants"]) if told["participants"] else _("too few to show"))]
    if reading.k:
        pairs.append((_("Placed in groups"), people(told["in_groups"])))
        pairs.append(
            (
                _("Groups"),
                ", ".join(f"{letter_of(one['number'])}: {number(one['people'])}" for one in told["groups"]),
            )
        )
    pairs.append((_("How sure"), reading.in_short))
    pairs.append((_("Statements"), number(told["statement_count"])))
    pairs.append((_("Answers to statements shown"), number(told["votes"])))
    return pairs


def method_of(reading: Reading) -> list[tuple[str, str]]:
    """The figures that tell how far the result can be trusted, and those by which it can be recomputed."""
    told, result = reading.release, reading.result
    axes, style = told["axes"], told["response_style"]
    pairs = [
        (_("People"), number(told["participants"]) if told["participants"] else _("too few to show")),
        (_("Answers needed to be placed"), number(told["votes_needed"])),
        (_("Statements on the map"), number(told["active_count"])),
        (_("How well the groups are apart (silhouette, at most 1)"), _figure(told["silhouette"])),
        (
            _("Same groups from half the answers (1 is the same, 0 is chance)"),
            _figure(told["split_half_ari"]),
        ),
        *((_stability(one), _figure(one["stability"])) for one in told["groups"]),
    ]
    if axes:
        shares = ", ".join(percent(100 * share) for share in axes["share"][:2])
        pairs.append(
            (_("How much of the differences between people the map shows (left–right, up–down)"), shares)
        )
    if style:
        pairs.append(
            (
                _("How far the map goes with agreeing to much (correlation)"),
                _figure(style["correlation"]),
            )
        )
    return [
        *pairs,
        (
            _("Fewest people shown, in all and in a group"),
            f"{told['thresholds']['total']} · {told['thresholds']['breakdown']}",
        ),
        (_("Version of this result"), number(result.number)),
        (_("Algorithm"), result.algorithm_version),
        (_("Seed of all chance in it"), str(result.seed)),
        (_("Hash of the votes"), result.input_sha256),
        (_("Hash of the map"), result.result_sha256),
        (_("Hash of what is told"), result.release_sha256),
    ]


def _stability(group: dict[str, Any]) -> str:
    return _("%(group)s: share of repetitions in which its people stay together") % {
        "group": group_name(group["number"])
    }


def _figure(value: float | None) -> str:
    return _("not computed") if value is None else decimal(value)


def told(reading: Reading) -> dict[str, Any]:
    """The first page: agreed, dividing, groups, limits."""
    release = reading.release
    return {
        "agreed": reading.agreed(),
        "agreed_count": len(release["agreed"]),
        "dividing": reading.dividing(),
        "dividing_count": len(release["dividing"]),
        "groups": reading.groups(),
        "limits": reading.not_said(),
        "people_counted": reading.people_counted(),
        "statements_counted": reading.statements_counted(),
        "tiers": [(words.TIERS[one["tier"]], number(one["people"])) for one in release["tiers"]],
    }


def statements(reading: Reading, asked: Any) -> dict[str, Any]:
    """The statements one wants to see, a page of them."""
    form = StatementsForm(asked if asked else {"show": "active"})
    wanted = form.chosen()
    keys = chosen(reading.release, wanted["show"])
    if wanted["words"].strip():
        looked_for = fold(wanted["words"])
        keys = [key for key in keys if _says(reading.texts[key].text, looked_for)]
    page = Paginator(keys, ON_A_PAGE).get_page(asked.get("page"))
    query = asked.copy()
    query.pop("page", None)
    heads = (
        [_("Everybody"), *(group_name(at) for at in range(1, reading.k + 1))]
        if reading.k
        else [_("Everybody")]
    )
    return {
        "filter": form,
        "page": page,
        "rows": reading.rows(page),
        "query": query.urlencode(),
        "heads": heads,
    }


def _says(text: str, looked_for: list[str]) -> bool:
    folded = " ".join(fold(text))
    return all(word in folded for word in looked_for)


def map_of(reading: Reading) -> dict[str, Any]:
    chart = drawn(reading, get_language() or "en")
    return {
        "chart": chart,
        "dots": dots_of(reading) if chart else [],
        "nine_parts": words.NINE_PARTS,
        "ends": reading.ends(),
        "strays": any(one["group"] is None for one in reading.release["dots"]),
        "legend": [
            (group_name(one["number"]), people(one["people"]), mark(one["number"]))
            for one in reading.release["groups"]
        ],
    }


def method(reading: Reading) -> dict[str, Any]:
    return {"method": method_of(reading), "versions": list(reading.source.results())}
