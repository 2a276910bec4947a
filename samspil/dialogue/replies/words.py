"""The words for ways to reply and for positions, and sentences about who has replied."""

from datetime import date

from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from samspil.dialogue.words import day

WAYS = {
    "meeting": pgettext_lazy("way to reply", "At a meeting"),
    "mail": pgettext_lazy("way to reply", "By a round of mail"),
    "paper": pgettext_lazy("way to reply", "On paper"),
}
POSITIONS = {
    "shared": pgettext_lazy("position", "Shared"),
    "management": pgettext_lazy("position", "Management's"),
    "staff": pgettext_lazy("position", "The staff's"),
    "disagreement": pgettext_lazy("position", "Disagreement"),
}
NO_ANSWER = _("No answer, because: %(why)s")


def replied(count: int, asked: int) -> str:
    """How many of those asked have replied."""
    sentence = ngettext("%(count)s of %(asked)s has replied", "%(count)s of %(asked)s have replied", count)
    return sentence % {"count": count, "asked": asked}


def how(way: str, on: date, took_part: int | None) -> str:
    """When and how a reply came about, and how many took part."""
    said = f"{WAYS[way]}, {day(on)}"
    if took_part is None:
        return said
    part = ngettext("%(count)s took part", "%(count)s took part", took_part) % {"count": took_part}
    return f"{said}, {part}"


def no_answer(why: str) -> str:
    return str(NO_ANSWER) % {"why": why}


def deadline(due: date, days: int) -> str:
    """The deadline with the working days until it."""
    if days < 0:
        return gettext("The deadline was %(due)s.") % {"due": day(due)}
    sentence = ngettext(
        "The deadline is %(due)s, in %(days)s working day.",
        "The deadline is %(due)s, in %(days)s working days.",
        days,
    )
    return sentence % {"due": day(due), "days": days}
