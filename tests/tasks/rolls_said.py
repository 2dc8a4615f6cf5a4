"""Facts about rolls as people write them: founders, an admission, a partner; and all that can be wrong."""

import tomllib
from pathlib import Path

import pytest

from policies.problems import RefusedFileError
from tasks.facts.importing import Import, take
from tasks.installation.installation import Installation
from tests.installations import TODAY, at

FOUNDERS = """
[[joinings]]
body = "network-members"
member = "iom"
seen_on = 2019-11-14
source = "the list of that day"

[[joinings]]
body = "network-members"
member = "ilo"
seen_on = 2019-11-14
source = "the list of that day"

[[attestations]]
body = "network-members"
attested_on = 2026-01-05
source = "a letter of the secretariat"
"""
DECISION = """
[[decisions]]
id = "ec-1"
decided_on = 2026-03-02
owner = "secretariat"
text = "as proposed"
source = "the minutes"
"""
GROUP = """
[[groups]]
id = "trade"
title = "Trade and migration"
focus = "what trade does to migration"
workplan = "WP/2025/3"
since_on = 2025-01-01
source = "the workplan"
"""
ADMISSION = """
[[joinings]]
body = "network-members"
member = "unu"
joined_on = 2026-03-02
decision = "ec-1"
source = "the minutes"
"""
CONSULTATION = """
[[consultations]]
id = "about-ngo"
group = "trade"
partner = "ngo"
chosen = ["iom", "ilo"]
chosen_by = "A. Officer"
reason = "both lead on trade"
invited_on = 2026-02-02
until = 2026-02-20
source = "the letters"
"""
PARTNER = """
[[joinings]]
body = "trade"
member = "ngo"
role = "partner"
joined_on = 2026-03-02
decision = "ec-1"
source = "the minutes"
"""
WRONG = """
[[joinings]]
body = "nobodies"
member = "unu"
joined_on = 2026-03-02
source = "x"

[[joinings]]
body = "network-members"
member = "unu"
joined_on = 2026-03-02
source = "x"

[[joinings]]
body = "network-members"
member = "iom"
joined_on = 2026-03-02
decision = "ec-9"
source = "x"

[[joinings]]
body = "trade"
member = "ngo"
role = "partner"
joined_on = 2026-03-01
source = "x"

[[joinings]]
body = "executive-committee"
member = "ngo"
role = "partner"
joined_on = 2026-03-02
source = "x"

[[joinings]]
body = "trade"
member = "iom"
joined_on = 2024-12-31
source = "x"

[[joinings]]
body = "executive-committee"
member = "iom"
source = "x"

[[leavings]]
body = "executive-committee"
member = "who"
left_on = 2026-03-02
source = "x"

[[leavings]]
body = "network-members"
member = "ilo"
left_on = 2019-11-14
source = "x"

[[outcomes]]
group = "trade"
result = "merge"
decided_on = 2026-03-02
decision = "ec-1"
source = "x"

[[outcomes]]
group = "trade"
result = "refocus"
decided_on = 2026-03-03
decision = "ec-1"
cycle = "fund-board-review/2026"
source = "x"

[[seats]]
body = "network-members"
seat = "one"
constituency = "donors"
since_on = 2025-01-01
source = "x"

[[consultations]]
id = "about-other"
group = "trade"
partner = "other"
chosen = ["iom", "iom", "who"]
chosen_by = "A. Officer"
reason = "they lead"
invited_on = 2026-02-02
until = 2026-02-01
source = "x"

[[views]]
consultation = "about-ngo"
member = "ilo"
kind = "objects"
answered_on = 2026-02-03
source = "x"

[[leads]]
cycle = "fund-board-review/2026"
name = "A. Lead"
decided_by = "the Executive Committee"
decided_on = 2027-01-01
source = "x"

[[attestations]]
body = "trade"
attested_on = 2026-11-23
source = "x"
"""


def taken(installation: Installation, text: str) -> Import:
    return take(installation, tomllib.loads(text), Path("facts.toml"), "an officer", at(TODAY), TODAY)


def problems(installation: Installation, text: str) -> dict[str, str]:
    """Return what was expected, by the key of each mistake."""
    with pytest.raises(RefusedFileError) as refused:
        taken(installation, text)
    return {problem.key: problem.expected for problem in refused.value.problems}
