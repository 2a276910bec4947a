"""The addresses of this room, below /<organisation>/."""

from django.urls import include, path

from samspil.involvement import views
from samspil.involvement.opinions.urls import urlpatterns as opinions

app_name = "involvement"
urlpatterns = [
    path("", include("samspil.involvement.results.urls")),
    path("consultations/<slug:ref>/", views.consultation, name="consultation"),
    path("consultations/<slug:ref>/<slug:format>/", views.export, name="export"),
    path("statements/<slug:ref>/", views.statement, name="statement"),
    *opinions,
]
