"""The addresses of what a case comes to, as it stands and as it was frozen."""

from django.urls import path

from samspil.business_case.papers import views

CASE, VERSION = "cases/<slug:ref>/", "case-versions/<slug:ref>/"
urlpatterns = [
    path(f"{CASE}pictures/", views.pictures, name="pictures"),
    path(f"{CASE}followed/", views.lines, name="lines"),
    path(f"{CASE}draws/", views.draws, name="draws"),
    path(f"{CASE}four-sides/", views.corners, name="corners"),
    path(f"{CASE}papers/<slug:paper>.<slug:format>", views.paper, name="paper_file"),
    path(f"{CASE}case.xlsx", views.workbook_of_case, name="workbook_file"),
    path(f"{CASE}case.json", views.json_of_case, name="as_json_file"),
    path(f"{VERSION}pictures/", views.version_pictures, name="version_pictures"),
    path(f"{VERSION}followed/", views.version_lines, name="version_lines"),
    path(f"{VERSION}draws/", views.version_draws, name="version_draws"),
    path(f"{VERSION}papers/<slug:paper>.<slug:format>", views.version_paper, name="version_paper_file"),
    path(f"{VERSION}case.xlsx", views.version_workbook, name="version_workbook_file"),
    path(f"{VERSION}case.json", views.version_json, name="version_as_json_file"),
]
