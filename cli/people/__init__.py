"""`mandates people`: what is held about somebody, and how somebody is forgotten."""

from cli.people import export, forget
from cli.people.group import app

__all__ = ["app", "export", "forget"]
