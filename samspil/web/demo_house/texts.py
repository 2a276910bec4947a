"""Reads the demo's texts: `house.toml` says who an organisation is, every other file tells a story."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Event = dict[str, Any]


@dataclass(frozen=True)
class Texts:
    """One organisation's house and its stories, in the order of their files' names."""

    house: dict[str, Any]
    stories: tuple[dict[str, Any], ...]

    def events(self) -> list[Event]:
        """Everything that happens, in the order of days; on one day as the files tell it."""
        return _in_order(self.stories)

    def quick_events(self) -> list[Event]:
        """The same for the stories that are marked as quick."""
        return _in_order(tuple(story for story in self.stories if story.get("quick")))


def read_texts(folder: Path) -> Texts:
    """The texts in a folder."""
    stories = [path for path in sorted(folder.glob("*.toml")) if path.name != "house.toml"]
    return Texts(_read(folder / "house.toml"), tuple(_read(path) for path in stories))


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _in_order(stories: tuple[dict[str, Any], ...]) -> list[Event]:
    told = [
        {
            "initiative": story.get("initiative", ""),
            "consultations": story.get("consultations", {}),
            "rounds": story.get("rounds", {}),
            **event,
        }
        for story in stories
        for event in story["events"]
    ]
    return sorted(told, key=lambda event: (event["day"], event.get("hour", "")))
