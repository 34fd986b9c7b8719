"""The pieces that charts are drawn from: a frame with its scales, and shapes as SVG text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where values in [0, 1] lie on a chart of `width` x `height` px; `left`, `bottom`, `top`, `right` are margins."""

    width: int
    height: int
    left: int = 38
    bottom: int = 24
    top: int = 8
    right: int = 8

    def x(self, share: float) -> float:
        """The px of a share of the width."""
        return self.left + (self.width - self.left - self.right) * share

    def y(self, share: float) -> float:
        """The px of a share of the height, 0 at the foot."""
        return self.top + (self.height - self.top - self.bottom) * (1 - share)


def svg(frame: Frame, parts: Iterable[str], *, name: str, title: str, description: str) -> str:
    """An image with a name and a description for those who cannot see it; `name` is its id in the page."""
    return (
        f'<svg class="chart" viewBox="0 0 {frame.width} {frame.height}" role="img" '
        f'aria-labelledby="{name}-title" aria-describedby="{name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def line(start: Place, end: Place, kind: str) -> str:
    """A straight line of the class `kind`."""
    return f'<line class="{kind}" x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}"/>'


def path(places: Sequence[Place], kind: str, *, closed: bool = False) -> str:
    """A line through the places, or the area within them."""
    steps = " L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    return f'<path class="{kind}" d="M{steps}{" Z" if closed else ""}"/>'


def dot(place: Place, kind: str, *, radius: float = 3.2) -> str:
    """A filled circle."""
    return f'<circle class="{kind}" cx="{place[0]:.1f}" cy="{place[1]:.1f}" r="{radius}"/>'


def rect(place: Place, opposite: Place, kind: str) -> str:
    """The rectangle between two corners, in any order."""
    (x0, x1), (y0, y1) = sorted((place[0], opposite[0])), sorted((place[1], opposite[1]))
    return f'<rect class="{kind}" x="{x0:.1f}" y="{y0:.1f}" width="{x1 - x0:.1f}" height="{y1 - y0:.1f}"/>'


def text(place: Place, words: str, kind: str = "tick", *, anchor: str = "middle") -> str:
    """Words whose baseline is at the place."""
    return f'<text class="{kind}" x="{place[0]:.1f}" y="{place[1]:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def whisker(at: float, ends: Place, kind: str, *, cap: float = 2.5) -> list[str]:
    """A vertical interval in px with its caps."""
    return [
        line((at, ends[0]), (at, ends[1]), kind),
        *(line((at - cap, end), (at + cap, end), kind) for end in ends),
    ]


def percent_grid(frame: Frame, shares: Sequence[float] = (0, 0.25, 0.5, 0.75, 1)) -> list[str]:
    """Horizontal lines with their per cents on the left."""
    parts = []
    for share in shares:
        y = frame.y(share)
        parts.append(line((frame.x(0), y), (frame.x(1), y), "grid"))
        parts.append(text((frame.left - 5, y + 3.5), f"{100 * share:.0f} %", anchor="end"))
    return parts
