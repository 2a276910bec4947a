"""An initiative with a discussion, approved minutes and a binding step, and short ways to its dossier."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from samspil.core import dossier as core
from samspil.dialogue.dossier import actions, making, reading
from samspil.dialogue.dossier.models import Dossier
from samspil.dialogue.models import Item
from samspil.dialogue.tests.conftest import Play, play, play_under  # noqa: F401
from samspil.initiative import actions as hall
from samspil.initiative import evidence
from samspil.kit import jobs
from samspil.organisation.rounds import works

MET, APPROVED, STEP = date(2026, 2, 18), date(2026, 3, 4), date(2026, 4, 1)


@dataclass
class Told:
    """A dossier taken apart."""

    data: bytes

    @property
    def files(self) -> dict[str, bytes]:
        return dict(core.unpack(self.data))

    @property
    def facts(self) -> dict[str, Any]:
        return dict(json.loads(self.files[core.FACTS]))

    @property
    def index(self) -> str:
        return self.files["index.html"].decode()

    @property
    def faults(self) -> set[str]:
        return {fault.kind for fault in core.examine(self.data).faults}

    def says(self, text: str) -> bool:
        """Whether a text stands anywhere in the files that are not compressed by themselves."""
        return any(text.encode() in content for content in self.files.values())


@pytest.fixture
def item(play: Play) -> Item:  # noqa: F811
    """Discussed, released and approved before the contract is signed."""
    with evidence.put_off():
        hall.plan_step(initiative=play.initiative, kind="contract", on=STEP, **play.by("lead"))
        found = play.approved(play.discussed(MET), APPROVED)
    evidence.refresh([play.initiative], play.by("lead", APPROVED)["at"])
    return found


@pytest.fixture
def told(play: Play) -> Callable[..., Told]:  # noqa: F811
    """The dossier as somebody may read it on a day, without keeping it."""

    def made(who: str = "employee", on: date | None = None, language: str = "da") -> Told:
        gathered = reading.read(play.initiative, play.by(who, on)["by"], language)
        return Told(making.make(gathered).content)

    return made


def ordered(play: Play, who: str = "employee", language: str = "da") -> Dossier:  # noqa: F811
    """Ordered by somebody and made by the worker."""
    row = actions.order_dossier(initiative=play.initiative, language=language, **play.by(who))
    while jobs.run_next(works(), play.cast.at):
        pass
    return Dossier.objects.select_related("initiative__thing").get(pk=row.pk)
