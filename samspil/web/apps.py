from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "samspil.web"
    label = "web"

    def ready(self) -> None:
        from samspil.kit import house
        from samspil.web.house import ROOMS

        house.furnish(ROOMS)
