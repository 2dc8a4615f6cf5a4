"""What the styles of a Word document say about a run: whether it is hidden, and whether it is struck."""

from xml.etree.ElementTree import Element

_OFF = frozenset({"0", "false", "off", "none"})


class Styles:
    """The styles by name. What a run says itself goes before its style, and that before the paragraph's."""

    def __init__(self, root: Element | None, space: str) -> None:
        self._space = space
        styles = [] if root is None else root.findall(f"{{{space}}}style")
        self._by_name = {s.get(f"{{{space}}}styleId", ""): s for s in styles}
        defaults = None if root is None else root.find(f"{{{space}}}docDefaults/{{{space}}}rPrDefault")
        self._defaults = defaults

    def has(self, prop: str, run: Element, paragraph: Element | None) -> bool:
        """Whether a run has a property such as `vanish`, by itself or by a style."""
        said = self._own(run, prop)
        if said is None:
            said = self._of_style(self._named(run, "rPr", "rStyle"), prop)
        if said is None and paragraph is not None:
            said = self._of_style(self._named(paragraph, "pPr", "pStyle"), prop)
        return bool(said if said is not None else self._own(self._defaults, prop))

    def _own(self, element: Element | None, prop: str) -> bool | None:
        found = None if element is None else element.find(f"{{{self._space}}}rPr/{{{self._space}}}{prop}")
        return None if found is None else found.get(f"{{{self._space}}}val", "1").lower() not in _OFF

    def _of_style(self, name: str | None, prop: str) -> bool | None:
        seen: set[str] = set()
        while name and name not in seen and name in self._by_name:
            seen.add(name)
            style = self._by_name[name]
            said = self._own(style, prop)
            if said is not None:
                return said
            base = style.find(f"{{{self._space}}}basedOn")
            name = None if base is None else base.get(f"{{{self._space}}}val")
        return None

    def _named(self, element: Element, properties: str, style: str) -> str | None:
        found = element.find(f"{{{self._space}}}{properties}/{{{self._space}}}{style}")
        return None if found is None else found.get(f"{{{self._space}}}val")
