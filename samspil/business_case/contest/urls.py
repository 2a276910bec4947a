"""The addresses of what those affected say."""

from django.urls import path

from samspil.business_case.contest import views

urlpatterns = [
    path("cases/<slug:ref>/assumptions/", views.assumptions, name="assumptions"),
    path("case-parts/<slug:ref>/comment/", views.comment, name="comment"),
    path("case-parts/<slug:ref>/contest/<slug:figure>/", views.contest, name="contest"),
    path("case-parts/<slug:ref>/words/<slug:figure>/", views.word, name="word_assumption"),
    path("case-remarks/<slug:ref>/answer/", views.answer, name="answer_remark"),
]
