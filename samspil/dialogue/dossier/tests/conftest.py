"""A dossier of an initiative with two discussions, a step, a decision and signed minutes."""

from samspil.dialogue.tests.conftest import play, play_under  # noqa: F401
