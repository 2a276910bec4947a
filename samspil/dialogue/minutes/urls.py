"""The addresses of a meeting's minutes."""

from django.urls import path

from samspil.dialogue.minutes import views

urlpatterns = [
    path("meetings/<slug:ref>/minutes/", views.minutes_of_meeting, name="minutes_of_meeting"),
    path("meetings/<slug:ref>/minutes/release/", views.release_meeting, name="release_meeting"),
    path("meetings/<slug:ref>/minutes/approve/", views.approve_meeting, name="approve_meeting"),
    path(
        "meetings/<slug:ref>/minutes.<slug:format>",
        views.minutes_of_meeting_file,
        name="minutes_of_meeting_file",
    ),
]
