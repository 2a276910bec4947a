"""A dossier names every item that can be read in it, for one that was open then may be closed later."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0013_an_organisation_words_its_own_questions")]

    operations = [migrations.RenameField("Dossier", "closed_in_it", "items_in_it")]
