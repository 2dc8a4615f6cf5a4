"""Facts of every kind about who is who: the part of `tests/every_kind.py` that is about people."""

EVERY_PERSON = """
[[people]]
id = "amina"
name = "Amina A."
names = { ar = "أمينة", "fr" = "Amina" }
since_on = 2026-03-02
source = "a letter"

[[people]]
id = "boris"
name = "Boris \\"B.\\""
since_on = 2026-03-02
source = "a letter"

[[contacts]]
person = "amina"
since_on = 2026-03-02
address = "amina@example.org"
language = "ar"
channels = ["email", "chat"]
source = "a letter"

[[appointments]]
person = "amina"
actor = "coordinator"
since_on = 2026-03-02
until = 2027-12-31
place = 3
source = "a letter"

[[departures]]
person = "amina"
left_on = 2026-09-01
actor = "coordinator"
source = "a letter"

[[successions]]
person = "amina"
successor = "boris"
since_on = 2027-01-01
source = "a letter"

[[absences]]
person = "boris"
first = 2026-12-21
last = 2027-01-04
source = "a letter"

[[delegations]]
person = "boris"
delegate = "amina"
first = 2026-12-21
last = 2026-12-31
source = "a letter"

[[roles]]
person = "boris"
role = "duty-officer"
since_on = 2026-03-02
source = "a letter"

[[senders]]
name = "The secretariat"
address = "mandates@example.org"
since_on = 2026-03-02
source = "a letter"

[[quiet_hours]]
station = "geneva"
before = "08:00"
after = "18:30"
free_days = false
since_on = 2026-03-02
source = "a letter"

[[confirmations]]
confirmed_on = 2026-09-01
source = "an officer"
"""
