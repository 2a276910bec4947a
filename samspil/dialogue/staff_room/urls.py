"""The addresses of the staff side's room."""

from django.urls import path

from samspil.dialogue.staff_room import views

urlpatterns = [
    path("committees/<slug:ref>/staff-side/", views.room, name="staff_room"),
    path("committees/<slug:ref>/staff-side/notes/new/", views.new_note, name="new_staff_note"),
    path("staff-notes/<slug:ref>/", views.note, name="staff_note"),
    path("staff-notes/<slug:ref>/change/", views.change_note, name="change_staff_note"),
    path("staff-notes/<slug:ref>/comment/", views.comment, name="comment_on_staff_note"),
    path("staff-notes/<slug:ref>/into-answer/", views.move_note, name="move_staff_note"),
    path("staff-notes/<slug:ref>/release/", views.release_note, name="release_staff_note"),
    path("meetings/<slug:ref>/pre-meeting/", views.pre_meeting, name="pre_meeting"),
]
