"""The addresses of results, below /<organisation>/."""

from django.urls import path

from samspil.involvement.results import views

urlpatterns = [
    path("results/<slug:ref>/", views.result, name="result"),
    path("results/<slug:ref>/statements/", views.statements, name="result_statements"),
    path("results/<slug:ref>/map/", views.map_, name="result_map"),
    path("results/<slug:ref>/method/", views.method, name="result_method"),
    path("results/<slug:ref>/files/<slug:format>/", views.result_file, name="result_file"),
    path("initiatives/<slug:ref>/consultations/new/", views.bring_consultation, name="bring_consultation"),
]
