"""One thing a person can do, in two ways: as a call of the action, and as the form of its page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from samspil.kit.permission import Permissions
from samspil.organisation.viewer import Viewer
from tests.permissions.world import World

Form = dict[str, Any]


@dataclass(frozen=True)
class Deed:
    """`call(world, viewer)` does it; `form(world)` is what its page is sent. Reading has no form.

    `journalled`: how many rows it adds to the chain. `turned_away`: how the page answers those who may not,
    where it is not with a closed door. `own(world, who)`: the form where each fills in what only they can.
    """

    action: str
    call: Callable[[World, Viewer], object] | None = None
    address: str = ""
    form: Callable[[World], Form] | None = None
    writes: bool = True
    journalled: int = 1
    turned_away: tuple[int, ...] = (403, 404)
    own: Callable[[World, str], Form] | None = None

    def __str__(self) -> str:
        return self.name

    def sent_by(self, world: World, who: str) -> Form:
        assert self.form is not None
        return self.own(world, who) if self.own else self.form(world)

    @property
    def name(self) -> str:
        return f"{self.action} at {self.address}" if self.address else self.action


def reads(
    permissions: Permissions, action: str, thing: Callable[[World], object] = lambda _world: None
) -> Deed:
    """An action that only reads: its call asks the table."""
    return Deed(
        f"{permissions.room}.{action}",
        lambda world, viewer: permissions.require(action, viewer, thing(world)),
        writes=False,
    )


class SentAgain(SimpleUploadedFile):
    """A file that can be sent more than once, as a page does that is sent again."""

    def read(self, *size: int) -> bytes:
        self.seek(0)
        return bytes(super().read(*size))


def who(world: World, by: Viewer) -> dict[str, Any]:
    return {"by": by, "at": world.at}
