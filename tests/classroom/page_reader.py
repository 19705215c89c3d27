"""A page as a browser reads it."""

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "img"}


class Page(HTMLParser):
    """The elements of a page, the text that a reader sees, and what is left open or closed twice."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.places: list[tuple[str, ...]] = []  # the elements around each text
        self.inside: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.inside.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.inside and self.inside.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.inside and data.strip():
            self.texts.append(data.strip())
            self.places.append(tuple(self.inside))

    @property
    def text(self) -> str:
        return " ".join(self.texts)

    def texts_outside(self, *tags: str) -> list[str]:
        return [said for said, place in zip(self.texts, self.places, strict=True) if not {*tags} & {*place}]

    def values(self, name: str) -> Iterator[str]:
        return (value for _tag, attributes in self.elements if (value := attributes.get(name)) is not None)
