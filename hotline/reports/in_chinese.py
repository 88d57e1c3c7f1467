"""The columns of a report for who reads no English; docs/reports.md says what each means."""

from collections.abc import Mapping
from typing import Final

from hotline.config.titles import Title

HEADINGS: Final[Mapping[str, str]] = {
    "of": "范围",
    "name": "名称",
    "calls": "来电",
    "short": "立即挂断",
    "answered": "已接听",
    "prompt": "及时接听",
    "left": "等候中挂断",
    "callbacks": "回电",
    "messages": "留言",
    "referred": "转其他号码",
    "exited": "告知其他求助途径",
    "wait_seconds": "等候总秒数",
    "longest_wait": "最长等候（秒）",
    "talk_seconds": "通话总秒数",
    "known": "有号码的来电",
    "repeats": "再次来电",
    "rated": "记录了风险的来电",
    "high_risk": "高风险",
    "due": "到期的承诺",
    "kept": "按时兑现的承诺",
    "follow_due": "到期的随访",
    "follow_kept": "按时完成的随访",
    "offered": "来电（不含立即挂断）",
    "answer_share": "接听率",
    "left_share": "等候中挂断率",
    "service_level": "及时接听率",
    "repeat_share": "再次来电率",
    "high_risk_share": "高风险率",
    "kept_share": "承诺按时兑现率",
    "follow_share": "随访按时完成率",
    "mean_wait_seconds": "平均等候（秒）",
    "mean_talk_seconds": "平均通话（秒）",
    "talks": "席位通话次数",
    "busy_seconds": "席位占用秒数",
    "there_seconds": "席位在岗秒数",
    "occupancy": "占用率",
    "people": "人数",
}
KINDS: Final[Mapping[str, str]] = {"nights": "夜班", "full_days": "24小时值班"}
SPREAD: Final[Mapping[str, str]] = {
    "sharers": "分担人数",
    "least": "每人最少",
    "most": "每人最多",
    "gini": "基尼系数",
}
OF: Final[Mapping[str, str]] = {"line": "热线", "city": "城市", "all": "合计"}


def heading(column: str, certificates: Mapping[str, Title]) -> str:
    """What a column is called. certificates: by name, as the site calls them."""
    if column in HEADINGS:
        return HEADINGS[column]
    kind, _, about = column.rpartition("_")
    if kind in KINDS:
        return f"{KINDS[kind]}：{SPREAD[about]}"
    name = column.removeprefix("trained_")
    return f"持证率：{certificates[name].zh if name in certificates else name}"
