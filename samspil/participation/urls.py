"""The addresses of those who ask, below /<organisation>/."""

from django.urls import path

from samspil.participation.organising import views

app_name = "participation"
urlpatterns = [
    path("rounds/", views.rounds, name="rounds"),
    path("rounds/new/", views.plan, name="plan"),
    path("initiatives/<slug:ref>/ask/", views.ask, name="ask"),
    path("rounds/<slug:ref>/", views.round_page, name="round"),
    path("rounds/<slug:ref>/change/", views.change_round, name="change_round"),
    path("rounds/<slug:ref>/open/", views.open_round, name="open_round"),
    path("rounds/<slug:ref>/close/", views.close_round, name="close_round"),
    path("rounds/<slug:ref>/what-came-of-it/", views.what_came_of_it, name="what_came_of_it"),
]
