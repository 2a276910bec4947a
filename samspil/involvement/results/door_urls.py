"""The address of those who were asked, below /p/<code>/result/."""

from django.urls import path

from samspil.involvement.results import views

app_name = "results"
urlpatterns = [path("", views.for_participants, name="for_participants")]
