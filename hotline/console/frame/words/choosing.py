"""The language that somebody chooses for their pages and for what they are told."""

from flask import Response
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than stubs

from hotline.config.settings import Language
from hotline.console.frame.asking import viewer
from hotline.console.frame.changing import changing
from hotline.console.frame.forms import Form
from hotline.console.frame.showing import back_to
from hotline.console.frame.words.language import NAMES, forget_visit
from hotline.console.frame.words.saying import _, _l
from hotline.store.access.accounts import keep_language


class SpokenTo(Form):
    """In which language. Empty: none is chosen."""

    language = RadioField(
        _l("In which language?"),
        choices=[
            SelectChoice("", _l("No choice: pages as your browser says, all else as the site")),
            *(SelectChoice(language.value, NAMES[language]) for language in Language),
        ],
    )


def spoken_to() -> SpokenTo:
    """The form as it stands for who asks."""
    chosen = viewer().account.language
    return SpokenTo(language=chosen.value if chosen else "")


def choose_language(form: SpokenTo, endpoint: str) -> Response:
    """Keep what is chosen; the visit's own choice ends, so that the page shows it at once."""
    chosen = Language(form.language.data) if form.language.data else None
    with changing() as change:
        mine = change.viewer.account
        keep_language(change.db, mine.id, chosen)
        subject = f"account/{mine.login}"
        change.record("account.language", subject, _told(mine.language), _told(chosen))
    response = back_to(endpoint, said=_("Kept."))
    forget_visit(response)
    return response


def _told(language: Language | None) -> dict[str, str]:
    return {"language": language.value if language else ""}
