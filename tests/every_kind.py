"""A record with a fact of every kind, each resting on others as far as its kind does: a file of facts."""

from tests.every_person import EVERY_PERSON

OF_THE_OTHERS = """
[[events]]
kind = "international-migration-review-forum"
edition = "2026"
starts_on = 2026-05-05
ends_on = 2026-05-08
certainty = "confirmed"
source = "as held"

[[events]]
kind = "international-migration-review-forum"
edition = "2030"
month = "2030-05"
certainty = "tentative"
source = "a rumour"

[[convenings]]
id = "ec-1"
kind = "executive-committee-meeting"
starts_on = 2026-03-01
title = "EC"
place = "Geneva"
source = "a call"

[[convenings]]
id = "ec-2"
kind = "executive-committee-meeting"
starts_on = 2026-05-01
title = "EC"
source = "a call"

[[cancellations]]
meeting = "ec-2"
cancelled_on = 2026-04-01
reason = "no quorum"

[[meetings]]
id = "ec-1"
kind = "executive-committee-meeting"
held_on = 2026-03-02
began_on = 2026-03-01
title = "EC"
participants = { chair = "IOM", rapporteur = 'the "pen"' }
source = "the minutes"

[[papers]]
meeting = "ec-1"
kind = "minutes"
issued_on = 2026-03-10
reference = "M/1"
languages = ["en", "fr"]
confidentiality = "network"

[[proposals]]
id = "p-1"
proposed_on = 2026-02-01
proposed_by = "IOM"
title = "Sharing"
source = "a letter"

[[positions]]
proposal = "p-1"
entity = "ILO"
stance = "objects"
stated_on = 2026-02-02
says = "not yet"
source = "a letter"

[[steps]]
proposal = "p-1"
kind = "no-consensus"
taken_on = 2026-02-03
by = "the Chair"
says = "split"
source = "a note"

[[decisions]]
id = "d-1"
decided_on = 2026-03-02
owners = ["secretariat", "coordinator-office"]
text = "as \\"proposed\\""
meeting = "ec-1"
proposal = "p-1"
mandates_respected = "seen by the Chair"
source = "the minutes"

[[progress]]
decision = "d-1"
noted_on = 2026-04-02
status = "under-way"
says = "begun"

[[completions]]
obligation = "meeting-records-publication"
completed_on = 2026-03-20
evidence = "the web page"
counts_for = "ec-1"
meeting = "ec-1"

[[terms]]
body = "fund-board-members"
seat = "donors-1"
holder = "a donor"
starts_on = 2025-01-01
ends_on = 2026-12-31
source = "the roster"

[[explanations]]
cycle = "fund-board-rotation/donors-1-2025-01-01"
explained_on = 2026-11-20
reason = "late"

[[extensions]]
cycle = "decision-follow-up/d-1"
until = 2027-01-31
authority = "the EC"

[[answers]]
cycle = "working-group-review/2026"
person = "secretariat"
kind = "more-time"
received_on = 2026-11-20
reason = "busy"
until = 2026-12-20
source = "a message"

[[replies]]
cycle = "working-group-review/2026"
person = "secretariat"
replied_on = 2026-11-21
reason = "fine"
until = 2026-12-20

[[pauses]]
cycle = "working-group-review/2026"
first = 2026-11-24
last = 2026-11-25
reason = "a holiday"
person = "secretariat"

[[joinings]]
body = "network-members"
member = "iom"
seen_on = 2019-11-14
source = "the web page"

[[joinings]]
body = "network-members"
member = "ilo"
seen_on = 2019-11-14
source = "the web page"

[[joinings]]
body = "network-members"
member = "unu"
joined_on = 2026-03-02
decision = "d-1"
source = "the minutes"

[[leavings]]
body = "network-members"
member = "unu"
left_on = 2026-09-01
source = "the minutes"

[[groups]]
id = "trade"
title = "Trade"
focus = "what trade does"
workplan = "W/1"
since_on = 2025-01-01
source = "the minutes"

[[consultations]]
id = "about-ngo"
group = "trade"
partner = "ngo"
chosen = ["iom", "ilo"]
chosen_by = "A. Officer"
reason = "they lead"
invited_on = 2026-02-02
until = 2026-02-20
source = "the minutes"

[[views]]
consultation = "about-ngo"
member = "ilo"
kind = "objects"
answered_on = 2026-02-10
reason = "too soon"
source = "a letter"

[[joinings]]
body = "trade"
member = "ngo"
role = "partner"
joined_on = 2026-03-02
decision = "d-1"
source = "the minutes"

[[outcomes]]
group = "trade"
result = "continue"
decided_on = 2026-03-02
decision = "d-1"
source = "the minutes"

[[seats]]
body = "fund-board-members"
seat = "donors-1"
constituency = "donors"
since_on = 2025-01-01
source = "the roster"

[[leads]]
cycle = "fund-board-review/2026"
name = "A. Lead"
decided_by = "the EC"
decided_on = 2026-03-02
source = "the minutes"

[[attestations]]
body = "network-members"
attested_on = 2026-09-01
source = "an officer"
"""
EVERY_KIND = OF_THE_OTHERS + EVERY_PERSON
