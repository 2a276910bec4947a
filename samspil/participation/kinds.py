"""What is asked in a round is another room's matter; here is how this room gets there."""

from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise

from samspil.kit import house
from samspil.kit.room import RoundKind
from samspil.participation.models import Round


def kind_of(round_: Round) -> RoundKind:
    """Who asks. A kind whose room is not there leads nowhere."""
    found = house.round_kinds().get(round_.kind)
    if found is None:
        raise Http404
    return found


def begin(round_: Round) -> str:
    """Where whoever takes part begins: whatever is asked, a secret ballot is one sealed page."""
    if round_.level == Round.Level.SECRET:
        return reverse("p:ballot", args=[round_.code])
    return reverse(kind_of(round_).begin, args=[round_.code])


def unready(round_: Round) -> "str | Promise":
    """What those who ask still have to write, in a sentence; nothing when it is written."""
    kind = house.round_kinds().get(round_.kind)
    return kind.unready(round_) if kind else ""


def prepare(round_: Round) -> str:
    """Where those who ask write what is asked."""
    return reverse(kind_of(round_).prepare, args=[round_.organisation.slug, round_.ref])


def shown(round_: Round) -> str:
    """Where those who were asked see what came out."""
    name = kind_of(round_).shown
    return reverse(name, args=[round_.code]) if name else ""


def results(round_: Round) -> str:
    return reverse(kind_of(round_).results, args=[round_.organisation.slug, round_.ref])
