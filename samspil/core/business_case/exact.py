"""Money as exact fractions until it is shown: then one half-up rounding."""

from decimal import Decimal, localcontext
from fractions import Fraction

ORE = Fraction(1, 100)


def to_the_ore(amount: Fraction) -> Decimal:
    """The amount in hundredths, half away from zero. No amount is rounded before this."""
    return rounded(amount, 2)


def rounded(amount: Fraction, places: int) -> Decimal:
    """With so many decimals, half away from zero. What rounds to nothing has no sign."""
    scaled = abs(amount) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    with localcontext() as context:
        context.prec = max(28, len(str(whole)) + 2)
        return Decimal(whole if amount >= 0 else -whole).scaleb(-places)


def plain(number: Decimal) -> str:
    """One way to write a number: no exponent, no zeros at its end."""
    if not number:
        return "0"
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
