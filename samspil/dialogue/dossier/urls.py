"""The addresses of dossiers, among those of the room."""

from django.urls import path

from samspil.dialogue.dossier import views

urlpatterns = [
    path("initiatives/<slug:ref>/dossier/", views.dossiers, name="dossiers"),
    path("initiatives/<slug:ref>/dossier/new/", views.order, name="order_dossier"),
    path("dossiers/<slug:ref>.zip", views.dossier_file, name="dossier_file"),
]
