"""`samspil organisation create`: an organisation in an empty house, and the way in for its administrator."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from samspil.kit import clock
from samspil.kit.refusal import Refused
from samspil.organisation import actions
from samspil.organisation.models import Organisation, Person
from samspil.organisation.scope import scope
from samspil.organisation.viewer import operator_of

LANGUAGE_AND_ZONE = {"DK": ("da", "Europe/Copenhagen"), "SE": ("sv", "Europe/Stockholm")}
FACTS = (
    *("slug", "name", "kind", "country", "language", "zone", "regime", "since", "source"),
    *("given_name", "family_name", "email"),
)


class Command(BaseCommand):
    help = "Create an organisation and print the link with which its first administrator comes in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True)
        create = parts.add_parser("create")
        create.add_argument("--slug", required=True, help="its short name, as it stands in addresses")
        create.add_argument("--name", required=True)
        create.add_argument("--kind", required=True, choices=Organisation.Kind.values)
        create.add_argument("--country", default="DK", choices=list(LANGUAGE_AND_ZONE))
        create.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES])
        create.add_argument("--zone", help="its time zone; left out, the country's")
        create.add_argument("--regime", required=True, help="MED, SU, samverkan or MBL")
        create.add_argument("--since", required=True, type=date.fromisoformat, help="from which day it holds")
        create.add_argument("--source", default="", help="the agreement or law the regime stands in")
        create.add_argument("--given-name", required=True, help="of the first administrator")
        create.add_argument("--family-name", default="")
        create.add_argument("--email", default="")
        create.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        language, zone = LANGUAGE_AND_ZONE[options["country"]]
        facts = {name: options[name] for name in FACTS}
        facts |= {"language": options["language"] or language, "zone": options["zone"] or zone}
        person, token = _begin(facts)
        slug = person.organisation.slug
        link = settings.BASE_URL + reverse("organisation:come_in", args=[slug, token])
        said = {"organisation": slug, "person": person.ref, "link": link}
        self.stdout.write(json.dumps(said) if options["json"] else link)


@transaction.atomic
def _begin(facts: dict[str, Any]) -> tuple[Person, str]:
    """The administrator and the token of their link. Both are there, or neither is the organisation."""
    at = clock.now()
    try:
        person = actions.create_organisation(**facts, by=operator_of(Organisation(), at), at=at)
        with scope(person.organisation):
            by = operator_of(person.organisation, at)
            return person, actions.invite_person(person=person, by=by, at=at)
    except Refused as refusal:
        raise CommandError(str(refusal.sentence)) from refusal
