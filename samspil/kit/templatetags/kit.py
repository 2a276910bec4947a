"""What the components ask of Django forms and names."""

from collections.abc import Sequence

from django import forms, template
from django.forms import BoundField
from django.forms.widgets import DateTimeBaseInput
from django.utils.safestring import SafeString

register = template.Library()

# First match holds, so the narrower widgets stand before those they inherit from.
_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.SelectDateWidget, "group"),
    (forms.SplitDateTimeWidget, "group"),
    (forms.Select, "select"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.DateTimeInput, "datetime"),
    (forms.DateInput, "date"),
    (forms.TimeInput, "time"),
    (forms.NumberInput, "number"),
)

# The forms browsers demand of the values they show in their own date and time pickers.
_PICKERS = {
    "date": ("date", "%Y-%m-%d"),
    "datetime": ("datetime-local", "%Y-%m-%dT%H:%M"),
    "time": ("time", "%H:%M"),
}

_CLASSES = {
    "select": "form-input form-select",
    "checkbox": "choice-box",
    "file": "form-file",
    "date": "form-input input-date",
    "datetime": "form-input input-date",
    "time": "form-input input-char-8",
    "number": "form-input input-char-11",
    "textarea": "form-input input-wide",
}


@register.filter
def field_kind(field: BoundField) -> str:
    """Which face of <c-field> the field's widget asks for."""
    for widget, kind in _KINDS:
        if isinstance(field.field.widget, widget):
            return kind
    return "text"


@register.filter
def first_control(field: BoundField) -> str:
    """The id an error message leads to: the control itself, or the first choice of a group."""
    return f"{field.auto_id}_0" if field_kind(field) in {"radios", "checkboxes"} else str(field.auto_id)


@register.filter
def described_by(field: BoundField) -> str:
    """The ids of the hint and the error, for aria-describedby."""
    ids = [f"{field.auto_id}_hint"] if field.help_text else []
    if field.errors:
        ids.append(f"{field.auto_id}_error")
    return " ".join(ids)


@register.simple_tag
def field_control(field: BoundField, lang: str = "") -> SafeString:
    """The field's own control with the classes, picker and descriptions of the house."""
    kind = field_kind(field)
    _use_picker(field, kind)
    return field.as_widget(attrs=_attributes(field, kind, lang))


def _use_picker(field: BoundField, kind: str) -> None:
    widget = field.field.widget
    if kind in _PICKERS and isinstance(widget, DateTimeBaseInput):
        widget.input_type, widget.format = _PICKERS[kind]


def _attributes(field: BoundField, kind: str, lang: str) -> dict[str, str | bool]:
    widget = field.field.widget
    attributes: dict[str, str | bool] = {"class": _classes(widget, kind)}
    if kind == "textarea" and widget.attrs.get("rows") in (None, "10"):
        attributes["rows"] = "5"
    if lang:
        attributes["lang"] = lang
    if described_by(field):
        attributes["aria-describedby"] = described_by(field)
    return attributes


def _classes(widget: forms.Widget, kind: str) -> str:
    own = str(widget.attrs.get("class", ""))
    return f"{_CLASSES.get(kind, 'form-input input-wide')} {own}".strip()


@register.filter
def initials(name: object) -> str:
    """First letters of the first and the last word of a name."""
    words = str(name).split()
    return "".join(word[0] for word in dict.fromkeys((words[0], words[-1]))).upper() if words else ""


@register.filter
def is_under(path: object, address: object) -> bool:
    """Whether a page lies at or below an address of the menu."""
    at, home = str(path), str(address)
    return bool(home) and (at == home or at.startswith(home.rstrip("/") + "/"))


@register.filter
def beside(columns: Sequence[object], row: Sequence[object]) -> list[tuple[object, object]]:
    """Each cell of a row together with its column."""
    return list(zip(columns, row, strict=True))
