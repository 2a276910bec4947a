"""All addresses of the house."""

from django.urls import include, path

urlpatterns = [
    path("sign-in/", include("allauth.urls")),
    path("<slug:organisation>/", include("samspil.organisation.urls")),
    path("<slug:organisation>/", include("samspil.initiative.urls")),
    path("<slug:organisation>/", include("samspil.involvement.urls")),
    path("<slug:organisation>/", include("samspil.dialogue.urls")),
]
