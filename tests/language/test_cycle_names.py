"""What cycles are called for people."""

import pytest

from language.cycle_names import cycle_name


@pytest.mark.parametrize(
    ("name", "language", "said"),
    [
        ("2026", "en", "2026"),
        ("working-group-review/2026", "fr", "2026"),
        ("since-2025-11-10", "en", "since 10 November 2025"),
        ("working-arrangements-review/since-2024-02-29", "fr", "depuis le 29 février 2024"),
        ("since-2025-11-10", "zh", "自2025年11月10日起"),
        ("standing", "en", "\N{EM DASH}"),
        ("data-sharing", "ar", "data-sharing"),
    ],
)
def test_a_cycle_is_called_what_people_call_it(name, language, said):
    assert cycle_name(name, language).replace("\N{NO-BREAK SPACE}", " ") == said
