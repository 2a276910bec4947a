"""Where the real inputs lie: beside the project, or where SAMSPIL_DATA says."""

import os
from pathlib import Path

DATA = Path(os.environ.get("SAMSPIL_DATA") or Path(__file__).parents[1].parent / "shared" / "data")
OPINIONS = DATA / "opinions"
CONVERSATIONS = (
    "biodiversity",
    "bowling-green",
    "brexit",
    "canadian-electoral-reform",
    "london-youth-policing",
    "vtaiwan",
)
