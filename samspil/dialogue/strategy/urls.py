"""The addresses of strategies."""

from django.urls import path

from samspil.dialogue.strategy import views

urlpatterns = [
    path("strategies/", views.strategies, name="strategies"),
    path("strategies/new/", views.start_strategy, name="start_strategy"),
    path("strategies/<slug:ref>/", views.strategy, name="strategy"),
    path("strategies/<slug:ref>/version/", views.write_version, name="write_strategy_version"),
    path("strategies/<slug:ref>/round/", views.open_round, name="open_strategy_round"),
    path("strategies/<slug:ref>/file/<slug:number>/", views.strategy_file, name="strategy_file"),
    path("strategy-discussions/<slug:ref>/", views.answer_discussion, name="answer_strategy_discussion"),
]
