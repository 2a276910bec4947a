"""Danish and Swedish personal numbers in running text, so that none is kept where others read.

* Danish CPR number: day, month, year of two digits, four digits. Since 2007 the check digit (modulus 11) does
  not hold for all, so a valid date is what counts. A replacement number has 60 added to the day.
* Swedish personnummer: year of two or four digits, month, day, four digits of which the last is a check digit
  (Luhn over the ten last digits). A samordningsnummer has 60 added to the day.

Written together, with a sign before the last four digits, with the date taken apart, or in pairs. Signs are
spaces, hyphens of any kind, dots, slashes and plus. In Sweden ten digits written together are often a
telephone number, so there a CPR number has a sign before its last four digits. Longer rows of digits and
numbers without such a date (organisation numbers, case numbers, days from and to) are left alone.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

DENMARK = "DK"
REPLACED = 60  # added to the day of replacement numbers and samordningsnummer
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
SIGN = r"[\s./+\-\u2010-\u2015\u2212]"
WRITTEN = (
    rf"(\d\d)(\d\d)(\d\d)({SIGN}{{0,3}})(\d\d)(\d\d)",  # 010190-1234, 0101901234
    rf"(\d\d){SIGN}(\d\d){SIGN}(\d\d)({SIGN}{{1,3}})(\d\d)(\d\d)",  # 01.01.90-1234
    r"(\d\d)\s(\d\d)\s(\d\d)(\s)(\d\d)\s(\d\d)",  # 01 01 90 12 34
)
CENTURY = rf"(?:(?:18|19|20){SIGN}?)?"
DANISH = tuple(re.compile(rf"(?<!\d){one}(?!\d)") for one in WRITTEN)
SWEDISH = tuple(re.compile(rf"(?<!\d){CENTURY}{one}(?!\d)") for one in WRITTEN)


def personal_numbers_in(text: str, country: str) -> tuple[str, ...]:
    """Every personal number in a text, as it was written there. `country`: where the text is written."""
    plain = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    danish = [match.group() for match in _matches(DANISH, plain) if _is_danish(match, country == DENMARK)]
    swedish = [match.group() for match in _matches(SWEDISH, plain) if _is_swedish(match)]
    return tuple(dict.fromkeys([*danish, *swedish]))


def _matches(written: "tuple[re.Pattern[str], ...]", text: str) -> "Iterator[re.Match[str]]":
    return (match for one in written for match in one.finditer(text))


def _is_danish(match: "re.Match[str]", together_too: bool) -> bool:
    day, month, year, sign, *_last = match.groups()
    return bool(sign or together_too) and _is_date(int(year), int(month), int(day))


def _is_swedish(match: "re.Match[str]") -> bool:
    year, month, day, _sign, *last = match.groups()
    return _is_date(int(year), int(month), int(day)) and _luhn("".join([year, month, day, *last]))


def _is_date(year: int, month: int, day: int) -> bool:
    """In either century: the 29th of February of the year 00 was there in 2000."""
    real = day - REPLACED if day > REPLACED else day
    return any(_exists(century + year, month, real) for century in (1900, 2000))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _luhn(digits: str) -> bool:
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0
