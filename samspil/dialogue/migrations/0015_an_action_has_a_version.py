"""Two who give an action another day at the same time see both, as with every other text."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0014_a_dossier_names_every_item_in_it")]

    operations = [migrations.AddField("ActionPoint", "version", models.PositiveIntegerField(default=1))]
