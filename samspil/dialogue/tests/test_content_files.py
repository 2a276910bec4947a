"""The texts that committees meet: complete, native, readable, and alike in every language.

Readability is LIX (Björnsson 1968): words per sentence plus the share, in per cent, of words with more than
six letters. Daily newspapers lie around 45.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOMS = Path(__file__).parents[2]
QUESTIONS = ROOMS / "dialogue" / "content" / "questions"
REGIMES = ROOMS / "dialogue" / "content" / "regimes"
PROCESS = ROOMS / "initiative" / "content" / "process"

NATIVE = {"MED": "da", "SU": "da", "samverkan": "sv", "MBL": "sv"}
PHASES = ("idea", "development", "implementation", "follow_up")
MODELS = (*PHASES, "strategy")  # a strategy is discussed outside any initiative
BINDING_STEPS = {"budget", "requirements", "tender", "contract", "decision"}
SEATS = {"chair", "vice_chair", "secretary", "adjuster"}
HIGHEST_LIX = 45

TOPICS = {
    "idea": """need_before_solution who_benefits what_if_we_do_nothing non_digital_alternative
        core_task_and_professional_judgement who_is_affected_incl_outside_average decision_already_taken
        room_for_influence earlier_lessons legal_ethical_red_flags""",
    "development": """representativeness_of_participants time_off_for_participation task_flow_change
        invisible_work autonomy_and_monitoring service_level_for_citizens accessibility data_use_about_staff
        pressure_test_result what_changed_because_of_input readiness_gap competence_gap job_loss_or_shift
        go_no_go_criteria""",
    "implementation": """anchoring_owner training_before_golive support_and_superusers plan_B_when_it_fails
        workload_peak_cover communication_to_groups adjust_or_stop_right early_wellbeing_signal
        analogue_channel_open""",
    "follow_up": """benefit_status who_gained_who_paid wellbeing_and_satisfaction unintended_effects
        freed_time_used_for competence_still_missing lessons_to_share next_adjustment""",
    "strategy": """purpose core_task priorities work_environment competences
        citizens_with_weak_digital_skills money_and_benefits ethics_and_ai follow_up""",
}
LIGHT = {
    "explore": {
        "need_stated": "initiative.need_stated",
        "affected_named": "initiative.affected_named",
        "owner_in_line": "initiative.owner_in_line",
        "discussed_idea": "dialogue.discussed.idea",
    },
    "go": {
        "discussed_development": "dialogue.discussed.development",
        "voices_heard": "involvement.voices_heard",
        "work_consequences": "",
        "analogue_channel": "",
        "ai_duty": "initiative.ai_duty",
    },
    "go_live": {
        "discussed_implementation": "dialogue.discussed.implementation",
        "monday_said": "initiative.monday_said",
        "training_ready": "",
        "plan_b": "",
        "baseline_measured": "benefits.ready",
    },
    "close": {
        "discussed_follow_up": "dialogue.discussed.follow_up",
        "benefit_status": "benefits.accounted",
        "wellbeing_signal": "",
        "you_said_we_did": "",
        "lessons": "",
    },
}
ONLY_STANDARD = {
    "explore": "promise_published target_picture scenario_0 ethics_screen procedure_guideline",
    "go": """involvement_plan workflow_described pressure_test impact_assessment readiness_assessed
        competence_plan business_case benefit_owners""",
    "go_live": "communication_plan support_in_place go_live_criteria",
    "close": "freed_time_decided benefits_measured",
}

# Fields a machine reads; everything else is read by people.
IDENTIFIERS = {
    *(
        "kind",
        "regime",
        "key",
        "language",
        "version",
        "phase",
        "before",
        "levels",
        "evidence",
        "owed_by",
        "sign",
    ),
    *("release", "approve", "approve_rule"),
}

TERMS = {
    "da": r"\bMED\b|\b[HLK]?SU\b|hovedudvalg|samarbejdsudvalg|tillidsrepræsentant|arbejdsmiljørepræsentant",
    "sv": r"samverkan|\bMBL\b|justerare|skyddsombud|facklig|arbetsgivar|arbetstagar",
}
OFFICIALESE = {
    "da": r"såfremt|i henhold til|vedrørende|nærværende|hvorledes|foranstalt|førend|i forbindelse med|i forhold til",
    "sv": r"beträffande|i enlighet med|härvid|erhåll|vidtag|ifrågavarande|jämlikt|tillse\b|i syfte att",
    "en": r"pursuant|hereby|utilis|in accordance with|aforementioned|stakeholder|leverage|going forward",
}
# Committees are heard; they do not approve or decide.
COMMITTEE_DECIDES = {
    "da": r"udvalget (godkender|beslutter|vedtager)|udvalgets godkendelse",
    "sv": r"gruppen (godkänner|beslutar|fastställer)(?! inte)",
    "en": r"(committee|samverkan group|the group) (approves|decides)",
}


def read(path: Path) -> dict[str, Any]:
    """A content file as plain values."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def question_model(regime: str, phase: str, language: str) -> dict[str, Any]:
    return read(QUESTIONS / f"{regime}.{phase}.{language}.toml")


