"""What a calendar may be narrowed to."""

from language.catalogues import languages
from policies.problems import Problem, RefusedFileError
from tasks.installation.installation import Installation


def refuse_unknown(
    installation: Installation, where: str, obligation: str | None, role: str | None, language: str | None
) -> None:
    """Refuse a scope that the rules do not know; `where` is the command it was given to.

    Raises:
        RefusedFileError: with everything that is wrong.
    """
    pack = installation.pack
    known = {
        "--obligation": (obligation, sorted(pack.obligations)),
        "--role": (role, sorted(pack.actors)),
        "--language": (language, sorted(languages())),
    }
    problems = [
        Problem(where, option, repr(found), f"one of: {', '.join(all_)}")
        for option, (found, all_) in known.items()
        if found is not None and found not in all_
    ]
    if problems:
        raise RefusedFileError(problems)
