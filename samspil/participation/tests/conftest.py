from collections.abc import Iterator

import pytest

from samspil.participation.tests.asking import a_room_that_asks


@pytest.fixture(autouse=True)
def something_is_asked() -> Iterator[None]:
    with a_room_that_asks():
        yield
