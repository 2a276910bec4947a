"""Figures from a file: read, checked line by line, and taken in as a whole or not at all."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from samspil.benefits import queries
from samspil.benefits.measuring import actions
from samspil.benefits.measuring.actions import Figure
from samspil.benefits.models import Benefit
from samspil.core.benefits.measured_list import KIND, Brought, brought
from samspil.core.lists import Fault
from samspil.core.lists import read as read_lines
from samspil.initiative.models import Initiative
from samspil.kit.refusal import Refused
from samspil.kit.sheets import reader
from samspil.organisation.lists.words import REASONS as USUAL
from samspil.organisation.viewer import Viewer

MOST_FAULTS = 500
REASONS: dict[str, Any] = {
    **USUAL,
    "unknown_benefit": _(
        "No benefit of this initiative is called “%(cell)s”. Write its title as it stands here."
    ),
    "benefits_alike": _(
        "Several benefits of this initiative are called “%(cell)s”. Give each a title of its own first."
    ),
    "figure_twice": _("There is another figure of this benefit for %(cell)s in the file. Keep one of them."),
    "refused": "%(sentence)s",
}


class FaultyList(Exception):  # noqa: N818 - says what it is
    """Nothing was taken in; `faults` are all there is to mend."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__()
        self.faults = tuple(faults)


def figures_in(
    name: str, data: bytes, initiative: Initiative, viewer: Viewer
) -> list[tuple[Benefit, Figure]]:
    """The figures in a file, or `FaultyList` with every fault at once."""
    register = {one.pk: one for one in queries.standing_rows().filter(initiative=initiative)}
    lines = read_lines(reader.read(name, data), [KIND])
    found, faults = brought(lines, [(one.title, key) for key, one in register.items()])
    pairs = [(register[one.benefit], _figure(one)) for one in found]
    sheet = lines.of[KIND.key][0].sheet if lines.of[KIND.key] else ""
    wrong = [
        Fault(sheet, one.line, "", "refused", {"sentence": sentence})
        for one, (_benefit, figure) in zip(found, pairs, strict=True)
        if (sentence := _what_is_wrong(figure, viewer))
    ]
    if faults or wrong:
        raise FaultyList([*faults, *wrong][:MOST_FAULTS])
    if not pairs:
        raise Refused(_("There is no figure in this file. Fill in the template and bring it again."), "file")
    return pairs


def _figure(one: Brought) -> Figure:
    return Figure(one.on, one.value, one.n, one.population, one.spread, one.source, one.note)


def _what_is_wrong(figure: Figure, viewer: Viewer) -> str:
    try:
        actions.check(figure, viewer.today)
    except Refused as refusal:
        return str(refusal.sentence)
    return ""
