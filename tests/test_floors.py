"""Stairs lead down, the workshop is pure, the clock is one, every query names its organisation.

Each rule is shown twice: the house keeps it, and a planted fault is caught.
"""

import importlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import models

from tests import floors

ROOMS = ("organisation", "initiative", "participation", "involvement", "dialogue")
BIN = Path(sys.executable).parent


def source_files() -> list[Path]:
    return [path for path in floors.PACKAGE.rglob("*.py") if "/tests/" not in str(path)]


def run_ruff(code: str, at: str) -> str:
    command = [BIN / "ruff", "check", "--no-cache", "--output-format", "concise", "--stdin-filename", at, "-"]
    return subprocess.run(command, input=code, capture_output=True, text=True, cwd=floors.ROOT).stdout


def test_foreign_keys_lead_down() -> None:
    assert floors.keys_that_climb(floors.foreign_keys()) == []


@pytest.mark.parametrize(
    "planted",
    [
        ("organisation", "dialogue"),
        ("dialogue", "involvement"),
        ("kit", "organisation"),
        ("initiative", "web"),
    ],
    ids=["upstairs", "to a sister", "from the cupboard", "to the front door"],
)
def test_a_foreign_key_that_climbs_is_caught(planted: tuple[str, str]) -> None:
    assert floors.keys_that_climb([planted]) == [f"{planted[0]} → {planted[1]}"]


@pytest.fixture
def copied_house(tmp_path: Path) -> Path:
    """The source of the house without templates, to plant faults in."""
    leave = shutil.ignore_patterns(
        "static", "templates", "content", "locale", "tests", "__pycache__", "migrations"
    )
    shutil.copytree(floors.PACKAGE, tmp_path / "samspil", ignore=leave)
    shutil.copy(floors.ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def imports_are_kept(house: Path) -> bool:
    command = [BIN / "lint-imports", "--no-cache"]
    environment = {"PYTHONPATH": str(house), "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, cwd=house, env=environment, capture_output=True).returncode == 0


def test_imports_lead_down_and_planted_ones_are_caught(copied_house: Path) -> None:
    assert imports_are_kept(copied_house)
    planted = {
        "organisation/climbs.py": "from samspil.dialogue import models\n",
        "dialogue/sister.py": "from samspil.involvement import models\n",
        "core/outside.py": "import random\n",
        "core/framework.py": "from django.db import models\n",
    }
    for name, code in planted.items():
        path = copied_house / "samspil" / name
        path.write_text(code)
        assert not imports_are_kept(copied_house), name
        path.unlink()


def test_the_workshop_is_pure() -> None:
    sources = {path: path.read_text() for path in source_files() if path.parent.name == "core"}
    assert sources
    assert {str(path): found for path, code in sources.items() if (found := floors.impurities(code))} == {}


@pytest.mark.parametrize(
    "planted",
    ["open('x')", "datetime.now()", "date.today()", "os.getenv('X')", "print(1)"],
)
def test_an_impure_call_in_the_workshop_is_caught(planted: str) -> None:
    assert floors.impurities(f"def rule():\n    return {planted}\n")


@pytest.mark.parametrize(
    "planted",
    [
        "from datetime import datetime, UTC\nx = datetime.now(UTC)\n",
        "from datetime import date\nx = date.today()\n",
        "from django.utils import timezone\nx = timezone.now()\n",
        "import time\nx = time.time()\n",
    ],
    ids=["now", "today", "Django's now", "time"],
)
def test_a_second_clock_is_caught(planted: str) -> None:
    assert "TID251" in run_ruff(planted, "samspil/dialogue/planted.py")


def test_every_row_of_an_organisation_asks_for_its_scope() -> None:
    assert floors.unscoped(floors.our_models()) == []


def test_a_model_without_a_scope_is_caught() -> None:
    class Careless(models.Model):
        organisation = models.ForeignKey(
            "organisation.Organisation", on_delete=models.CASCADE, related_name="+"
        )

        class Meta:
            app_label = "planted"
            managed = False

    assert floors.unscoped([Careless]) == ["planted.Careless"]


def test_nobody_steps_around_the_scope() -> None:
    faults = [
        fault
        for path in source_files()
        for fault in floors.looks_across(str(path.relative_to(floors.PACKAGE)), path.read_text())
    ]
    assert faults == []


def test_a_step_around_the_scope_is_caught() -> None:
    assert floors.looks_across("dialogue/queries.py", "rows = Membership.everywhere.all()") == [
        "dialogue/queries.py:1"
    ]


def test_models_carry_no_words() -> None:
    ours = [model for model in floors.our_models() if model.__name__ != "Account"]
    assert floors.worded_models(ours) == []


@pytest.mark.parametrize("room", ROOMS)
def test_actions_take_actor_and_instant_and_are_one_transaction(room: str) -> None:
    module = importlib.import_module(f"samspil.{room}.actions")
    assert floors.actions_of(module)
    assert floors.careless_actions(module) == []


def test_a_careless_action_is_caught() -> None:
    module = type(sys)("planted")
    exec("def forget_everything(by, at): ...", module.__dict__)
    module.forget_everything.__module__ = "planted"
    assert floors.careless_actions(module) == [
        "forget_everything: hand in by= and at= by name",
        "forget_everything: is not one transaction",
    ]


@pytest.mark.parametrize("room", ROOMS)
def test_every_action_asks_the_table_of_its_room(room: str) -> None:
    module = importlib.import_module(f"samspil.{room}.actions")
    table = importlib.import_module(f"samspil.{room}.permissions").PERMISSIONS
    assert floors.unguarded_actions(module, table) == []


def test_an_action_that_asks_nobody_is_caught() -> None:
    module = importlib.import_module("samspil.involvement.actions")
    assert floors.unguarded_actions(module, ["involvement.something_else"]) == ["import_consultation"]


def test_rooms_stand_where_the_plan_has_them() -> None:
    folders = {path.name for path in floors.PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert folders == set(floors.floors())


def test_the_house_starts_without_what_only_the_worker_computes_with() -> None:
    """NumPy and SciPy take as long to fetch as all the rest; no page and no other command needs them."""
    code = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'samspil.web.settings'\n"
        "import django; django.setup(); import samspil.web.urls\n"
        "print(sorted({'numpy', 'scipy'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
