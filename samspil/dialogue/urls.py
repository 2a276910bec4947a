"""The addresses of this room, below /<organisation>/."""

from django.urls import include, path

from samspil.dialogue import views

app_name = "dialogue"
urlpatterns = [
    path("", include("samspil.dialogue.closing.urls")),
    path("", include("samspil.dialogue.minutes.urls")),
    path("", include("samspil.dialogue.exchange.urls")),
    path("", include("samspil.dialogue.feed.urls")),
    path("committees/", views.committees, name="committees"),
    path("committees/<slug:ref>/", views.committee, name="committee"),
    path("committees/<slug:ref>/meetings/new/", views.plan_meeting, name="plan_meeting"),
    path("meetings/<slug:ref>/", views.meeting, name="meeting"),
    path("meetings/<slug:ref>/date/", views.correct_meeting_date, name="correct_meeting_date"),
    path("meetings/<slug:ref>/agenda.<slug:format>", views.agenda, name="agenda"),
    path("initiatives/<slug:ref>/put-before/", views.request_item, name="request_item"),
    path("initiatives/<slug:ref>/held-elsewhere/", views.held_elsewhere, name="held_elsewhere"),
    path("items/<slug:ref>/", views.item, name="item"),
    path("items/<slug:ref>/meeting/", views.place_item, name="place_item"),
    path("items/<slug:ref>/questions/", views.choose_questions, name="choose_questions"),
    path("items/<slug:ref>/case/", views.write_case, name="write_case"),
    path("items/<slug:ref>/case-number/", views.give_case_number, name="give_case_number"),
    path("items/<slug:ref>/withdraw/", views.withdraw_item, name="withdraw_item"),
    path("items/<slug:ref>/answers/", views.answer_questions, name="answer_questions"),
    path("items/<slug:ref>/answers/release/", views.release_answers, name="release_answers"),
    path("items/<slug:ref>/outcome/", views.record_outcome, name="record_outcome"),
    path("items/<slug:ref>/text/", views.write_minutes, name="write_minutes"),
    path("items/<slug:ref>/text/release/", views.release_minutes, name="release_minutes"),
    path("items/<slug:ref>/text/approve/", views.approve_minutes, name="approve_minutes"),
    path("items/<slug:ref>/text.<slug:format>", views.minutes_file, name="minutes_file"),
    path("items/<slug:ref>/file/", views.brought_file, name="brought_file"),
    path("items/<slug:ref>/actions/new/", views.add_action_point, name="add_action_point"),
    path("actions/<slug:ref>/done/", views.finish_action_point, name="finish_action_point"),
    path("", include("samspil.dialogue.remedies.urls")),
    path("asked-too-late/", views.asked_too_late, name="asked_too_late"),
    path("asked-too-late.<slug:format>", views.asked_too_late_file, name="asked_too_late_file"),
    path("", include("samspil.dialogue.replies.urls")),
    path("", include("samspil.dialogue.staff_room.urls")),
    path("", include("samspil.dialogue.wording.urls")),
    path("", include("samspil.dialogue.dossier.urls")),
    path("", include("samspil.dialogue.guidelines.urls")),
    path("", include("samspil.dialogue.strategy.urls")),
    # the meeting cycle
    path("", include("samspil.dialogue.agenda.urls")),
    path("", include("samspil.dialogue.wheel.urls")),
    path("", include("samspil.dialogue.attendance.urls")),
    path("", include("samspil.dialogue.at_the_table.urls")),
    path("", include("samspil.dialogue.moving.urls")),
    path("", include("samspil.dialogue.follow_up.urls")),
]
