"""What part somebody has in a body, and what they do in the program, in words."""

from language.catalogues import english, translations
from policies.facts.membership import Role
from policies.facts.people import ProgramRole

_ROLES = {
    Role.MEMBER: english("member"),
    Role.CHAIR: english("chair"),
    Role.CO_CHAIR: english("co-chair"),
    Role.PARTNER: english("partner"),
}


def role_name(role: str, language: str) -> str:
    """Return the part somebody has in a body: `co-chair`."""
    return translations(language).gettext(_ROLES[Role(role)])


_PROGRAM_ROLES = {
    ProgramRole.OFFICER: english("officer"),
    ProgramRole.RELEASER: english("releases formal letters"),
    ProgramRole.AUDITOR: english("auditor"),
    ProgramRole.DUTY_OFFICER: english("duty officer"),
}


def program_role_name(role: str, language: str) -> str:
    """Return what somebody does in the program: `duty officer`."""
    return translations(language).gettext(_PROGRAM_ROLES[ProgramRole(role)])
