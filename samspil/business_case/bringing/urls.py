"""The addresses of brought spreadsheets."""

from django.urls import path

from samspil.business_case.bringing import views

urlpatterns = [
    path("cases/<slug:ref>/bring/", views.bring, name="bring_sheet"),
    path("cases/<slug:ref>/template.xlsx", views.case_template, name="case_template"),
    path("case-files/<slug:ref>/", views.look_at_sheet, name="look_at_sheet"),
    path("case-files/<slug:ref>/columns/", views.settle_columns, name="settle_columns"),
    path("case-files/<slug:ref>/take-over/", views.take_over_sheet, name="take_over_sheet"),
    path("case-files/<slug:ref>/throw-away/", views.throw_away_sheet, name="throw_away_sheet"),
]
