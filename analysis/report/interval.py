"""One interval as inline SVG: value, 95 % interval, bounds and the random-guess line on the metric's whole range."""

from __future__ import annotations

from medq.records import Metric

WIDTH, HEIGHT = 240, 20
PAD = 6


def interval_svg(metric: Metric, *, low: float, high: float, guess: float | None = None) -> str:
    """Inline SVG, hidden from screen readers because the same numbers stand in the row as text.

    The band spans `lower` to `upper`, the line the 95 % interval, the dot is the value; what is None is not drawn.
    """
    middle = HEIGHT / 2

    def x(value: float) -> str:
        return f"{PAD + (WIDTH - 2 * PAD) * (min(max(value, low), high) - low) / (high - low):.1f}"

    parts = [f'<line class="track" x1="{PAD}" x2="{WIDTH - PAD}" y1="{middle}" y2="{middle}"/>']
    if metric.lower is not None and metric.upper is not None:
        width = float(x(metric.upper)) - float(x(metric.lower))
        parts.append(
            f'<rect class="band" x="{x(metric.lower)}" y="4" width="{width:.1f}" height="{HEIGHT - 8}" rx="2"/>'
        )
    if guess is not None:
        parts.append(f'<line class="guess" x1="{x(guess)}" x2="{x(guess)}" y1="1" y2="{HEIGHT - 1}"/>')
    if metric.ci95 is not None:
        ends = [x(end) for end in metric.ci95]
        parts.append(f'<line class="ci" x1="{ends[0]}" x2="{ends[1]}" y1="{middle}" y2="{middle}"/>')
        parts += [f'<line class="ci" x1="{end}" x2="{end}" y1="{middle - 4}" y2="{middle + 4}"/>' for end in ends]
    if metric.value is not None:
        parts.append(f'<circle class="dot" cx="{x(metric.value)}" cy="{middle}" r="4.2"/>')
    return (
        f'<svg class="plot" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" aria-hidden="true">'
        f"{''.join(parts)}</svg>"
    )
