from datetime import date
import time
from samspil.core import dossier as core
from samspil.dialogue.dossier import actions, making, reading, command
from samspil.dialogue.dossier.models import Dossier
from samspil.initiative import actions as hall
from samspil.initiative import queries
from samspil.kit import jobs
from samspil.organisation.rounds import works


def test_it(play):
    item = play.approved(play.discussed(date(2026, 2, 18)), date(2026, 3, 4))
    hall.plan_step(initiative=play.initiative, kind="contract", on=date(2026, 4, 1), **play.by("lead"))
    ordered = actions.order_dossier(initiative=play.initiative, language="da", **play.by("chair"))
    start = time.time()
    while jobs.run_next(works(), play.cast.at):
        pass
    print(time.time() - start)
    from samspil.kit.models import Job

    print(list(Job.objects.values_list("kind", "fault")))
    ordered = Dossier.objects.get()
    data = bytes(ordered.data)
    open("/tmp/d.zip", "wb").write(data)
    report = core.examine(data)
    print(report)
    assert report.faults == ()
    assert command.main(["verify", "/tmp/d.zip", "--language", "da"]) == 0
