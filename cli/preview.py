"""`mandates preview`: the short way to type `mandates notices preview`."""

from cli.notices.reading import preview

__all__ = ["preview"]
