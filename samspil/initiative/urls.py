"""The addresses of this room, below /<organisation>/."""

from django.urls import path

from samspil.initiative.project_list import views as projects
from samspil.initiative.views import (
    answers,
    assessments,
    boards,
    files,
    gate,
    initiatives,
    leadership,
    needs,
    steps,
)

app_name = "initiative"
urlpatterns = [
    path("needs/", needs.needs, name="needs"),
    path("needs/new/", needs.raise_need, name="raise_need"),
    path("needs/<slug:ref>/", needs.need, name="need"),
    path("needs/<slug:ref>/merge/", needs.merge_need, name="merge_need"),
    path("needs/<slug:ref>/answer/", needs.answer_need, name="answer_need"),
    path("initiatives/", initiatives.initiatives, name="initiatives"),
    path("initiatives/new/", initiatives.start, name="start"),
    path("initiatives/list/", projects.bring_projects, name="bring_projects"),
    path("initiatives/list/template/<slug:ending>/", projects.projects_template, name="projects_template"),
    path("initiatives/list/<slug:ref>/", projects.look_at_projects, name="look_at_projects"),
    path("initiatives/list/<slug:ref>/take-over/", projects.take_over_projects, name="take_over_projects"),
    path("initiatives/list/<slug:ref>/throw-away/", projects.throw_away_projects, name="throw_away_projects"),
    path("initiatives/<slug:ref>/", initiatives.initiative, name="initiative"),
    path("initiatives/<slug:ref>/change/", initiatives.change, name="change"),
    path("initiatives/<slug:ref>/money/", leadership.give_money, name="give_money"),
    path("initiatives/<slug:ref>/guests/", initiatives.guests, name="guests"),
    path("initiatives/<slug:ref>/steps/new/", steps.plan_step, name="plan_step"),
    path("steps/<slug:ref>/", steps.step, name="correct_step"),
    path(
        "initiatives/<slug:ref>/asks/<slug:gate>/<slug:demand>/", answers.answer_demand, name="answer_demand"
    ),
    path("initiatives/<slug:ref>/monday/<slug:whom>/", answers.monday, name="monday"),
    path("initiatives/<slug:ref>/ai/", answers.inform_about_ai, name="inform_about_ai"),
    path("initiatives/<slug:ref>/ai/by/", answers.date_ai_duty, name="date_ai_duty"),
    path("assessments/<slug:ref>/", assessments.assessment, name="assessment"),
    path("assessments/<slug:ref>/done/", assessments.record_assessment, name="record_assessment"),
    path("assessments/<slug:ref>/by/", assessments.date_assessment, name="date_assessment"),
    path("assessments/<slug:ref>/file/", assessments.assessment_file, name="assessment_file"),
    path("initiatives/<slug:ref>/gate/", gate.decide, name="decide"),
    path("decisions/<slug:ref>/", gate.decision, name="decision"),
    path("decisions/<slug:ref>.<slug:format>", files.decision_file, name="decision_file"),
    path("conditions/<slug:ref>/", gate.meet_condition, name="meet_condition"),
    path("leadership/", leadership.overview, name="leadership"),
    path("leadership.<slug:format>", leadership.overview_file, name="leadership_file"),
    path("thread/<slug:ref>/", boards.thread, name="thread"),
    path("initiatives/<slug:ref>/journal/", boards.initiative_journal, name="initiative_journal"),
    path("journal/", boards.organisation_journal, name="journal"),
    path("search/", boards.search_page, name="search"),
]
