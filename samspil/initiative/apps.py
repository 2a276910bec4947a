from django.apps import AppConfig


class InitiativeConfig(AppConfig):
    name = "samspil.initiative"
    label = "initiative"
    default_auto_field = "django.db.models.BigAutoField"
