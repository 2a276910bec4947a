"""The living demo: three organisations that do not exist, with a year of work behind them.

Who they are and what happened stands in the TOML files beside this one, a folder an organisation. `people`
lays the rows of the organisation, `story` plays what happened through the same actions that people use, with
back-dated instants, so that journal and evidence are real.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

from django.db import transaction

from samspil.initiative.models import Initiative
from samspil.organisation.models import Organisation, Person
from samspil.organisation.scope import scope
from samspil.web.demo_house.people import House, lay_house
from samspil.web.demo_house.story import Story
from samspil.web.demo_house.texts import Texts, read_texts

FOLDERS = ("fjordby", "sjovik", "eksempler")


@dataclass(frozen=True)
class Built:
    """One organisation of the demo and what it took to build it."""

    name: str
    was_here: bool
    people: int = 0
    initiatives: int = 0
    events: int = 0
    seconds: float = 0.0


def build(now: datetime, *, quick: bool = False) -> list[Built]:
    """Build what is not here yet. An organisation that is here is left as it is, however old.

    `quick`: only the cast, the units and committees, and the first two initiatives of each organisation.
    """
    return [_build(read_texts(Path(__file__).parent / folder), now, quick) for folder in FOLDERS]


@transaction.atomic
def _build(texts: Texts, now: datetime, quick: bool) -> Built:
    if Organisation.objects.filter(slug=texts.house["slug"]).exists():
        return Built(texts.house["name"], was_here=True)
    start = perf_counter()
    today = now.astimezone(ZoneInfo(texts.house["zone"])).date()
    house: House = lay_house(texts.house, today, crowd=not quick)
    events = texts.quick_events() if quick else texts.events()
    with scope(house.organisation):
        Story(house, today).play(events)
        people, initiatives = Person.objects.count(), Initiative.objects.count()
    seconds = perf_counter() - start
    return Built(house.organisation.name, False, people, initiatives, len(events), seconds)
