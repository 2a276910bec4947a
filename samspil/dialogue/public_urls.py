"""The addresses of the question cards, open to everyone."""

from django.urls import path

from samspil.dialogue import public_views as views

app_name = "cards"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:regime>/<slug:phase>/<slug:level>/", views.card, name="card"),
    path("<slug:regime>/<slug:phase>/<slug:level>.pdf", views.sheet, name="sheet"),
]
