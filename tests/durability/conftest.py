from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def databases_of_their_own(django_db_blocker: Any) -> Iterator[None]:
    """The harnesses open databases that they made themselves, never the one of the tests."""
    with django_db_blocker.unblock():
        yield
