from language.attention import Wording
from language.dates import format_date
from tasks.status.attention import RANKS, attention_on
from tests.policies.network import status


def test_what_presses_most_is_what_is_overdue():
    (found,) = attention_on(status("working-arrangements-review"))
    assert (found.kind, found.subject, found.rank) == (
        "overdue",
        "working-arrangements-review/since-2025-11-10",
        min(RANKS.values()),
    )
    assert str(found).endswith("since-2025-11-10: overdue 13 days (due 2026-11-10)")


def test_every_language_tells_the_same_thing():
    (found,) = attention_on(status("working-arrangements-review"))
    assert found.told(Wording("ar", format_date)) == (
        "متأخر منذ 13 يوماً (الموعد النهائي 10 تشرين الثاني/نوفمبر 2026)"
    )
