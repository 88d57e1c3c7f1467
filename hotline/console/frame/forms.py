"""The forms of the pages: WTForms, speaking the language of the page."""

from typing import Any, Final

import wtforms
from wtforms.i18n import get_translations
from wtforms.meta import DefaultMeta
from wtforms.validators import InputRequired, Length

from hotline.console.frame.words.language import page_language

LONGEST_LINE: Final = 200


class Form(wtforms.Form):
    """A form whose errors are in the language of the page."""

    class Meta(DefaultMeta):
        """Where the words come from."""

        def get_translations(self, form: Any) -> Any:
            """Those of WTForms itself."""
            return get_translations([page_language().value])

        def render_field(self, field: Any, render_kw: Any) -> Any:
            """Without `required`: a browser's own bubble speaks its own language."""
            return super().render_field(field, {"required": False, **render_kw})


def needed(most: int = LONGEST_LINE) -> list[Any]:
    """What cannot be left out, at most so many characters."""
    return [InputRequired(), Length(max=most)]
