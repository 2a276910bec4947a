"""The doormen of the wording: form, one action, on to the next page."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samspil.core.question_wording import Entry, Text
from samspil.dialogue import question_cards
from samspil.dialogue.doorstep import kept_or_both, to
from samspil.dialogue.permissions import PERMISSIONS
from samspil.dialogue.questions import levels_of
from samspil.dialogue.wording import actions, cards, entries, forms, pages, queries
from samspil.dialogue.wording.models import WordedQuestion, Wording, WordingVersion
from samspil.dialogue.wording.queries import Model
from samspil.kit.downloads import download
from samspil.kit.forms import answer, typed_on
from samspil.organisation import drafts
from samspil.organisation.door import Request, door, who

BOTH = ("GET", "POST")
POST = ("POST",)
AN_OWN_QUESTION = Entry("", "", Text(), Text(), (), "decision", False)


# --- what holds here ----------------------------------------------------------------------------------------


@door(PERMISSIONS, "see_question_models")
def question_models(request: Request) -> HttpResponse:
    """The question models of the regime in force, and whose words they have."""
    return render(request, "dialogue/wording/question_models.html", pages.question_models(request.viewer))


@door(PERMISSIONS, "see_question_models", find=queries.model)
def question_model(request: Request, found: Model) -> HttpResponse:
    """One model: whose words hold, the cards, and every version there was."""
    context = pages.question_model(found, request.viewer)
    return render(request, "dialogue/wording/question_model.html", context)


@door(PERMISSIONS, "see_question_models", find=queries.model)
def question_card(request: Request, found: Model, level: str) -> HttpResponse:
    shown = _card(request, found, level)
    return render(request, "dialogue/wording/card.html", pages.card(shown, found, request.viewer))


@door(PERMISSIONS, "see_question_models", find=queries.model)
def question_card_file(request: Request, found: Model, level: str) -> HttpResponse:
    """The same card as a PDF to print."""
    return download(question_cards.as_pdf(_card(request, found, level)))


@door(PERMISSIONS, "see_question_models", find=queries.model)
def newer_house(request: Request, found: Model) -> HttpResponse:
    """What the house has changed since, beside one's own words."""
    return render(request, "dialogue/wording/newer_house.html", pages.newer_house(found, request.viewer))


@door(PERMISSIONS, "see_question_models", find=queries.version)
def wording_version(request: Request, found: WordingVersion) -> HttpResponse:
    """A version with its note and what it changed."""
    return render(request, "dialogue/wording/version.html", pages.version(found, request.viewer))


# --- what is in work ----------------------------------------------------------------------------------------


@door(PERMISSIONS, "begin_wording", find=queries.model, methods=POST)
def begin_wording(request: Request, found: Model) -> HttpResponse:
    begun = actions.begin_wording(model=found, **who(request))
    messages.success(request, _("You can word the questions now. Nobody is asked them before you publish."))
    return redirect(to("wording", request, begun.ref))


@door(PERMISSIONS, "see_wording", find=queries.wording)
def wording(request: Request, found: Wording) -> HttpResponse:
    """The questions in work, one below the other."""
    return render(request, "dialogue/wording/wording.html", pages.wording(found, request.viewer))


@door(PERMISSIONS, "see_wording", find=queries.wording)
def wording_card(request: Request, found: Wording, level: str) -> HttpResponse:
    """The card as it would be."""
    said = entries.of_questions(queries.questions_of(found))
    language = request.GET.get("language", "")
    shown = cards.preview(found, said, level, language, request.organisation)
    if shown is None:
        raise Http404
    return render(request, "dialogue/wording/preview.html", pages.preview(shown, found, request.viewer))


@door(PERMISSIONS, "word_question", find=queries.question, methods=BOTH)
def word_question(request: Request, found: WordedQuestion) -> HttpResponse:
    """The house's words beside one's own, in both languages."""
    make = _question_form(found.wording, request)
    usual = forms.said(entries.of_question(found), found.version)
    form = drafts.begin(request, partial(make, request.POST or None), **usual)
    theirs = ""
    if request.method == "POST":
        done, form, theirs = kept_or_both(
            form,
            lambda: actions.word_question(
                question=found, version=form.cleaned_data["version"] or 0, **_said(form), **who(request)
            ),
            lambda: make(typed_on(request.POST, found.version)),
        )
        if done:
            drafts.sent(request)
            messages.success(request, _("Saved. It is asked in these words once you publish."))
            return redirect(to("wording", request, found.wording.ref) + f"#question-{found.ref}")
    context = pages.question(found, found.wording, form, request.viewer) | {"theirs": theirs}
    return render(request, "dialogue/wording/question.html", context)


@door(PERMISSIONS, "add_question", find=queries.wording, methods=BOTH)
def add_question(request: Request, found: Wording) -> HttpResponse:
    make = partial(_question_form(found, request), request.POST or None)
    form = drafts.begin(request, make, **forms.said(AN_OWN_QUESTION, 0))
    if request.method == "POST":
        made = answer(form, lambda: actions.add_question(wording=found, **_said(form), **who(request)))
        if made:
            drafts.sent(request)
            messages.success(request, _("The question is added at the end. Move it where it belongs."))
            return redirect(to("wording", request, found.ref) + f"#question-{made.ref}")
    context = pages.question(None, found, form, request.viewer)
    return render(request, "dialogue/wording/question.html", context)


