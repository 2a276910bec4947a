"""Django's own kinds of test case on our SQLite, run by `test_sqlite` in a process of its own.

The argument is the name of the test database: None for one in memory, or a file.
"""

import ast
import sys
import unittest
import urllib.request

import django
from django.conf import settings
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.test import LiveServerTestCase, TestCase, TransactionTestCase
from django.test.runner import DiscoverRunner
from django.urls import path

from samspil.kit.databases import profile


def write(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        Note.objects.create(words="from the web")
    return HttpResponse("saved")


urlpatterns = [path("", write)]
settings.configure(
    DATABASES={
        "default": {
            **profile("never-opened.sqlite3"),
            "TEST": {"NAME": ast.literal_eval(sys.argv[1])},
        }
    },
    INSTALLED_APPS=["django.contrib.contenttypes"],
    MIGRATION_MODULES={"contenttypes": None},
    MIDDLEWARE=[],
    ROOT_URLCONF=__name__,
    STATIC_URL="/static/",
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    ALLOWED_HOSTS=["*"],
)
django.setup()


class Note(models.Model):
    words = models.TextField()

    class Meta:
        app_label = "contenttypes"


class InATransaction(TestCase):
    def test_what_is_written_is_read(self) -> None:
        Note.objects.create(words="one")
        with transaction.atomic():
            Note.objects.create(words="two")
        assert Note.objects.count() == 2


class OnItsOwn(TransactionTestCase):
    def test_rows_come_alone_and_together(self) -> None:
        Note.objects.create(words="alone")
        with transaction.atomic():
            Note.objects.bulk_create([Note(words="with"), Note(words="others")])
        assert Note.objects.count() == 3


class FromTheWeb(LiveServerTestCase):
    def test_a_request_writes_while_the_test_reads_and_writes(self) -> None:
        for number in range(1, 4):
            Note.objects.create(words="from the test")
            urllib.request.urlopen(self.live_server_url).read()
            assert Note.objects.count() == 2 * number


def main() -> int:
    runner = DiscoverRunner(verbosity=0, interactive=False)
    before = runner.setup_databases()
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules[__name__])
    outcome = unittest.TextTestRunner().run(suite)
    runner.teardown_databases(before)
    return len(outcome.failures) + len(outcome.errors)


if __name__ == "__main__":
    sys.exit(main())
