"""The addresses of procedure guidelines."""

from django.urls import path

from samspil.dialogue.guidelines import views

urlpatterns = [
    path("initiatives/<slug:ref>/guideline/", views.propose_for_initiative, name="propose_guideline"),
    path("committees/<slug:ref>/guidelines/new/", views.propose_in_committee, name="propose_general"),
    path("guidelines/<slug:ref>/", views.guideline, name="guideline"),
    path("guidelines/<slug:ref>/change/", views.change_guideline, name="change_guideline"),
    path("guidelines/<slug:ref>/revise/", views.revise_guideline, name="revise_guideline"),
    path("guidelines/<slug:ref>/put-before/", views.put_guideline_before, name="put_guideline_before"),
    path("guidelines/<slug:ref>/agree/", views.agree_guideline, name="agree_guideline"),
    path("guidelines/<slug:ref>/agreed-elsewhere/", views.agreed_elsewhere, name="agreed_elsewhere"),
    path("guidelines/<slug:ref>/notice/", views.terminate_guideline, name="terminate_guideline"),
    path("guidelines/<slug:ref>/file/<slug:number>/", views.guideline_file, name="guideline_file"),
    path("guidelines/<slug:ref>.<slug:format>", views.guideline_document, name="guideline_as_file"),
]
