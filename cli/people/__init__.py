"""`mandates people`: who is who; what is held about somebody, and how somebody is forgotten."""

from cli.people import export, files, forget, reading
from cli.people.group import app

__all__ = ["app", "export", "files", "forget", "reading"]
