"""The components as people meet them: read, tabbed through, on a phone, without script, by a screen reader."""

import json
import mimetypes
from base64 import b64encode
from collections.abc import Iterator
from datetime import date
from hashlib import sha512
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.template import Context, engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler
from playwright.sync_api import Browser, Page, Route

from samspil.kit.gallery import GalleryForm, gallery_context
from samspil.kit.templatetags.kit import initials, is_under

VENDOR = Path(__file__).parents[1] / "static" / "vendor"
SITE = "http://samspil.test"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
MENU = [{"title": "Needs", "url": "/needs/"}, {"title": "Initiatives", "url": "/initiatives/"}]


class Fjordby:
    name = "Fjordby Kommune"


def drawn(markup: str, **context: Any) -> str:
    """Markup with components in it, as the page gets it."""
    engine = engines["django"].engine  # type: ignore[attr-defined]
    return str(engine.from_string(CottonCompiler().process(markup)).render(Context(context)))


def tags_of(html: str) -> list[str]:
    tags: list[str] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: tags.append(tag)  # type: ignore[method-assign]
    parser.feed(html)
    return tags


def gallery() -> str:
    request = RequestFactory().get("/initiatives/rosters/")
    languages = [("da", "Dansk"), ("sv", "Svenska"), ("en", "English")]
    page = gallery_context() | {"organisation": Fjordby, "menu": MENU, "languages": languages}
    page |= {"language_action": "/language/", "account_name": "Åse Mikkelsen", "sign_out_url": "/sign-out/"}
    with translation.override("en"):  # the browser's callbacks run in a context of their own
        return render_to_string("kit/gallery.html", page | {"request": request, "accessibility_url": "/was/"})


# --- a browser that is given the gallery without any server or network --------------------------


def answer(route: Route) -> None:
    path = route.request.url.removeprefix(SITE).split("#")[0].split("?")[0]
    if path == "/initiatives/rosters/":
        headers = {"Content-Security-Policy": POLICY}
        route.fulfill(body=gallery(), content_type="text/html; charset=utf-8", headers=headers)
    elif path.endswith("/draft/"):
        route.fulfill(status=204)
    elif found := finders.find(path.removeprefix("/static/")):
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        route.fulfill(body=Path(str(found)).read_bytes(), content_type=kind)
    else:
        route.fulfill(status=404)


def opened(browser: Browser, width: int, complaints: list[str], **context: Any) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 900}, **context).new_page()
    page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route("**/*", answer)
    page.goto(f"{SITE}/initiatives/rosters/")
    return page


@pytest.fixture(params=[1280, 360])
def shown(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    complaints: list[str] = []
    page = opened(browser, request.param, complaints)
    yield page
    page.context.close()
    assert complaints == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_to_complain_of(browser: Browser, width: int) -> None:
    page = opened(browser, width, [], bypass_csp=True)
    page.evaluate((VENDOR / "axe.min.js").read_text())
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", tags)
    page.context.close()
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []


@pytest.mark.browser
def test_nothing_is_refused_by_the_strict_policy_and_nothing_fails_to_load(shown: Page) -> None:
    shown.wait_for_load_state("networkidle")
    assert shown.evaluate("document.fonts.check('16px \"IBM Plex Sans\"')")
    assert shown.locator("use").first.evaluate("icon => icon.getBoundingClientRect().width") > 0


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 640, 320])
def test_nobody_has_to_scroll_sideways(browser: Browser, width: int) -> None:
    page = opened(browser, width, [])
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.context.close()


@pytest.mark.browser
def test_every_stop_of_the_tab_key_shows_where_one_is(shown: Page) -> None:
    seen = set()
    for _ in range(60):
        shown.keyboard.press("Tab")
        outline = shown.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid", shown.evaluate("document.activeElement.outerHTML")
        seen.add(shown.evaluate("document.activeElement.outerHTML"))
    assert len(seen) > 40


@pytest.mark.browser
def test_a_dialog_opens_closes_with_escape_and_gives_the_focus_back(shown: Page) -> None:
    opener = shown.locator("[data-opens=stop-dialog]")
    opener.click()
    assert shown.locator("#stop-dialog").is_visible()
    shown.keyboard.press("Escape")
    assert not shown.locator("#stop-dialog").is_visible()
    assert opener.evaluate("link => link === document.activeElement")


