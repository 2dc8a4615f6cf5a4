"""What part somebody has in a body, in words."""

from language.catalogues import english, translations
from policies.facts.membership import Role

_ROLES = {
    Role.MEMBER: english("member"),
    Role.CHAIR: english("chair"),
    Role.CO_CHAIR: english("co-chair"),
    Role.PARTNER: english("partner"),
}


def role_name(role: str, language: str) -> str:
    """Return the part somebody has in a body: `co-chair`."""
    return translations(language).gettext(_ROLES[Role(role)])
