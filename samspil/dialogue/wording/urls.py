"""The addresses of the wording, below /<organisation>/."""

from django.urls import path

from samspil.dialogue.wording import views

urlpatterns = [
    path("questions/", views.question_models, name="question_models"),
    path("questions/<slug:ref>/", views.question_model, name="question_model"),
    path("questions/<slug:ref>/cards/<slug:level>/", views.question_card, name="question_card"),
    path("questions/<slug:ref>/cards/<slug:level>.pdf", views.question_card_file, name="question_card_file"),
    path("questions/<slug:ref>/newer/", views.newer_house, name="newer_house"),
    path("questions/<slug:ref>/word/", views.begin_wording, name="begin_wording"),
    path("questions/<slug:ref>/back/", views.return_to_house, name="return_to_house"),
    path("wordings/<slug:ref>/", views.wording, name="wording"),
    path("wordings/<slug:ref>/cards/<slug:level>/", views.wording_card, name="wording_card"),
    path("wordings/<slug:ref>/new/", views.add_question, name="add_question"),
    path("wordings/<slug:ref>/newest/", views.build_on_newest, name="build_on_newest"),
    path("wordings/<slug:ref>/publish/", views.publish_wording, name="publish_wording"),
    path("wordings/<slug:ref>/drop/", views.drop_wording, name="drop_wording"),
    path("wordings/versions/<slug:ref>/", views.wording_version, name="wording_version"),
    path("worded/<slug:ref>/", views.word_question, name="word_question"),
    path("worded/<slug:ref>/leave-out/", views.leave_out_question, name="leave_out_question"),
    path("worded/<slug:ref>/ask-again/", views.take_question_back, name="take_question_back"),
    path("worded/<slug:ref>/move/", views.move_question, name="move_question"),
]
