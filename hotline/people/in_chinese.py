"""The people file for who reads no English: what its columns and the words in them are called."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from hotline.people import clauses
from hotline.written import in_chinese as hours

HEADINGS: Final[Mapping[str, str]] = {
    "code": "编号",
    "name": "姓名",
    "address": "电话地址",
    "languages": "语言",
    "desks": "席位",
    "availability": "可以值班",
    "preferred": "希望值班",
    "unwanted": "尽量不排",
    "shifts_a_week": "每周最多几个班",
    "hours_a_week": "每周最多几小时",
    "nights_a_week": "每周最多几个夜班",
    "nights_running": "最多连续几个夜班",
    "supervised_turns": "已完成的带教班次",
    "certificates": "证书",
    "standing": "身份",
    "agreement": "约定",
    "role": "电话和短信权限",
    "notices": "通知方式",
    "gender": "性别",
    "dialects": "方言",
}
COLUMN_OF: Final[Mapping[str, str]] = {said: name for name, said in HEADINGS.items()}
WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "languages": {"zh": "中文", "en": "英语"},
    "standing": {"full": "正式", "mentor": "带教老师", "newcomer": "新人", "trainee": "见习"},
    "role": {"volunteer": "志愿者", "supervisor": "督导"},
    "notices": {"apprise": "聊天或邮件", "sms": "短信", "none": "不通知"},
    "gender": {"woman": "女", "man": "男"},
}
SENTENCES: Final[Mapping[str, Callable[[str], str]]] = {  # read back where they are understood
    "availability": hours.in_chinese,
    "preferred": hours.in_chinese,
    "unwanted": hours.in_chinese,
    "agreement": clauses.in_chinese,
}


def cell_in_chinese(column: str, cell: str) -> str:
    """What stands in a cell, in Chinese; names, codes and numbers as they are."""
    if column in SENTENCES:
        return SENTENCES[column](cell)
    known = WORDS.get(column)
    return cell if known is None else "；".join(known.get(each, each) for each in cell.split(";"))


def cell_in_english(column: str, cell: str) -> str:
    """What it says, as it is kept; what is no Chinese word of ours stays as it was written."""
    if column not in WORDS:
        return cell
    known = {said: word for word, said in WORDS[column].items()}
    return ";".join(known.get(each.strip(), each) for each in re.split("[;；]", cell))
