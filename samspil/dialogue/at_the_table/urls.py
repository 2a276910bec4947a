"""The addresses of the meeting room, below /<organisation>/."""

from django.urls import path

from samspil.dialogue.at_the_table import views

urlpatterns = [
    path("meetings/<slug:ref>/screen/", views.screen, name="screen"),
    path("meetings/<slug:ref>/record/", views.record_meeting, name="record_meeting"),
]
