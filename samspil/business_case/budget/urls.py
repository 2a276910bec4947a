"""The addresses of what was taken from budgets, and of hours and cover."""

from django.urls import path

from samspil.business_case.budget import views

urlpatterns = [
    path("cases/<slug:ref>/budget/", views.budget, name="budget"),
    path("cases/<slug:ref>/budget/new/", views.enter_cut, name="enter_cut"),
    path("cases/<slug:ref>/taking-part/", views.taking_part, name="taking_part"),
    path("case-cuts/<slug:ref>/take-back/", views.take_back_cut, name="take_back_cut"),
]
