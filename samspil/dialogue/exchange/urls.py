"""The addresses between Samspil and another agenda system."""

from django.urls import path

from samspil.dialogue.exchange import views

urlpatterns = [
    path("meetings/<slug:ref>/cases/", views.cases_page, name="cases"),
    path("meetings/<slug:ref>/cases.<slug:format>", views.cases_file, name="cases_file"),
    path("meetings/<slug:ref>/outcomes/", views.take_in_outcomes, name="take_in_outcomes"),
    path("items/<slug:ref>/case.<slug:format>", views.case_file, name="case_file"),
]
