from flows.naming import named


def test_a_run_is_named_after_what_it_is_about_and_its_day():
    assert named("enforce", "annual-meeting", "2026-11-23 04:21", dry_run=False) == (
        "enforce annual-meeting 2026-11-23 04:21"
    )


def test_a_dry_run_says_so_in_its_name():
    assert named("enforce", "everything", "2026-11-23", dry_run=True).endswith("(dry run)")
