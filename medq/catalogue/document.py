"""docs/models.md, written from the option files so that it cannot go stale: `python -m medq models --markdown`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from medq.catalogue.entry import Entry
from medq.catalogue.table import REVISION_LETTERS, gpus, size
from medq.models import memory

PAGE = Path(__file__).with_name("page.md")
PAPERS = ("MedQ-Bench", "MedQ-Deg")
WEIGHTS = ("option", "hub id", "commit", "runs as", "licence", "10⁹ (active)", "GiB", "24 GB", "80 GB", *PAPERS)
APIS = ("option", "id", "USD in, out for 10⁶ tokens", "as of", "ends", *PAPERS)
REFUSED = ("option", "MedQ-Deg", "hub id", "not in process, because", "in no server, because")


def models_document(found: Sequence[Entry]) -> str:
    """The whole page for those models."""
    from jinja2 import StrictUndefined, Template

    weights = [one for one in found if one.section == "open weights"]
    runs = [one for one in weights if one.runnable]
    template = Template(PAGE.read_text(encoding="utf-8"), undefined=StrictUndefined, keep_trailing_newline=True)
    return str(
        template.render(
            weights=_table(WEIGHTS, map(_of_weights, runs)),
            images=_table(("processor", "options"), _processors(runs)),
            apis=_table(APIS, (_of_an_api(one) for one in found if one.section == "APIs")),
            counted=_counted([one for one in found if one.settings.published.medq_deg]),
            refused=_table(REFUSED, (_of_refused(one) for one in weights if not one.runnable)),
            notes="\n".join(f"- `{one.option}`: {one.settings.note}." for one in found if one.settings.note),
            **_constants(),
        )
    )


def _constants() -> dict[str, str]:
    """What the check of memory counts with."""
    return {
        "device_gib": f"{memory.DEVICE_GIB['cuda']:g}",
        "cache_kib": f"{memory.CACHE_KIB:g}",
        "cache_kib_a_billion": f"{memory.CACHE_KIB_A_BILLION:g}",
        "server_tokens": f"{memory.SERVER_TOKENS:,}",
        "question_tokens": f"{memory.QUESTION_TOKENS:,}",
        "usable_process": f"{memory.USABLE['process']:.0%}",
        "usable_vllm": f"{memory.USABLE['vllm']:.0%}",
    }


def _of_weights(one: Entry) -> tuple[str | None, ...]:
    settings, taken = one.settings, one.need()
    return (
        f"`{one.option}`",
        settings.id,
        settings.revision[:REVISION_LETTERS] if settings.revision else "not pinned",
        one.how,
        settings.licence,
        size(one),
        None if taken is None else f"{taken.of(1, 1):.0f}",
        gpus(one, "24 GB"),
        gpus(one, "80 GB"),
        settings.published.medq_bench,
        settings.published.medq_deg,
    )


def _processors(found: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """What processors do, each with the options whose model has it."""
    grouped: dict[str, list[str]] = {}
    for one in found:
        if one.settings.images.processor:
            grouped.setdefault(one.settings.images.processor, []).append(f"`{one.option}`")
    return ((words, ", ".join(options)) for words, options in grouped.items())


def _of_an_api(one: Entry) -> tuple[str | None, ...]:
    settings, price = one.settings, one.settings.price
    source = f" ({price.source})" if price is not None and price.source else ""
    return (
        f"`{one.option}`",
        settings.id,
        None if price is None else f"{price.input:g}, {price.output:g}",
        None if price is None else f"{price.as_of}{source}",
        None if settings.shutdown is None else settings.shutdown.isoformat(),
        settings.published.medq_bench,
        settings.published.medq_deg,
    )


def _of_refused(one: Entry) -> tuple[str | None, ...]:
    settings = one.settings
    ways = (None if way is None else way.refused for way in (settings.local, settings.served))
    return (f"`{one.option}`", settings.published.medq_deg, settings.id, *ways)


def _counted(deg: Sequence[Entry]) -> str:
    """How many of MedQ-Deg's models run how."""
    over = sum(one.settings.kind == "litellm" for one in deg)
    inside = sum(one.in_process is not None for one in deg)
    served = sum(one.in_process is None and one.served for one in deg)
    rest = sum(not one.runnable for one in deg)
    return (
        f"Of the {len(deg)}, {over} are asked over an API, {inside} run in process, {served} in a server only, "
        f"and {rest} do not run here:"
    )


def _table(names: Sequence[str], rows: Iterable[Sequence[str | None]]) -> str:
    lines = (names, ["---" for _ in names], *rows)
    return "\n".join(f"| {' | '.join(cell or '' for cell in line)} |" for line in lines)
