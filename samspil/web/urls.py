"""All addresses of the house."""

from django.conf import settings
from django.urls import include, path, re_path

from samspil.dialogue.feed.views import feed
from samspil.web import demo, views

ORGANISATION = "<slug:organisation>/"

urlpatterns = [
    path("", views.front, name="front"),
    path("healthz", views.alive, name="alive"),
    path("readyz", views.ready, name="ready"),
    path("language/", views.language, name="language"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("security/", views.security, name="security"),
    path("sign-in/", include("allauth.urls")),
    path("cards/", include("samspil.dialogue.public_urls")),
    path("p/", include("samspil.participation.coming_in.urls")),
    path("p/<slug:code>/result/", include("samspil.involvement.results.door_urls")),
    path("p/<slug:code>/statements/", include("samspil.involvement.opinions.door_urls")),
    path("feeds/<str:token>.ics", feed, name="feed"),
    path("demo/", include(demo.urlpatterns if not settings.PRODUCTION else [])),
    path(ORGANISATION, views.home, name="home"),
    path(ORGANISATION + "permissions/", views.permissions, name="permissions"),
    path(ORGANISATION + "drafts/", views.save_draft, name="save_draft"),
    path(ORGANISATION, include("samspil.organisation.urls")),
    path(ORGANISATION, include("samspil.initiative.urls")),
    path(ORGANISATION, include("samspil.participation.urls")),
    path(ORGANISATION, include("samspil.involvement.urls")),
    path(ORGANISATION, include("samspil.business_case.urls")),
    path(ORGANISATION, include("samspil.dialogue.urls")),
    path(ORGANISATION, include("samspil.benefits.urls")),
    re_path(r"^(?P<organisation>[-\w]+)/(?P<rest>.*)$", views.elsewhere, name="elsewhere"),
]

handler404 = "samspil.web.views.not_found"
handler500 = "samspil.web.views.fault"
