"""What the templates of this room need."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def word(words: Mapping[str, Any], key: str) -> Any:
    """The word for a stored choice; a choice that has no word any more is shown as it is."""
    return words.get(key, key)