def regime_model(regime: str, language: str) -> dict[str, Any]:
    return read(REGIMES / f"{regime}.{language}.toml")


def process_model(way: str, language: str) -> dict[str, Any]:
    return read(PROCESS / f"{way}.{language}.toml")


def texts(value: Any, name: str = "", but: Collection[str] = IDENTIFIERS) -> Iterator[str]:
    """Every text meant for people, however deep it lies."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, key, but)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, name, but)
    elif isinstance(value, str) and name not in but:
        yield value


def skeleton(value: Any, name: str = "", but: Collection[str] = IDENTIFIERS) -> Any:
    """What must be the same in every language: identifiers, numbers, dates, order and the number of texts."""
    if isinstance(value, dict):
        return {key: skeleton(inner, key, but) for key, inner in value.items() if key != "language"}
    if isinstance(value, list):
        return [skeleton(inner, name, but) for inner in value]
    return "text" if isinstance(value, str) and name not in but else value


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def lix(text: str) -> float:
    """LIX of a text whose sentences end with a full stop, question mark, exclamation mark or colon."""
    found = words(text)
    sentences = len(re.findall(r"[.!?:]+", text))
    return len(found) / sentences + 100 * sum(len(word) > 6 for word in found) / len(found)


def of_level(model: dict[str, Any], level: str) -> list[dict[str, Any]]:
    return [question for question in model["questions"] if level in question["levels"]]


def levels_of(regime: str) -> list[str]:
    return [level["key"] for level in regime_model(regime, NATIVE[regime])["levels"]]


def demands_of(model: dict[str, Any]) -> dict[str, dict[str, dict[str, Any]]]:
    return {gate["key"]: {demand["key"]: demand for demand in gate["demands"]} for gate in model["gates"]}


def country(path: Path) -> str:
    """The country whose words the file may use: da, sv, or "" for a process model in English, used by both."""
    regime, language = path.name.split(".")[0], path.name.split(".")[-2]
    return NATIVE.get(regime, "" if language == "en" else language)


FILES = sorted([*QUESTIONS.glob("*.toml"), *REGIMES.glob("*.toml"), *PROCESS.glob("*.toml")])
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
each_regime = pytest.mark.parametrize("regime", NATIVE)
each_phase = pytest.mark.parametrize("phase", MODELS)
each_language = pytest.mark.parametrize("language", ["da", "sv", "en"])
each_way = pytest.mark.parametrize("way", ["light", "standard"])


def test_every_regime_phase_and_way_has_its_native_and_its_reading_version() -> None:
    pairs = [(regime, language) for regime in NATIVE for language in (NATIVE[regime], "en")]
    expected = {f"{regime}.{language}.toml" for regime, language in pairs}
    expected |= {f"{regime}.{phase}.{language}.toml" for regime, language in pairs for phase in MODELS}
    expected |= {f"{way}.{language}.toml" for way in ("light", "standard") for language in ("da", "sv", "en")}
    assert {path.name for path in FILES} == expected


@each_file
def test_a_file_is_what_its_name_says(path: Path) -> None:
    body = read(path)
    named = {
        "question_model": [body.get("regime"), body.get("phase")],
        "regime": [body.get("regime")],
        "process_model": [body.get("key")],
    }[body["kind"]]
    assert path.name.split(".")[:-1] == [*named, body["language"]]


@each_file
def test_no_text_is_empty_or_padded(path: Path) -> None:
    assert [text for text in texts(read(path)) if not text or text != text.strip()] == []


@each_file
def test_no_word_of_the_other_country_is_borrowed(path: Path) -> None:
    foreign = "|".join(terms for language, terms in TERMS.items() if language != country(path))
    assert [text for text in texts(read(path)) if re.search(foreign, text)] == []


@each_file
def test_no_letter_of_the_other_alphabet_slips_in(path: Path) -> None:
    body = read(path)
    del body["source"]  # names of those we credit keep their own letters
    foreign = {"da": "[äö]", "sv": "[æø]", "en": "(?!)"}[body["language"]]
    assert [text for text in texts(body) if re.search(foreign, text, re.IGNORECASE)] == []


@each_file
def test_nobody_writes_officialese(path: Path) -> None:
    pattern = OFFICIALESE[path.name.split(".")[-2]]
    assert [text for text in texts(read(path)) if re.search(pattern, text, re.IGNORECASE)] == []


@each_file
def test_committees_are_heard_and_do_not_approve(path: Path) -> None:
    pattern = COMMITTEE_DECIDES[path.name.split(".")[-2]]
    assert [text for text in texts(read(path)) if re.search(pattern, text, re.IGNORECASE)] == []


@each_regime
@each_phase
def test_a_question_card_is_alike_in_its_native_and_its_reading_version(regime: str, phase: str) -> None:
    native = question_model(regime, phase, NATIVE[regime])
    assert skeleton(question_model(regime, phase, "en")) == skeleton(native)


@each_regime
@each_phase
def test_every_topic_of_the_phase_is_asked_about(regime: str, phase: str) -> None:
    asked = {question["key"] for question in question_model(regime, phase, "en")["questions"]}
    assert set(TOPICS[phase].split()) - asked == set()


@each_regime
@each_phase
def test_four_or_five_core_questions_per_level_are_enough_for_a_small_initiative(
    regime: str, phase: str
) -> None:
    model = question_model(regime, phase, "en")
    core = {level: sum(q["core"] for q in of_level(model, level)) for level in levels_of(regime)}
    assert {level: count for level, count in core.items() if count not in (4, 5)} == {}


@each_regime
@each_phase
def test_a_level_gets_a_card_that_fits_a_meeting(regime: str, phase: str) -> None:
    model = question_model(regime, phase, "en")
    sizes = {level: len(of_level(model, level)) for level in levels_of(regime)}
    assert {level: size for level, size in sizes.items() if not 8 <= size <= 14} == {}


@each_regime
@each_phase
def test_a_level_is_asked_about_a_topic_once(regime: str, phase: str) -> None:
    questions = question_model(regime, phase, "en")["questions"]
    asked = Counter((question["key"], level) for question in questions for level in question["levels"])
    assert [place for place, times in asked.items() if times > 1] == []


@each_regime
@each_phase
def test_a_question_names_known_levels_a_binding_step_and_what_a_good_answer_holds(
    regime: str, phase: str
) -> None:
    known = set(levels_of(regime))
    for question in question_model(regime, phase, "en")["questions"]:
        assert question["levels"]
        assert set(question["levels"]) <= known, question["key"]
        assert question["before"] in BINDING_STEPS, question["key"]
        assert 2 <= len(question["good_answer"]) <= 5, question["key"]
        assert question["ask"].endswith("?"), question["key"]


@each_regime
@each_phase
def test_what_is_asked_and_explained_reads_no_harder_than_a_newspaper(regime: str, phase: str) -> None:
    for language in (NATIVE[regime], "en"):
        questions = question_model(regime, phase, language)["questions"]
        text = " ".join(f"{question['ask']} {question['explanation']}" for question in questions)
        assert lix(text) <= HIGHEST_LIX, language


@each_way
@each_language
def test_the_explanation_of_a_demand_reads_no_harder_than_a_newspaper(way: str, language: str) -> None:
    gates = demands_of(process_model(way, language)).values()
    text = " ".join(demand["explanation"] for gate in gates for demand in gate.values())
    assert lix(text) <= HIGHEST_LIX


@each_regime
def test_what_is_explained_about_a_regime_reads_no_harder_than_a_newspaper(regime: str) -> None:
    for language in (NATIVE[regime], "en"):
        model = regime_model(regime, language)
        text = " ".join([model["explanation"], *(outcome["explanation"] for outcome in model["outcomes"])])
        assert lix(text) <= HIGHEST_LIX, language


@each_regime
def test_a_regime_is_alike_in_its_native_and_its_reading_version(regime: str) -> None:
    assert skeleton(regime_model(regime, "en")) == skeleton(regime_model(regime, NATIVE[regime]))


@each_regime
def test_being_told_is_not_being_heard(regime: str) -> None:
    heard = {
        outcome["key"]: outcome["counts_as_discussed"] for outcome in regime_model(regime, "en")["outcomes"]
    }
    assert True in heard.values()
    assert not heard["informed"]
    assert not heard["postponed"]


@each_regime
def test_outcomes_end_per_union_in_negotiations_only(regime: str) -> None:
    per_union = {outcome["per_union"] for outcome in regime_model(regime, "en")["outcomes"]}
    assert per_union == {regime == "MBL"}


@each_regime
def test_the_rules_of_procedure_name_seats_that_exist(regime: str) -> None:
    procedure = regime_model(regime, "en")["procedure"]
    assert procedure["approve_rule"] in {"next_meeting", "signatures"}
    assert procedure["release"]
    assert procedure["approve"]
    assert {*procedure["release"], *procedure["approve"]} <= SEATS
    assert procedure["request_working_days"] >= procedure["chairs_working_days"] > 0


@each_way
def test_a_way_is_alike_in_every_language(way: str) -> None:
    native = skeleton(process_model(way, "da"))
    assert skeleton(process_model(way, "sv")) == native
    assert skeleton(process_model(way, "en")) == native


@each_language
def test_the_light_way_asks_at_most_five_things_at_a_gate(language: str) -> None:
    gates = demands_of(process_model("light", language))
    asked = {
        gate: {key: demand["evidence"] for key, demand in found.items()} for gate, found in gates.items()
    }
    assert asked == LIGHT
    assert max(len(found) for found in asked.values()) <= 5


@each_language
def test_the_full_way_asks_what_the_light_way_asks_and_more(language: str) -> None:
    light = demands_of(process_model("light", language))
    for gate, demands in demands_of(process_model("standard", language)).items():
        assert demands.keys() == light[gate].keys() | set(ONLY_STANDARD[gate].split())
        assert {key: demands[key] for key in light[gate]} == light[gate]


@each_way
def test_each_gate_ends_its_phase_and_each_demand_is_owed_by_somebody(way: str) -> None:
    gates = process_model(way, "en")["gates"]
    assert [gate["phase"] for gate in gates] == list(PHASES)
    demands = [demand for gate in gates for demand in gate["demands"]]
    owed_by = {demand["owed_by"] for demand in demands}
    assert owed_by <= {"lead", "owner", "committee", "line_manager", "safety_rep", "finance"}
    assert {demand["sign"] for demand in demands} <= set("SDAC")


def test_lix_counts_sentence_length_and_long_words() -> None:
    assert lix("Hun kommer i dag. Hvorfor spørger du?") == 7 / 2 + 100 * 2 / 7
