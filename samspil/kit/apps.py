from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "samspil.kit"
    label = "kit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from samspil.kit import checks  # noqa: F401 - registers the checks of the database
