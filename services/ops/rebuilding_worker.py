"""A process that rebuilds its share of the read models; told to stop, it takes its unfinished tables away."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter

from services.ops.language import in_language
from services.ops.registry import SERVICES, models_of
from services.runtime.apart import Say, do_apart
from services.runtime.database import open_pool
from services.runtime.rebuilding import BeingRebuilt, Progress, Rebuild, Rebuilt
from services.runtime.settings import Settings

SETTINGS = TypeAdapter(Settings)
REBUILT = TypeAdapter(Rebuilt)
_REPORT_EVERY_S = 0.2


def main() -> None:
    """Rebuild what the first line of stdin says."""
    do_apart(_work)


async def _work(asked: Mapping[str, Any], say: Say) -> None:
    for part in asked["parts"]:
        await _rebuild(part, say, switch=asked["switch"], even_if_different=asked["even_if_different"])


async def _rebuild(part: Mapping[str, Any], say: Say, *, switch: bool, even_if_different: bool) -> None:
    """Rebuild models of one service; whatever goes wrong is said of each that was not finished."""
    service, names = part["service"], part["models"]
    settings = SETTINGS.validate_python(part["settings"])
    models = [models_of(SERVICES[service])[name] for name in names]
    told: set[str] = set()

    def tell(name: str, **found: Any) -> None:
        told.add(name)
        say({"service": service, "model": name, **found})

    try:
        pool = await open_pool(settings.database_url, rebuildable=True, size=len(models) + 3)
        rebuilding = Rebuild(settings, pool, models)
        try:
            await rebuilding.run(_reporting(service, names, say), switch=switch, even_if_different=even_if_different)
        finally:
            for model in models:
                for one in rebuilding.found:
                    if one.model == model.table:
                        tell(model.name, found=REBUILT.dump_python(one, mode="json"))
            await pool.close()
    except BeingRebuilt as busy:
        for name in names:
            tell(
                name,
                error=in_language(
                    vi=f"{busy} đang được dựng lại hoặc so sánh ở nơi khác; đề nghị chạy lại sau.",
                    en=f"{busy} is being rebuilt or compared elsewhere; run this again later.",
                ),
            )
    except Exception as error:
        notes = "; ".join(getattr(error, "__notes__", ()))
        for name in names:
            if name not in told:
                tell(name, error=f"{type(error).__name__}: {error}" + (f" ({notes})" if notes else ""))


def _reporting(service: str, names: Sequence[str], say: Say) -> Callable[[Progress], None]:
    """Return what passes progress on, a few times a second at most."""
    last: tuple[str, float] = ("", 0.0)

    def report(progress: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        if progress.stage != last[0] or now - last[1] > _REPORT_EVERY_S:
            last = (progress.stage, now)
            say({"service": service, "models": names, "progress": progress})

    return report


if __name__ == "__main__":
    main()
