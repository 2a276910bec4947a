"""Consultations for the tests that have something to show: two groups that differ, or none."""

import random
from datetime import datetime

from samspil.core import consultation as core
from samspil.initiative.models import Initiative
from samspil.involvement.models import Consultation
from samspil.involvement.results.sources import HeldElsewhere, Source
from samspil.involvement.tests.conversations import brought_in
from samspil.kit import jobs
from samspil.organisation.rounds import works
from tests.cast import Cast

TEXTS = (
    "Ruten skal stå klar dagen før",
    "Telefonen skal kunne det hele",
    "Møder på arbejdspladsen er spild af tid",
    "Nattevagten skal have sin egen skærm",
    "Vi skal kunne bytte vagter uden at spørge",
    "=SUM(A1:A9) er ikke en formel",
    "Et kursus er nok",
    "Borgeren skal kunne se, hvem der kommer",
    "Bilerne skal vaskes hver uge",
    "Systemet skal kunne norsk",
    "Lederen skal se, hvor vi er",
    "Vi skal tale sammen hver morgen",
)
# How likely two groups are to agree: what nobody doubts, what parts them, and what nobody cares about.
LIKELY = ((0.95, 0.92), (0.9, 0.1), (0.1, 0.05), (0.85, 0.15), *((0.9, 0.1), (0.1, 0.9)) * 4)
ALIKE = ((0.5, 0.5),) * len(TEXTS)


def tables(people: int = 120, likely: tuple = LIKELY, seed: int = 1) -> dict[str, list[dict[str, str]]]:
    """Every second person belongs to the other group; everybody answers about four of five statements."""
    dice = random.Random(seed)
    comments = [
        {"comment-id": str(key), "moderated": "1", "comment-body": text} for key, text in enumerate(TEXTS)
    ]
    votes = [
        {
            "timestamp": "1",
            "comment-id": str(key),
            "voter-id": str(person),
            "vote": _vote(dice, likely[key][person % 2]),
        }
        for person in range(people)
        for key in range(len(TEXTS))
        if dice.random() < 0.8
    ]
    return {"comments": comments, "votes": votes}


def _vote(dice: random.Random, agrees: float) -> str:
    drawn = dice.random()
    return "1" if drawn < agrees * 0.95 else "0" if drawn < agrees * 0.95 + 0.05 else "-1"


def held(cast: Cast, initiative: Initiative, at: datetime, **facts: object) -> Consultation:
    """Brought in, and its result computed by the worker."""
    shape = {name: facts.pop(name) for name in ("people", "likely", "seed") if name in facts}
    kept = brought_in(cast, initiative, at, consultation=core.read(tables(**shape)), **facts)
    work(at)
    return kept


def work(at: datetime) -> None:
    while jobs.run_next(works(), at):
        pass


def source_of(consultation: Consultation) -> Source:
    return HeldElsewhere(consultation)
