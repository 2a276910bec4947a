"""What was promised, and what became of it.

A *benefit* has an indicator, a starting point measured before go-live, a target with an interval, and an
owner in the line who has said yes. Nothing promised is overwritten: the *ledger* keeps every target and every
starting point beside the ones before. Measurements go on for years after the initiative is closed, and a
figure that does not come makes the benefit *unknown*, which is neither kept nor broken.

The register is in `register/`, targets and starting points in `ledger/`, plan and figures in `measuring/`,
the map in `benefit_map/`, the decision on freed time and the closing report in `closing/`. What follows from
the facts is decided in `samspil/core/benefits`. A benefit may rest on a line of the business case; the case
never reads from here.
"""
