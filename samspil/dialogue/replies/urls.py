"""The addresses of what goes down and what comes up."""

from django.urls import path

from samspil.dialogue.replies import views

urlpatterns = [
    path("items/<slug:ref>/send-down/", views.send_down, name="send_down"),
    path("sent-down/<slug:ref>/", views.replies, name="replies"),
    path("sent-down/<slug:ref>/close/", views.close_replies, name="close_replies"),
    path("sent-down/<slug:ref>/replies.<slug:format>", views.replies_file, name="replies_file"),
    path("replies/<slug:ref>/", views.reply, name="reply"),
    path("replies/<slug:ref>/give/", views.give_reply, name="give_reply"),
    path("replies/<slug:ref>/paper/", views.enter_paper, name="enter_paper"),
    path("replies/<slug:ref>/sheet.pdf", views.answer_sheet, name="answer_sheet_file"),
    path("replies/<slug:ref>/agenda/", views.take_up, name="take_up"),
    path("answer-sheets/", views.find_sheet, name="find_sheet"),
]
