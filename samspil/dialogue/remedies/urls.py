"""The addresses of requests and negotiations, below /<organisation>/."""

from django.urls import path

from samspil.dialogue.remedies import views

urlpatterns = [
    path("committees/<slug:ref>/requests/new/", views.raise_remedy, name="raise_remedy"),
    path("requests/deadlines/", views.own_terms, name="own_terms"),
    path("requests/deadlines/new/", views.set_own_term, name="set_own_term"),
    path("requests/<slug:ref>/", views.remedy, name="remedy"),
    path("requests/<slug:ref>/case.<slug:format>", views.remedy_file, name="remedy_file"),
    path("requests/<slug:ref>/answer/", views.answer_remedy, name="answer_remedy"),
    path("requests/<slug:ref>/further/", views.refer_remedy, name="refer_remedy"),
    path("requests/<slug:ref>/end/", views.close_remedy, name="close_remedy"),
    path("items/<slug:ref>/central/", views.call_central, name="call_central"),
]
