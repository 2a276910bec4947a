"""The sheets in which an organisation is described: their names, columns and the words of their choices, in
the three languages, and a line that shows how each is filled in."""

from collections.abc import Mapping, Sequence
from typing import Any

from samspil.core.lists import Column, Kind

UNITS, PEOPLE, ROLES, UNIONS, COMMITTEES, SEATS, GROUPS = (
    "units", "people", "roles", "unions", "committees", "seats", "groups",
)  # fmt: skip
ORDER = (UNITS, PEOPLE, ROLES, UNIONS, COMMITTEES, SEATS, GROUPS)  # in which rows can be written

# The first words of each choice are Danish, Swedish and English, as the template offers them.
# Administrators are not among the roles: who keeps the house is said on the person's own page.
ROLE_KINDS = {
    "line_manager": ("leder", "chef", "line manager", "leder i linjen", "linjechef", "manager"),
    "director": ("direktør", "direktör", "director"),
    "digital_lead": ("digitaliseringschef", "digitaliseringschef", "head of digitalisation"),
    "project_lead": ("projektleder", "projektledare", "project lead"),
    "consultant": ("konsulent", "ombudsman", "consultant", "faglig konsulent"),
    "auditor": ("revisor", "revisor", "auditor"),
}
LEVELS = {
    "main": ("hoved", "huvud", "main", "hovedudvalg", "hovedsamarbejdsudvalg"),
    "area": ("område", "område", "area", "områdeudvalg", "förvaltning"),
    "local": ("lokal", "lokal", "local", "lokalt", "lokaludvalg"),
}
SIDES = {
    "management": ("ledelse", "arbetsgivare", "management", "ledelsesside", "arbetsgivarsida"),
    "staff": ("medarbejdere", "arbetstagare", "staff", "medarbejder", "medarbejderside", "arbetstagarsida"),
}
SEAT_KINDS = {
    "member": ("medlem", "ledamot", "member"),
    "chair": ("formand", "ordförande", "chair"),
    "vice_chair": ("næstformand", "vice ordförande", "vice-chair", "vice chair"),
    "secretary": ("sekretær", "sekreterare", "secretary"),
    "adjuster": ("", "justerare", "adjuster"),
}
GROUP_KINDS = {
    "staff": ("medarbejdere", "medarbetare", "staff"),
    "citizens": ("borgere", "invånare", "citizens"),
    "companies": ("virksomheder", "företag", "companies"),
    "associations": ("foreninger", "föreningar", "associations"),
    "partners": ("partnere", "samarbetspartner", "partners"),
}


def _column(key: str, da: str, sv: str, en: str, kind: str = "text", **more: Any) -> Column:
    return Column(key, {"da": da, "sv": sv, "en": en}, kind, **more)


def _kind(
    key: str,
    names: tuple[str, str, str],
    columns: tuple[Column, ...],
    *examples: tuple[Sequence[str], Sequence[str], Sequence[str]],
) -> Kind:
    """An example is the cells of one line, in Danish, Swedish and English."""
    languages = ("da", "sv", "en")
    shown = tuple(
        {
            language: {column.key: cell for column, cell in zip(columns, cells, strict=False)}
            for language, cells in zip(languages, example, strict=True)
        }
        for example in examples
    )
    named: Mapping[str, str] = dict(zip(languages, names, strict=True))
    return Kind(key, named, columns, shown)


