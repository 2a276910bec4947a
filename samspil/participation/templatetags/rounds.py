"""The words of a round, for templates."""

from django import template
from django.utils.functional import Promise

from samspil.participation import words
from samspil.participation.levels import LEVELS, LevelWords
from samspil.participation.models import Round

register = template.Library()


@register.simple_tag
def level_of(round_: Round) -> LevelWords:
    return LEVELS[round_.level]


@register.filter
def influence(round_: Round) -> "str | Promise":
    """What those who ask promise to do with the answers."""
    return words.INFLUENCE[round_.influence]


@register.filter
def level_name(level: str) -> "str | Promise":
    return LEVELS[level].name


@register.filter
def state_word(round_: Round) -> "str | Promise":
    return words.STATES[round_.state]