@door(PERMISSIONS, "leave_out_question", find=queries.question, methods=BOTH)
def leave_out_question(request: Request, found: WordedQuestion) -> HttpResponse:
    usual = {"version": found.version, "reason": found.left_out_because}
    form = drafts.begin(request, partial(forms.LeaveOut, request.POST or None), **usual)
    theirs = ""
    if request.method == "POST":
        done, form, theirs = kept_or_both(
            form,
            lambda: actions.leave_out_question(question=found, **form.cleaned_data, **who(request)),
            lambda: forms.LeaveOut(typed_on(request.POST, found.version)),
        )
        if done:
            drafts.sent(request)
            messages.success(request, _("It is left out once you publish. You can take it back."))
            return redirect(to("wording", request, found.wording.ref) + f"#question-{found.ref}")
    context = pages.leave_out(found, request.viewer) | {"form": form, "theirs": theirs}
    return render(request, "dialogue/wording/leave_out.html", context)


@door(PERMISSIONS, "take_question_back", find=queries.question, methods=POST)
def take_question_back(request: Request, found: WordedQuestion) -> HttpResponse:
    actions.take_question_back(question=found, **who(request))
    messages.success(request, _("It is asked again once you publish."))
    return redirect(to("wording", request, found.wording.ref) + f"#question-{found.ref}")


@door(PERMISSIONS, "move_question", find=queries.question, methods=POST)
def move_question(request: Request, found: WordedQuestion) -> HttpResponse:
    steps = actions.UP if request.POST.get("to") == "up" else actions.DOWN
    actions.move_question(question=found, steps=steps, **who(request))
    return redirect(to("wording", request, found.wording.ref) + f"#question-{found.ref}")


@door(PERMISSIONS, "build_on_newest", find=queries.wording, methods=POST)
def build_on_newest(request: Request, found: Wording) -> HttpResponse:
    model = queries.model(queries.ref_of(found.key))
    if model is None:
        raise Http404
    actions.build_on_newest(wording=found, model=model, **who(request))
    messages.success(
        request,
        _("The house's newest text is in. Your own words stayed; it stands beside them on each question."),
    )
    return redirect(to("wording", request, found.ref))


@door(PERMISSIONS, "drop_wording", find=queries.wording, methods=POST)
def drop_wording(request: Request, found: Wording) -> HttpResponse:
    actions.drop_wording(wording=found, **who(request))
    messages.success(request, _("It is put away. What holds goes on holding."))
    return redirect(to("question_model", request, queries.ref_of(found.key)))


@door(PERMISSIONS, "publish_wording", find=queries.wording, methods=BOTH)
def publish_wording(request: Request, found: Wording) -> HttpResponse:
    """What would change, and the note about it."""
    make = partial(forms.Publish, request.POST or None)
    form = drafts.begin(request, make, version=found.version)
    if request.method == "POST":
        done = answer(
            form, lambda: actions.publish_wording(wording=found, **form.cleaned_data, **who(request))
        )
        if done:
            drafts.sent(request)
            messages.success(
                request, _("Published. New items get these words; both sides of the main committee are told.")
            )
            return redirect(to("question_model", request, queries.ref_of(done.key)))
        form = _on(request, found, form)
    context = pages.publish(found, request.viewer) | {"form": form}
    return render(request, "dialogue/wording/publish.html", context)


@door(PERMISSIONS, "return_to_house", find=queries.model, methods=BOTH)
def return_to_house(request: Request, found: Model) -> HttpResponse:
    form = drafts.begin(request, partial(forms.GoBack, request.POST or None))
    if request.method == "POST":
        done = answer(form, lambda: actions.return_to_house(model=found, **form.cleaned_data, **who(request)))
        if done:
            drafts.sent(request)
            messages.success(request, _("The house's text holds again for new items."))
            return redirect(to("question_model", request, found.ref))
    context = pages.go_back(found, request.viewer) | {"form": form}
    return render(request, "dialogue/wording/go_back.html", context)


# --- what the doormen share ---------------------------------------------------------------------------------


def _card(request: Request, found: Model, level: str) -> question_cards.QuestionCard:
    shown = cards.card(found, level, request.GET.get("language", ""), request.organisation)
    if shown is None:
        raise Http404
    return shown


def _question_form(one: Wording, request: Request) -> Callable[..., forms.WordQuestion]:
    model = queries.model(queries.ref_of(one.key))
    assert model is not None  # noqa: S101 - the wording was begun from it
    known = levels_of(one.house_native.body)
    levels = [(level, queries.level_word(model.regime, level)) for level in known]
    return partial(forms.WordQuestion, levels=levels, languages=cards.languages_of(one))


def _said(form: forms.WordQuestion) -> dict[str, Any]:
    data = form.cleaned_data
    return {
        "native": form.text("native"),
        "reading": form.text("reading"),
        "levels": data["levels"],
        "before": data["before"],
        "core_question": data["core"],
    }


def _on(request: Request, found: Wording, form: forms.Publish) -> forms.Publish:
    """The form again on the version that the page shows now: they read what is new, then they decide."""
    again = forms.Publish(typed_on(request.POST, found.version))
    for field, errors in form.errors.items():
        again.add_error(None if field == NON_FIELD_ERRORS or field not in again.fields else field, errors)
    return again
