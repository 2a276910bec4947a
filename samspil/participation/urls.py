"""The addresses of those who ask, below /<organisation>/."""

from django.urls import include, path

from samspil.participation.consultation import views as consultation
from samspil.participation.handing_out import views as handing_out
from samspil.participation.on_behalf import views as on_behalf
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
    path("rounds/<slug:ref>/poster.pdf", handing_out.poster_file, name="poster_file"),
    path("rounds/<slug:ref>/codes/", handing_out.codes, name="codes"),
    path("rounds/<slug:ref>/codes/take-back/", handing_out.take_back_codes, name="take_back_codes"),
    path("rounds/<slug:ref>/letters-<int:batch>.pdf", handing_out.letters_file, name="letters_file"),
    path("rounds/<slug:ref>/sheets-<int:batch>.pdf", handing_out.sheets_file, name="sheets_file"),
    path("rounds/<slug:ref>/enter/", on_behalf.enter, name="enter"),
    path("rounds/<slug:ref>/hands/", on_behalf.hands, name="hands"),
    path("rounds/<slug:ref>/let-in/", consultation.let_in, name="let_in"),
    path("rounds/<slug:ref>/what-came-of-it/", views.what_came_of_it, name="what_came_of_it"),
    path("", include("samspil.participation.urn.urls")),
]