@pytest.mark.browser
def test_a_draft_is_saved_when_typing_stops(shown: Page) -> None:
    shown.locator("#id_problem").fill("Nobody can read it in the sun.")
    shown.locator("[data-draft-state]", has_text="Draft saved").wait_for(timeout=5000)


@pytest.mark.browser
def test_the_characters_left_are_told_when_typing_pauses(shown: Page) -> None:
    shown.locator("#id_title").fill("x" * 130)
    shown.locator("[data-count-for=id_title]", has_text="10 characters too many").wait_for(timeout=3000)


@pytest.mark.browser
def test_a_table_shows_only_rows_with_the_words_one_types(shown: Page) -> None:
    shown.locator("#initiatives-filter").fill("letters")
    assert shown.locator("#initiatives tbody tr:visible").count() == 1
    assert shown.locator("[data-filter-table] [role=status]").inner_text() == "1 of 3 rows shown"


@pytest.mark.browser
def test_the_menu_opens_on_a_phone_without_script(browser: Browser) -> None:
    page = opened(browser, 360, [], java_script_enabled=False)
    page.locator(".site-menu summary").click()
    assert page.locator(".site-menu a[aria-current=page]").inner_text() == "Initiatives"
    assert not page.locator(".table-filter").is_visible()
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 360])
def test_the_languages_open_inside_the_window(browser: Browser, width: int) -> None:
    page = opened(browser, width, [], java_script_enabled=False)
    page.locator(".language-choice summary").click()
    for button in page.locator(".language-choice button").all():
        place = button.bounding_box()
        assert place
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= width
    page.context.close()


@pytest.mark.browser
def test_a_row_of_a_table_is_a_card_on_a_phone_and_each_cell_says_what_it_is(browser: Browser) -> None:
    page = opened(browser, 360, [])
    cell = page.locator("#initiatives td[data-label=Phase]").first
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Phase"'
    assert (
        page.locator("#initiatives tbody tr").first.evaluate("row => getComputedStyle(row).display")
        == "block"
    )
    page.context.close()


@pytest.mark.browser
def test_on_paper_there_is_no_menu_and_no_button(browser: Browser) -> None:
    page = opened(browser, 1280, [])
    page.emulate_media(media="print")
    assert [page.locator(css).first.is_visible() for css in (".site-nav", ".button", ".site-footer")] == [
        False
    ] * 3
    assert page.locator("h1").is_visible()
    page.context.close()


# --- what the page says --------------------------------------------------------------------------


def test_the_page_names_its_language_and_the_place_in_the_menu() -> None:
    html = gallery()
    assert '<html lang="en">' in html
    assert '<a href="/initiatives/" aria-current="page">Initiatives</a>' in html
    assert '<a href="/needs/">Needs</a>' in html


def test_no_component_brings_style_or_script_of_its_own() -> None:
    html = gallery()
    assert " style=" not in html
    assert "<style" not in html
    assert "onclick" not in html
    assert (
        html.count("<script")
        == html.count(' src="')
        == html.count("<script defer") + html.count("<script src")
    )


@pytest.mark.parametrize(
    "markup",
    [
        '<c-person name="{{ text }}" role="{{ text }}" />',
        '<c-person :name="text" />',
        '<c-page-head title="{{ text }}" lead="{{ text }}" />',
        '<c-card :title="text" href="/x/">{{ text }}</c-card>',
        '<c-voice who="{{ text }}" lang="da">{{ text }}</c-voice>',
        '<c-file name="{{ text }}" href="/x/" kind="PDF" />',
        '<c-table caption="{{ text }}" :columns="columns" />',
        '<c-button data-note="{{ text }}">{{ text }}</c-button>',
        '<c-button :data-note="text">x</c-button>',
        '<c-breadcrumbs :items="items" />',
    ],
)
def test_what_people_wrote_never_becomes_markup(markup: str) -> None:
    text = "\"><img src=x onerror='alert(1)'>"
    html = drawn(markup, text=text, columns=[{"title": text}], items=[{"title": text, "url": ""}])
    assert "img" not in tags_of(html)


