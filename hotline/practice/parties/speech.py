"""How long does it take to say something?"""

import re

CHINESE_A_SECOND = 4.5
LETTERS_A_SECOND = 15.0
SHORTEST = 0.5
_CHINESE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")


def seconds_to_say(text: str) -> float:
    """Seconds a voice needs for `text`."""
    chinese = len(_CHINESE.findall(text))
    others = len(text) - chinese
    return max(SHORTEST, chinese / CHINESE_A_SECOND + others / LETTERS_A_SECOND)
