"""The addresses of those who are asked, below /p/<code>/statements/."""

from django.urls import path

from samspil.involvement.opinions import door_views as views

app_name = "opinions"
urlpatterns = [
    path("", views.statements, name="statements"),
    path("now/", views.now, name="now"),
    path("answers/", views.answers, name="answers"),
    path("own/", views.own, name="own"),
    path("own/<slug:ref>/appeal/", views.appeal, name="appeal"),
    path("<int:number>/", views.vote, name="vote"),
    path("<int:number>/take-back/", views.take_back, name="take_back"),
]
