"""What can stand in a column of a business case, whatever the spreadsheet calls it.

The first heading of each language is that of our template; the others are words that models in use have for
the same: the Danish state's business-case model and the Swedish benefit calculation of Inera.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from samspil.core.business_case.case import Corner, Kind, Scenario, Worth
from samspil.core.business_case.estimates import Meaning
from samspil.core.lists import LANGUAGES, Column, same

KINDS = {
    Kind.COST.value: ("omkostning", "kostnad", "cost", "udgift", "utgift"),
    Kind.BENEFIT.value: ("gevinst", "nytta", "benefit", "effekt"),
}
CLASSES = {
    Worth.CASHABLE.value: (
        "i budgettet", "i budgeten", "cashable", "budgetvirkende", "økonomisk", "finansiell",
        "finansiell nytta",
    ),
    Worth.REALLOCATION.value: (
        "omfordeling", "omfördelning", "put to another use", "frigjort tid", "omfördelningsnytta",
    ),
    Worth.QUALITATIVE.value: (
        "uden beløb", "utan belopp", "without an amount", "ikke-økonomisk", "kvalitativ", "kvalitativ nytta",
    ),
}  # fmt: skip
SCENARIOS = {
    Scenario.DIFFERENCE.value: ("forskel", "skillnad", "difference"),
    Scenario.WITHOUT.value: ("uden projektet", "utan projektet", "without the project", "scenarie 0"),
    Scenario.WITH.value: ("med projektet", "med projektet", "with the project", "scenarie 1"),
}
MEANINGS = {
    Meaning.MIN_MAX_PERT.value: ("lavest–højest (PERT)", "lägst–högst (PERT)", "lowest–highest (PERT)"),
    Meaning.MIN_MAX_TRIANGULAR.value: (
        "lavest–højest (trekant)", "lägst–högst (triangel)", "lowest–highest (triangular)",
    ),
    Meaning.P10_P90_METALOG.value: ("P10–P90", "P10–P90", "P10–P90", "P10-P90"),
    Meaning.RANGE_90_LOGNORMAL.value: (
        "90 % imellem (lognormal)", "90 % emellan (lognormal)", "90 % between (lognormal)",
    ),
    Meaning.RANGE_90_NORMAL.value: (
        "90 % imellem (normal)", "90 % emellan (normal)", "90 % between (normal)",
    ),
}  # fmt: skip
CORNERS = {
    Corner.CITIZEN.value: ("borger", "medborgare", "citizen", "invånare"),
    Corner.EMPLOYEE.value: ("medarbejder", "medarbetare", "employee"),
    Corner.ORGANISATION.value: ("organisation", "organisation", "organisation"),
    Corner.ECONOMY.value: ("økonomi", "ekonomi", "economy"),
}


def _column(key: str, da: str, sv: str, en: str, kind: str = "text", **more: Any) -> Column:
    return Column(key, {"da": da, "sv": sv, "en": en}, kind, **{"longest": 300, **more})


COLUMNS = {
    one.key: one
    for one in (
        _column("id", "Id", "Id", "Id", longest=60),
        _column("title", "Navn", "Namn", "Name", required=True),
        _column("kind", "Art", "Slag", "Kind", "choice", choices=KINDS),
        _column("class", "Klasse", "Klass", "Class", "choice", choices=CLASSES),
        _column("scenario", "Scenarie", "Scenario", "Scenario", "choice", choices=SCENARIOS),
        _column("payer", "Hvem betaler", "Vem betalar", "Who pays"),
        _column("beneficiary", "Hvem har gevinsten", "Vem får nyttan", "Who gains"),
        _column("owner", "Ejer", "Ägare", "Owner"),
        _column("unit", "Enhed", "Enhet", "Unit", longest=60),
        _column("currency", "Valuta", "Valuta", "Currency", longest=12),
        _column("price_year", "Prisår", "Prisår", "Price year", "whole"),
        _column("low", "Lav", "Låg", "Low", "figure"),
        _column("likely", "Sandsynlig eller kendt", "Trolig eller känd", "Likely or known", "figure"),
        _column("high", "Høj", "Hög", "High", "figure"),
        _column(
            "meaning",
            "Hvad lav og høj betyder",
            "Vad låg och hög betyder",
            "What low and high mean",
            "choice",
            choices=MEANINGS,
        ),
        _column("source", "Kilde", "Källa", "Source"),
        _column("estimator", "Skønnet af", "Bedömt av", "Estimated by"),
        _column("hourly_cost", "Timepris fra nøgletal", "Timkostnad från nyckeltal", "Hourly cost by name"),
        _column("price_low", "Pris: lav", "Pris: låg", "Price: low", "figure"),
        _column("price_likely", "Pris", "Pris", "Price", "figure"),
        _column("price_high", "Pris: høj", "Pris: hög", "Price: high", "figure"),
        _column(
            "price_meaning",
            "Pris: hvad lav og høj betyder",
            "Pris: vad låg och hög betyder",
            "Price: what low and high mean",
            "choice",
            choices=MEANINGS,
        ),
        _column("price_source", "Pris: kilde", "Pris: källa", "Price: source"),
        _column("price_estimator", "Pris: skønnet af", "Pris: bedömt av", "Price: estimated by"),
        _column(
            "price_hourly_cost",
            "Pris: timepris fra nøgletal",
            "Pris: timkostnad från nyckeltal",
            "Price: hourly cost by name",
        ),
        _column("drivers", "Drivere", "Drivare", "Drivers"),
        _column("whose", "Hvis timer", "Vems timmar", "Whose hours", longest=120),
        _column("task", "Fra hvilken opgave", "Från vilken uppgift", "From which task", longest=120),
        _column("use", "Frigjort tid bruges til", "Frigjord tid används till", "Freed time is used for"),
        _column("used_since", "Besluttet den", "Beslutat den", "Decided on", "day"),
        _column("decided_by", "Besluttet af", "Beslutat av", "Decided by", longest=120),
        _column("corner", "Set fra", "Sett från", "Seen from", "choice", choices=CORNERS),
        _column("probability", "Sandsynlighed", "Sannolikhet", "Probability", "figure"),
        _column("year", "År", "År", "Year", "whole"),
        _column("lines", "Rammer linjer", "Drabbar rader", "Strikes lines"),
        _column("closed", "Lukket", "Stängd", "Closed", "yes_no"),
        _column("from_year", "Fra år", "Från år", "From year", "whole"),
        _column("to_year", "Til år", "Till år", "To year", "whole"),
    )
}
_FIGURE = ("low", "likely", "high", "meaning", "source", "estimator", "hourly_cost")
LINES = (
    "id", "title", "kind", "class", "scenario", "payer", "beneficiary", "owner", "unit", "currency",
    "price_year",
    *_FIGURE,
    "price_low", "price_likely", "price_high", "price_meaning", "price_source", "price_estimator",
    "price_hourly_cost", "drivers", "whose", "task", "use", "used_since", "decided_by", "corner",
)  # fmt: skip
DRIVERS = ("id", "title", *_FIGURE)
RISKS = (
    "id", "title", "probability", "low", "likely", "high", "meaning", "source", "estimator", "year", "lines",
    "owner", "closed",
)  # fmt: skip
BY_USE = {"lines": (*LINES, "from_year", "to_year"), "drivers": DRIVERS, "risks": RISKS}
SHEETS: Mapping[str, Mapping[str, str]] = {
    "lines": {"da": "Linjer", "sv": "Rader", "en": "Lines"},
    "drivers": {"da": "Drivere", "sv": "Drivare", "en": "Drivers"},
    "risks": {"da": "Risici", "sv": "Risker", "en": "Risks"},
}

# Other words for the same, as found in the models' guides and in municipal spreadsheets; without case.
ALSO = {
    "title": (
        "post", "betegnelse", "beskrivelse", "omkostning", "gevinst", "udgift", "forudsætning", "risiko",
        "navn på post",
        "benämning", "beskrivning", "kostnad", "nytta", "effekt", "risk", "nytta/kostnad", "aktivitet",
        "titel", "item",
    ),
    "low": (
        "minimum", "min", "min.", "laveste", "lavt skøn", "optimistisk", "lägsta", "lägsta värde",
        "lägst", "lowest",
        "lavt", "lav værdi",
    ),
    "likely": (
        "mest sandsynlig", "mest sandsynlige", "sandsynlig", "middel", "forventet", "beløb", "antal",
        "mest troligt",
        "troligt värde", "förväntat", "belopp", "värde", "antal per år", "mängd", "most likely",
        "amount", "quantity",
    ),
    "high": (
        "maksimum", "max", "max.", "højeste", "højt skøn", "pessimistisk", "högsta", "högsta värde",
        "högst", "highest",
        "højt", "høj værdi",
    ),
    "price_likely": ("enhedspris", "pris pr. enhed", "à-pris", "enhetspris", "pris per enhet", "unit price"),
    "source": (
        "kilde/begrundelse", "kilder", "begrundelse", "datakilde", "källhänvisning", "underlag",
        "kilde og metode",
    ),
    "estimator": ("estimeret af", "uppskattat av"),
    "owner": ("gevinstejer", "ansvarlig", "risikoejer", "nyttoägare", "ansvarig", "benefit owner"),
    "payer": ("betaler", "afholdes af", "kostnadsbärare", "konto"),
    "beneficiary": (
        "interessent", "modtager", "intressent", "aktör", "nyttomottagare", "stakeholder", "hos hvem",
    ),
    "kind": ("type", "typ", "nytta eller kostnad", "omkostning eller gevinst"),
    "class": ("kategori", "gevinsttype", "typ av nytta", "nyttotyp", "nyttokategori"),
    "unit": ("måleenhed", "enhed for antal"),
    "probability": ("sandsynlighed (%)", "sannolikhet (%)", "likelihood"),
    "from_year": ("startår", "første år", "start", "från och med år"),
    "to_year": ("slutår", "sidste år", "slut", "till och med år"),
    "whose": ("faggruppe", "yrkesgrupp"),
    "task": ("arbejdsgang", "arbetsmoment"),
}  # fmt: skip


def known_heading(heading: str, use: str) -> str:
    """Which column is meant by a heading on a sheet of this use; nothing where it is not clear."""
    word = same(heading)
    for key in BY_USE[use]:
        if word in {same(one) for one in (key, *COLUMNS[key].words.values())}:
            return key
    return next((key for key in BY_USE[use] if word in ALSO.get(key, ())), "")


def in_template(keys: Iterable[str], language: str) -> list[str]:
    """The headings of the template."""
    return [COLUMNS[key].heading(language) for key in keys]


def word_for(choices: Mapping[str, tuple[str, ...]], key: str, language: str) -> str:
    """How a choice is written in the template."""
    place = LANGUAGES.index(language) if language in LANGUAGES else LANGUAGES.index("en")
    return choices[key][place]
