"""Is a rendering shared by those who watch, and forgotten when it is old?"""

from hotline.console.frame.latest import Latest


def test_what_is_asked_again_is_not_made_again() -> None:
    made: list[str] = []
    latest: Latest[int] = Latest(2)

    def make() -> int:
        made.append("made")
        return len(made)

    assert [latest.of("key", make), latest.of("key", make), latest.of("new", make)] == [1, 1, 2]


def test_only_the_latest_are_kept() -> None:
    latest: Latest[str] = Latest(2)
    for key in ("a", "b"):
        latest.of(key, lambda: "first")

    latest.of("a", lambda: "second")  # asked again, so not the oldest
    latest.of("c", lambda: "first")

    assert latest.of("a", lambda: "second") == "first"
    assert latest.of("b", lambda: "second") == "second"