@pytest.mark.parametrize(
    ("value", "word", "icon"),
    [
        ("met", "Met", "success"),
        ("missing", "Missing", "error"),
        ("unknown", "Unknown", "help"),
        ("not_relevant", "Not relevant", "minus"),
    ],
)
def test_a_status_is_a_word_and_an_icon_never_colour_alone(value: str, word: str, icon: str) -> None:
    html = drawn(f'<c-status value="{value}" />')
    assert f"<span>{word}</span>" in html
    assert f"icons.svg#{icon}" in html


def test_an_error_stands_at_its_field_and_leads_there_from_the_summary() -> None:
    html = drawn('<c-form :form="form" submit="Send" />', form=GalleryForm({"title": "Rosters"}))
    assert '<a href="#id_problem">What is difficult today? – This field is required.</a>' in html
    assert 'aria-describedby="id_problem_hint id_problem_error"' in html
    assert 'id="id_problem_error"' in html
    assert '<a href="#id_origin_0">' in html
    assert 'id="id_origin_0"' in html


def test_what_was_typed_is_still_there_after_an_error() -> None:
    answers = {"title": "Rosters", "origin": "law", "groups": ["citizens"], "due": "2027-03-12"}
    html = drawn('<c-form :form="form" />', form=GalleryForm(answers))
    assert 'value="Rosters"' in html
    assert 'value="law" id="id_origin_1" checked' in html
    assert 'value="citizens" id="id_groups_1" checked' in html
    assert 'value="2027-03-12"' in html


def test_a_date_is_asked_with_the_browsers_own_picker() -> None:
    html = drawn('<c-field :field="form.due" />', form=GalleryForm(initial={"due": date(2027, 3, 12)}))
    assert 'type="date"' in html
    assert 'value="2027-03-12"' in html


def test_a_form_with_a_file_says_so_to_the_browser() -> None:
    class Plain(forms.Form):
        name = forms.CharField()

    assert 'enctype="multipart/form-data"' in drawn('<c-form :form="form" />', form=GalleryForm())
    assert "enctype" not in drawn('<c-form :form="form" />', form=Plain())


def test_a_component_does_not_take_over_words_from_the_page_around_it() -> None:
    around = dict.fromkeys(
        ("title", "lead", "eyebrow", "foot", "tools", "role", "lang", "label", "note"), "stray"
    )
    for markup in ('<c-card title="Own" />', '<c-page-head title="Own" />', '<c-person name="Own" />'):
        assert "stray" not in drawn(markup, **around)


def test_a_chart_stands_beside_the_table_that_says_the_same() -> None:
    html = drawn('<c-chart :chart="chart" />', chart=gallery_context()["gallery_charts"][0])
    assert 'role="img"' in html
    assert '<th scope="row">To some degree</th><td data-label="answers" class="number">108</td>' in html
    assert '<th scope="row">Night shift</th><td data-label="answers" class="number">unknown</td>' in html


def test_initials_take_the_first_and_the_last_name() -> None:
    assert [initials(name) for name in ("Åse Bjørk Mikkelsen", "Li", "")] == ["ÅM", "L", ""]


def test_a_page_lies_under_its_own_address_and_not_under_a_neighbours() -> None:
    assert is_under("/fjordby/needs/abc/", "/fjordby/needs/")
    assert not is_under("/fjordby/needs-of-others/", "/fjordby/needs/")
    assert not is_under("/fjordby/", "")


def test_a_form_that_changes_something_carries_its_csrf_token() -> None:
    token = drawn('<c-form :form="form" />', form=GalleryForm(), csrf_token="abc")
    asked = drawn('<c-form :form="form" method="get" />', form=GalleryForm(), csrf_token="abc")
    assert 'name="csrfmiddlewaretoken" value="abc"' in token
    assert "csrfmiddlewaretoken" not in asked


# --- what the house serves itself ---------------------------------------------------------------


def test_every_vendored_file_is_the_one_in_the_manifest() -> None:
    manifest = {entry["file"]: entry for entry in json.loads((VENDOR / "manifest.json").read_text())}
    files = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()} - {
        "manifest.json"
    }
    assert files == set(manifest)
    for name in files:
        assert (
            b64encode(sha512((VENDOR / name).read_bytes()).digest()).decode() == manifest[name]["sha512"]
        ), name


def test_the_vendored_files_stay_small_and_name_no_other_host() -> None:
    assert sum(path.stat().st_size for path in VENDOR.rglob("*") if path.is_file()) < 3_000_000
    assert "http" not in (VENDOR / "dkfds.css").read_text()
