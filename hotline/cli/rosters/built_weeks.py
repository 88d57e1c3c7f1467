"""How several weeks built as one are told: the whole, then each week's own draft."""

from rich.console import Console

from hotline.cli.printing import console, print_json, titled
from hotline.cli.rosters.built import (
    build_document,
    how_good,
    level_documents,
    price_table,
    show_deserted,
)
from hotline.cli.rosters.gaps import show_gaps
from hotline.config.settings import Settings
from hotline.rosters.draft.filing import BuiltDraft
from hotline.rosters.draft.several import BuiltWeeks


def tell_weeks(built: BuiltWeeks, settings: Settings, *, as_json: bool) -> None:
    """Print what was built, for people or as one document."""
    if as_json:
        print_json(weeks_document(built))
    else:
        show_weeks(console(), built, settings)


def show_weeks(out: Console, built: BuiltWeeks, settings: Settings) -> None:
    """What the weeks are worth together, what each lacks, and what to do next."""
    first, last = built.drafts[0], built.drafts[-1]
    given = built.result.roster.assignments
    people = len({each.person for each in given})
    out.print(
        f"Drafts {first.number} to {last.number}, {first.week} to {last.week}, solved as one: "
        f"{len(given)} assignments of {people} people, in {built.result.seconds:.1f} s.",
        style="bold",
    )
    out.print(how_good(built.result))
    out.print(price_table(built.result))
    for draft in built.drafts:
        _show_gaps(out, draft, settings)
    show_deserted(out, first)
    out.print("\nNobody is rung by a draft. Make each week count when it is time:")
    for draft in built.drafts:
        out.print(f"  hotline roster publish --week {draft.week}")


def weeks_document(built: BuiltWeeks) -> dict[str, object]:
    """The weeks as they stand in JSON: the whole, and each week as `roster build` gives one."""
    result = built.result
    return {
        "status": result.status.value,
        "price": result.price,
        "bound": result.bound,
        "levels": level_documents(result),
        "price_by_wish": dict(result.price_by_wish),
        "seconds": round(result.seconds, 3),
        "patterns": result.patterns,
        "weeks": [build_document(draft) for draft in built.drafts],
    }


def _show_gaps(out: Console, draft: BuiltDraft, settings: Settings) -> None:
    out.print(f"\n{draft.week}", style="bold")
    for desk in settings.desks:
        gaps = tuple(gap for gap in draft.result.gaps if gap.desk == desk.name)
        if gaps:
            out.print(f"{titled(desk, settings)}:")
            show_gaps(out, gaps, settings.site.zone)
    if not draft.result.gaps:
        out.print("  no gap")
