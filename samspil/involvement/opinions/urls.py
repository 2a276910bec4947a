"""The addresses of those who ask, below /<organisation>/."""

from django.urls import path

from samspil.involvement.opinions import live_views, views

ROUND, STATEMENT = "rounds/<slug:ref>", "round-statements/<slug:ref>"

urlpatterns = [
    path(f"{ROUND}/statements/", views.prepare, name="prepare_statements"),
    path(f"{ROUND}/statements/template/", views.take_template, name="take_template"),
    path(f"{ROUND}/statements/core/", views.choose_core, name="choose_core"),
    path(f"{ROUND}/moderation/", views.moderation, name="moderation"),
    path(f"{ROUND}/moderation.csv", views.moderation_log, name="moderation_log"),
    path(f"{ROUND}/live/", live_views.lead, name="lead_live"),
    path(f"{ROUND}/live/end/", live_views.end, name="end_live"),
    path(f"{ROUND}/screen/", live_views.screen, name="live_screen"),
    path(f"{ROUND}/screen/now/", live_views.screen_now, name="live_screen_now"),
    path(f"{STATEMENT}/", views.statement, name="round_statement"),
    path(f"{STATEMENT}/change/", views.change, name="change_statement"),
    path(f"{STATEMENT}/remove/", views.remove, name="remove_statement"),
    path(f"{STATEMENT}/accept/", views.accept, name="accept_statement"),
    path(f"{STATEMENT}/reject/", views.reject, name="reject_statement"),
    path(f"{STATEMENT}/appeal/", views.appeal, name="decide_appeal"),
]
