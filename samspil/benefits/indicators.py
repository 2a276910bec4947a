"""The standard indicators to choose from, in the words of the reader."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation

from samspil.organisation import content
from samspil.organisation.models import Organisation


@dataclass(frozen=True)
class Indicator:
    """`key` is what a benefit keeps of it. `how` says how it is measured; `share`: in per cent of all."""

    key: str
    title: str
    how: str
    unit: str
    share: bool = False


def standard(organisation: Organisation) -> Sequence[Indicator]:
    """All of them, as the reader reads them; the organisation's own list wins."""
    languages = [translation.get_language() or "", organisation.language, content.READING_LANGUAGE]
    found = content.find("indicators", "standard", languages, organisation)
    return [Indicator(**one) for one in found.body["indicators"]] if found else []


def is_share(key: str, organisation: Organisation) -> bool:
    return any(one.key == key and one.share for one in standard(organisation))
