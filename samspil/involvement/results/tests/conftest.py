"""An initiative with a consultation about it that has two groups."""

from datetime import datetime

import pytest

from samspil.initiative.models import Initiative
from samspil.involvement.models import Consultation
from samspil.involvement.tests.conversations import initiative_of
from tests.cast import Cast

from .held import held


@pytest.fixture
def initiative(cast: Cast, at: datetime) -> Initiative:
    return initiative_of(cast, at)


@pytest.fixture
def parted(cast: Cast, initiative: Initiative, at: datetime) -> Consultation:
    return held(cast, initiative, at)
