"""The address of the attendance sheet, below /<organisation>/."""

from django.urls import path

from samspil.dialogue.attendance import views

urlpatterns = [path("meetings/<slug:ref>/attendance/", views.note_attendance, name="note_attendance")]
