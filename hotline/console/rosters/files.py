"""A week as a file to take away."""

from flask import Response, abort

from hotline.accounts.permits import Act
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows, now
from hotline.console.frame.words.language import page_language
from hotline.console.rosters.room import desks_at, place_of, rosters
from hotline.rosters.draft.exporting import TYPES, Format, Wanted, exported
from hotline.rosters.showing import shown_week


@rosters.get("/rosters/<week>/export.<form>", provide_automatic_options=False)
@allows(Act.SEE_ROSTERS)
def give_week(week: str, form: str) -> Response:
    """Who works when, of the desks that are looked at: csv, xlsx or ics."""
    place = place_of(week)
    if form not in set(Format):
        abort(404)
    desks = tuple(desk.name for desk in desks_at(place))
    with parts().store.reading() as db:
        shown = shown_week(db, parts().settings, place.week, desks)
    asked = Wanted(Format(form), page_language())
    body = exported(shown, parts().settings, asked, now())
    answer = Response(body, content_type=TYPES[Format(form)])
    answer.headers["Content-Disposition"] = f'attachment; filename="roster-{place.week}.{form}"'
    return answer