KINDS = (
    _kind(
        UNITS,
        ("Enheder", "Enheter", "Units"),
        (
            _column("key", "Nøgle", "Nyckel", "Key", longest=60),
            _column("name", "Navn", "Namn", "Name", required=True),
            _column("parent", "Hører under", "Hör till", "Belongs to", longest=700),
            _column("headcount", "Antal medarbejdere", "Antal anställda", "Employees", "whole"),
            _column("staff_function", "Stabsfunktion", "Stabsfunktion", "Staff function", "yes_no"),
        ),
        (
            ("100", "Fjordby Kommune", "", "4200", "nej"),
            ("100", "Sjövik kommun", "", "4200", "nej"),
            ("100", "Fjordby", "", "4200", "no"),
        ),
        (
            ("110", "Ældre og Sundhed", "100", "1400", "nej"),
            ("110", "Vård och omsorg", "100", "1400", "nej"),
            ("110", "Care", "100", "1400", "no"),
        ),
    ),
    _kind(
        PEOPLE,
        ("Personer", "Personer", "People"),
        (
            _column("key", "Medarbejdernummer", "Anställningsnummer", "Employee number", longest=60),
            _column("email", "E-mail", "E-post", "E-mail", "email", longest=254),
            _column("given_name", "Fornavn", "Förnamn", "Given name", required=True, longest=100),
            _column("family_name", "Efternavn", "Efternamn", "Family name", longest=100),
            _column("title", "Stilling", "Befattning", "Job title", longest=150),
            _column("unit", "Enhed", "Enhet", "Unit", longest=700),
        ),
        (
            ("4711", "anna.holm@fjordby.example", "Anna", "Holm", "sygeplejerske", "110"),
            ("4711", "anna.holm@sjovik.example", "Anna", "Holm", "sjuksköterska", "110"),
            ("4711", "anna.holm@fjordby.example", "Anna", "Holm", "nurse", "110"),
        ),
    ),
    _kind(
        ROLES,
        ("Roller", "Roller", "Roles"),
        (
            _column("person", "Person", "Person", "Person", required=True, longest=254),
            _column("kind", "Rolle", "Roll", "Role", "choice", required=True, choices=ROLE_KINDS),
            _column("unit", "Enhed", "Enhet", "Unit", longest=700),
            _column("since", "Første dag", "Första dag", "First day", "day"),
            _column("until", "Sidste dag", "Sista dag", "Last day", "day"),
        ),
        (
            ("anna.holm@fjordby.example", "leder", "110", "2026-01-01"),
            ("anna.holm@sjovik.example", "chef", "110", "2026-01-01"),
            ("anna.holm@fjordby.example", "line manager", "110", "2026-01-01"),
        ),
    ),
    _kind(
        UNIONS,
        ("Faglige organisationer", "Arbetstagarorganisationer", "Unions"),
        (
            _column("name", "Navn", "Namn", "Name", required=True),
            _column("election_group", "Valggruppe", "Valgrupp", "Election group"),
        ),
        (("FOA", "Valggruppe 1"), ("Kommunal",), ("Union of nurses",)),
    ),
    _kind(
        COMMITTEES,
        ("Udvalg", "Samverkansgrupper", "Committees"),
        (
            _column("name", "Navn", "Namn", "Name", required=True),
            _column("level", "Niveau", "Nivå", "Level", "choice", required=True, choices=LEVELS),
            _column("parent", "Udvalget over", "Gruppen ovanför", "Committee above"),
            _column("unit", "Enhed", "Enhet", "Unit", longest=700),
            _column("staff_meeting", "Personalemøde", "Arbetsplatsträff", "Staff meeting", "yes_no"),
        ),
        (
            ("Område-MED Ældre og Sundhed", "område", "Hoved-MED", "110", "nej"),
            ("Samverkansgruppen Vård och omsorg", "område", "Centrala gruppen", "110", "nej"),
            ("Committee for care", "area", "Main committee", "110", "no"),
        ),
    ),
    _kind(
        SEATS,
        ("Pladser", "Platser", "Seats"),
        (
            _column("committee", "Udvalg", "Samverkansgrupp", "Committee", required=True),
            _column("person", "Person", "Person", "Person", required=True, longest=254),
            _column("side", "Side", "Sida", "Side", "choice", required=True, choices=SIDES),
            _column("kind", "Plads", "Plats", "Seat", "choice", choices=SEAT_KINDS),
            _column("union", "Faglig organisation", "Arbetstagarorganisation", "Union"),
            _column("steward", "Tillidsrepræsentant", "Facklig förtroendeman", "Shop steward", "yes_no"),
            _column("safety_rep", "Arbejdsmiljørepræsentant", "Skyddsombud", "Safety rep.", "yes_no"),
            _column("substitute_for", "Suppleant for", "Ersättare för", "Stands in for", longest=254),
            _column("since", "Første dag", "Första dag", "First day", "day"),
            _column("until", "Sidste dag", "Sista dag", "Last day", "day"),
        ),
        (
            (
                "Område-MED Ældre og Sundhed", "anna.holm@fjordby.example", "medarbejdere", "næstformand",
                "FOA", "ja", "nej", "", "2026-01-01",
            ),
            (
                "Samverkansgruppen Vård och omsorg", "anna.holm@sjovik.example", "arbetstagare", "ledamot",
                "Kommunal", "ja", "nej", "", "2026-01-01",
            ),
            (
                "Committee for care", "anna.holm@fjordby.example", "staff", "member", "Union of nurses",
                "yes", "no", "", "2026-01-01",
            ),
        ),
    ),
    _kind(
        GROUPS,
        ("Målgrupper", "Målgrupper", "Groups"),
        (
            _column("name", "Navn", "Namn", "Name", required=True),
            _column("kind", "Hvem", "Vilka", "Who they are", "choice", required=True, choices=GROUP_KINDS),
            _column("size", "Hvor mange", "Hur många", "How many", "whole"),
        ),
        (
            ("Borgere med hjemmehjælp", "borgere", "1900"),
            ("Invånare med hemtjänst", "invånare", "1900"),
            ("Citizens with home care", "citizens", "1900"),
        ),
    ),
)  # fmt: skip
