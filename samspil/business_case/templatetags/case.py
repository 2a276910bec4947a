"""How the pages of a case write its figures."""

from decimal import Decimal
from fractions import Fraction

from django import template

from samspil.business_case.words import STAGES
from samspil.core.business_case.exact import to_the_ore

register = template.Library()


@register.filter
def ore(amount: Fraction) -> Decimal:
    """An exact amount, rounded once."""
    return to_the_ore(amount)


@register.filter
def percent(share: float) -> int:
    return round(share * 100)


@register.filter
def stage(key: str) -> str:
    """What a version was kept for."""
    return str(STAGES[key])
