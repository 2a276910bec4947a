"""`samspil account create`: the first way in, before anybody can sign in and invite others."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from samspil.kit import clock
from samspil.kit.refusal import Refused
from samspil.organisation import actions, queries
from samspil.organisation.models import Organisation
from samspil.organisation.scope import scope
from samspil.organisation.viewer import operator_of


class Command(BaseCommand):
    help = "Make a link with which a person sets a password and comes in. It works once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True)
        create = parts.add_parser("create")
        create.add_argument("--organisation", required=True, help="its short name")
        create.add_argument("--person", required=True, metavar="REF", help="as in the address of their page")
        create.add_argument("--username", default="", help="left out, the person chooses one")
        create.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(slug=options["organisation"]).first()
        if organisation is None:
            raise CommandError(f"There is no organisation with the short name {options['organisation']}.")
        with scope(organisation):
            token = _token(organisation, options)
        link = settings.BASE_URL + reverse("organisation:come_in", args=[organisation.slug, token])
        self.stdout.write(json.dumps({"link": link}) if options["json"] else link)


def _token(organisation: Organisation, options: dict[str, Any]) -> str:
    person = queries.person(options["person"])
    if person is None:
        raise CommandError(f"There is no person {options['person']} in {organisation.slug}.")
    at = clock.now()
    try:
        return actions.invite_person(
            person=person, username=options["username"], by=operator_of(organisation, at), at=at
        )
    except Refused as refusal:
        raise CommandError(str(refusal.sentence)) from refusal
