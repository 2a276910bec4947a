"""What is done with spreadsheets for a business case, and from which side its lines are looked at."""

from collections.abc import Callable

from samspil.business_case.bringing import actions, waiting
from samspil.business_case.bringing.plan import plan_of
from samspil.business_case.format import parts_of
from samspil.business_case.papers import actions as papers
from samspil.organisation.viewer import Viewer
from tests.permissions import brought
from tests.permissions.payloads.deed import Deed, Form, SentAgain, who
from tests.permissions.world import World


def _bring(world: World, by: Viewer) -> object:
    data = brought.rows(world)
    return actions.bring(case=brought.case(world), name="Linjer.csv", data=data, **who(world, by))


def _settle(world: World, by: Viewer) -> object:
    file = brought.file(world)
    return actions.settle(brought=file, mappings=waiting.mappings(file), **who(world, by))


def _take_over(world: World, by: Viewer) -> object:
    file = brought.file(world)
    return actions.take_over(brought=file, seen=plan_of(file).fingerprint, **who(world, by))


def _throw_away(world: World, by: Viewer) -> object:
    return actions.throw_away(brought=brought.file(world, "unwanted_file"), **who(world, by))


def _put(world: World, by: Viewer) -> object:
    return papers.put_in_corners(
        case=brought.case(world), corners={_line(world): "employee"}, versions={}, **who(world, by)
    )


def _line(world: World) -> str:
    return next(one.ref for one in parts_of(brought.case(world)) if one.kind == "line")


def _bring_form(world: World) -> Form:
    return {"files": SentAgain("Linjer.csv", brought.rows(world))}


def _settle_form(world: World) -> Form:
    columns = ("title", "kind", "class", "likely", "source", str(world.at.year + 1))
    settled = {f"sheet1-column{at}": key for at, key in enumerate(columns)}
    return {
        "sheet1-use": "lines",
        "sheet1-head": "0",
        "sheet1-years": "shares",
        "sheet1-source": "budget",
        **settled,
    }


def _seen_form(world: World) -> Form:
    return {"seen": plan_of(brought.file(world)).fingerprint}


def _corners_form(world: World) -> Form:
    return {f"corner_{_line(world)}": "employee"}


DO = "business_case.change_case"
DEEDS: tuple[Deed, ...] = (
    Deed(DO, _bring, "business_case:bring_sheet", _bring_form),
    Deed(DO, _settle, "business_case:settle_columns", _settle_form),
    Deed(DO, _take_over, "business_case:take_over_sheet", _seen_form, journalled=2),
    Deed(DO, _throw_away, "business_case:throw_away_sheet", lambda _world: {}),
    Deed(DO, _put, "business_case:corners", _corners_form),
)


def _ref(name: str, *rest: str) -> Callable[[World], list[str]]:
    return lambda world: [world.refs[name], *rest]


CASE = (
    "pictures",
    "lines",
    "draws",
    "corners",
    "workbook_file",
    "as_json_file",
    "bring_sheet",
    "case_template",
)
VERSION = ("pictures", "lines", "draws", "workbook_file", "as_json_file")
FILE = ("look_at_sheet", "settle_columns", "take_over_sheet")
ADDRESSES = {
    **{f"business_case:{page}": _ref("papers_case") for page in CASE},
    **{f"business_case:version_{page}": _ref("papers_version") for page in VERSION},
    **{f"business_case:{page}": _ref("brought_file") for page in FILE},
    "business_case:throw_away_sheet": _ref("unwanted_file"),
    "business_case:paper_file": _ref("papers_case", "committee", "pdf"),
    "business_case:version_paper_file": _ref("papers_version", "steering-group", "docx"),
}
