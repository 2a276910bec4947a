"""Forms and actions: a refusal of the action is shown where the person typed."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BaseForm
from django.http import QueryDict

from samspil.kit.refusal import ChangedMeanwhile, NotAllowed, Refused

Answer = TypeVar("Answer")


def typed_in(data: QueryDict, but: tuple[str, ...] = ()) -> dict[str, str | list[str]]:
    """What was typed, name by name; of several ticks under one name all are kept."""
    return {
        name: values[0] if len(values) == 1 else values
        for name, values in data.lists()
        if values and name not in but
    }


def typed_on(data: QueryDict, version: int) -> QueryDict:
    """What was typed, on the version that is stored now: the second one decides with both before them."""
    typed = data.copy()
    typed["version"] = str(version)
    return typed


def answer(form: BaseForm, call: Callable[[], Answer]) -> Answer | None:
    """Call the action when the form is valid. What it refuses becomes an error of the form; None comes back.

    A closed door and a text that somebody else changed are not errors of the form; they go on upwards.
    """
    if not form.is_valid():
        return None
    try:
        return call()
    except (NotAllowed, ChangedMeanwhile):
        raise
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.sentence))
        return None


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several, each checked by itself and not yet read."""

    widget = _ManyFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        chosen = data if isinstance(data, list | tuple) else [data]
        checked = [super(FilesField, self).clean(one, initial) for one in chosen]
        return self.taken([one for one in checked if one])

    def taken(self, chosen: "list[UploadedFile[Any]]") -> Any:
        """What the form gets of the files: their names and bytes."""
        return [(one.name, one.read()) for one in chosen]
