"""Every kind of document, whole: `make golden` rewrites them, and the difference is reviewed."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.calls.ringing.sending import Sender
from hotline.config.settings import Language, Settings, Sms, Title
from hotline.config.tables.lines import Asks
from hotline.phones.pins import keep_pin_of
from hotline.practice.twiml.documents import document
from hotline.practice.twiml.grammar import Setting
from hotline.practice.wire import Reply
from hotline.promises.keeping import keep_promises
from hotline.store import Store
from tests.goldens import Golden
from tests.scenarios.asking import Asker
from tests.scenarios.rows import column
from tests.scenarios.stage import NANJING, STAFF, Hotline, site, speaking

PARTNERED = replace(
    NANJING,
    partner="tel:+862512356000",
    partner_title=Title("江苏省心理热线", "the provincial helpline"),
)


class Scene:
    """One call and its legs on a clock that is set by hand; documents go to golden files."""

    def __init__(
        self, store: Store, language: Language, golden: Golden, settings: Settings | None = None
    ) -> None:
        settings = settings or speaking(language, site((PARTNERED,)))
        settings = replace(settings, site=replace(settings.site, language=language))
        self.hotline = Hotline(store, settings)
        self._asker = Asker(self.hotline.parts)
        self._golden, self._language, self._store = golden, language, store

    def on_duty(self, *names: str) -> None:
        self.hotline.on_duty(*names, languages=str(self._language))

    def texts(self, settings: Settings) -> None:
        """From now on with these settings."""
        self._asker = Asker(replace(self.hotline.parts, settings=settings))

    def rings(self) -> None:
        self.see("", "/voice/incoming", From="+8613912345678", To="96111")

    def at(self, seconds: float) -> None:
        """Time goes by, without a worker: only what is asked happens."""
        self.hotline.without_worker().passes(seconds)

    def see(
        self,
        name: str,
        path: str,
        setting: Setting = Setting.CALL,
        form: Mapping[str, str] | None = None,
        **more: str,
    ) -> None:
        """Ask, and compare with the golden file of `name`; "": only what it does matters."""
        answer = self._asker.post(
            path, {"CallSid": "CA1", "CallStatus": "in-progress", **(form or {}), **more}
        )
        assert answer.status_code == 200
        assert document(Reply(200, answer.content_type, answer.data), setting).verbs
        if name:
            self._golden(f"{name}.{self._language}.xml", self._plain(answer.text))

    def keeper(self) -> Sender:
        """The worker that looks after promises; the carrier gets no orders."""
        sender = self.hotline.stage.sender
        assert sender is not None
        return sender

    def token(self, table: str = "call") -> str:
        return str(column(self._store, table, "token")[-1])

    def _plain(self, text: str) -> str:
        """Without what differs each time, and a line for each element."""
        for table, name in (("call", "CALL"), ("leg", "LEG"), ("staff_call", "STAFF")):
            for token in column(self._store, table, "token"):
                text = text.replace(str(token), name)
        return re.sub(r">(?=<)", ">\n", text) + "\n"


@pytest.fixture(params=list(Language))
def language(request: pytest.FixtureRequest) -> Language:
    """Each language."""
    return Language(request.param)


@pytest.fixture
def scene(language: Language, sqlite_store: Store, golden: Golden) -> Scene:
    """A call in each language."""
    return Scene(sqlite_store, language, golden)


OUT = {"Direction": "outbound-api"}


def test_arriving_and_waiting(scene: Scene) -> None:
    scene.on_duty("Ada")
    scene.see("greeting", "/voice/incoming", From="+8613912345678", To="96111")
    visit = f"/voice/wait/{scene.token()}"
    scene.see("wait-first", f"{visit}/0", Setting.WAIT)
    scene.at(1)
    scene.see("wait-next", f"{visit}/15", Setting.WAIT)
    scene.see("wait-keys", f"{visit}/5", Setting.WAIT)
    scene.see("wait-breathe", f"{visit}/10", Setting.WAIT)
    scene.see("urgent", f"{visit}/10/key", Setting.WAIT, Digits="9")
    scene.see("wait-urgent", f"{visit}/15", Setting.WAIT)
    scene.see("consent", f"{visit}/20/key", Setting.WAIT, Digits="1")
    scene.see("consent-refused", f"/voice/callback/{scene.token()}/1", Setting.WAIT, Digits="2")
    asked = f"/voice/callback/{scene.token()}"
    scene.see("callback-times", f"{asked}/2", Setting.WAIT, Digits="1")
    scene.see("callback-word", f"{asked}/20/times", Setting.WAIT, Digits="3")
    scene.see("callback-noted", f"{asked}/12/word", Setting.WAIT, Digits="1")
    scene.see("goodbye", f"{visit}/40", Setting.WAIT)


def test_a_number_is_keyed_in(scene: Scene) -> None:
    scene.see("", "/voice/incoming", From="anonymous", To="96111")
    asked = f"/voice/callback/{scene.token()}"
    scene.see("consent-withheld", f"/voice/exit/{scene.token()}/1/key", Digits="1")
    scene.see("callback-number", f"{asked}/1", Digits="1")
    scene.see("callback-number-wrong", f"{asked}/10/number", Digits="110")
    scene.see("callback-number-given", f"{asked}/11/number", Digits="13912345678")
    scene.see("callback-number-read", f"{asked}/11/reads")
    scene.see("callback-number-again", f"{asked}/11/right", Digits="2")
    scene.see("callback-number-without", f"{asked}/12/number")


def test_what_a_line_asks_and_what_a_wish_costs(
    sqlite_store: Store, golden: Golden, language: Language
) -> None:
    others = tuple(each for each in Language if each is not language)
    asks = Asks(language=True, minors="child", gender=True, dialects=("wu",))
    line = replace(PARTNERED, asks=asks, languages=(language, *others))
    settings = replace(site((line,)), dialects={"wu": Title("吴语", "Wu")})
    scene = Scene(sqlite_store, language, golden, settings)
    scene.hotline.on_duty("Ada", languages=str(language))
    scene.see("asked-language", "/voice/incoming", From="+8613912345678", To="96111")
    path = f"/voice/asked/{scene.token()}"
    scene.see("asked-minor", f"{path}/0")
    scene.see("asked-gender", f"{path}/1", Digits="1")
    scene.see("asked-dialect", f"{path}/2", Digits="1")
    scene.see("asked-all", f"{path}/3", Digits="1")
    scene.see("wish-costs", f"/voice/wait/{scene.token()}/8", Setting.WAIT)
    scene.see("wish-kept", f"/voice/wish/{scene.token()}/8", Setting.WAIT, Digits="5")


def test_a_wish_that_has_cost_minutes_says_how_many(
    sqlite_store: Store, golden: Golden, language: Language
) -> None:
    line = replace(PARTNERED, asks=Asks(gender=True), languages=(language,))
    scene = Scene(sqlite_store, language, golden, site((line,)))
    scene.hotline.on_duty("Bo", languages=str(language), gender="man")
    scene.rings()
    scene.see("", f"/voice/asked/{scene.token()}/0", Digits="1")
    scene.hotline.clock.set(scene.hotline.clock() + timedelta(seconds=140))
    scene.see("wish-costs-more", f"/voice/wait/{scene.token()}/140", Setting.WAIT)


def test_waiting_behind_somebody_and_without_a_number(scene: Scene) -> None:
    scene.on_duty("Ada")
    scene.rings()
    scene.at(1)
    scene.see("", "/voice/incoming", CallSid="CA2", From="anonymous", To="96111")
    visit = f"/voice/wait/{scene.token()}"
    scene.see("wait-position", f"{visit}/15", Setting.WAIT, CallSid="CA2")


def test_a_volunteer_takes_the_call(scene: Scene) -> None:
    scene.on_duty("Ada", "Bo")
    scene.rings()
    second, first = (str(token) for token in column(scene.hotline.store, "leg", "token"))
    call = scene.token()
    scene.see("whisper", f"/voice/leg/{first}/answered", CallSid="CA2", form=OUT)
    scene.see("", f"/voice/leg/{second}/answered", CallSid="CA3", form=OUT)
    scene.see("accepted", f"/voice/leg/{first}/key", CallSid="CA2", Digits="1", form=OUT)
    scene.see("taken", f"/voice/leg/{second}/key", CallSid="CA3", Digits="1", form=OUT)
    scene.see("volunteer-alone", f"/voice/leg/{first}/alone/0", Setting.CONFERENCE, form=OUT)
    scene.see("leave", f"/voice/wait/{call}/8", Setting.WAIT)
    scene.see("joins", f"/voice/left/{call}/0", QueueResult="leave")
    scene.see("caller-alone", f"/voice/alone/{call}/0", Setting.CONFERENCE)
    leg = f"/voice/leg/{first}"
    scene.see("out-of-the-room", f"{leg}/done/0", CallSid="CA2", form=OUT)
    scene.see("menu", f"{leg}/menu/0", CallSid="CA2", form=OUT)
    scene.see("held", f"/voice/talked/{call}/0")
    scene.see("held-again", f"/voice/held/{call}/1")
    scene.see("holding", f"{leg}/menu/0/key", CallSid="CA2", Digits="6", form=OUT)
    scene.see("menu-back", f"{leg}/hold/0/key", CallSid="CA2", Digits="1", form=OUT)
    scene.see("held-back", f"/voice/held/{call}/2")
    scene.see("", f"{leg}/done/10", CallSid="CA2", form=OUT)
    scene.see("talk-over", f"{leg}/menu/10/key", CallSid="CA2", Digits="9", form=OUT)
    scene.see("parting", f"/voice/talked/{call}/1")
    scene.see("goodbye-after-talk", f"/voice/again/{call}/0", Digits="2")


def test_a_volunteer_drops_out_of_the_talk(scene: Scene) -> None:
    scene.on_duty("Ada")
    scene.rings()
    call, leg = scene.token(), f"/voice/leg/{scene.token('leg')}"
    scene.see("", f"{leg}/answered", CallSid="CA2", form=OUT)
    scene.see("", f"{leg}/key", CallSid="CA2", Digits="1", form=OUT)
    scene.see("", f"/voice/join/{call}/0")
    scene.at(60)
    scene.see("held-moment", f"/voice/talked/{call}/0")
    scene._asker.post(f"{leg}/status", OUT, CallSid="CA2", CallStatus="completed")
    scene.see("dropped-out", f"/voice/held/{call}/60001")


def test_a_volunteer_passes_the_call_on(scene: Scene) -> None:
    scene.on_duty("Ada")
    scene.rings()
    leg = scene.token("leg")
    scene.see("", f"/voice/leg/{leg}/answered", CallSid="CA2", form=OUT)
    scene.see("whisper-again", f"/voice/leg/{leg}/key", CallSid="CA2", Digits="5", form=OUT)
    scene.see("passed", f"/voice/leg/{leg}/key/again", CallSid="CA2", Digits="5", form=OUT)


def test_a_volunteer_answers_for_a_caller_who_has_left(scene: Scene) -> None:
    scene.on_duty("Ada")
    scene.rings()
    leg = scene.token("leg")
    scene.see("", f"/voice/leg/{leg}/answered", CallSid="CA2", form=OUT)
    scene._asker.post("/voice/status", CallSid="CA1", CallStatus="completed")
    scene.see("caller-gone", f"/voice/leg/{leg}/over", CallSid="CA2", form=OUT)


def test_a_telephone_rung_from_the_callers_own_leg(scene: Scene) -> None:
    scene.on_duty("Ada")
    scene.rings()
    scene.at(10)
    visit = f"/voice/wait/{scene.token()}"
    scene.see("", f"{visit}/8", Setting.WAIT)
    scene.see("dial", f"/voice/left/{scene.token()}/0", QueueResult="leave")
    leg = scene.token("leg")
    dialled = {"Direction": "outbound-dial", "CallSid": "CA2"}
    scene.see("whisper-dial", f"/voice/leg/{leg}/answered", Setting.WHISPER, form=dialled)
    scene.see("accepted-dial", f"/voice/leg/{leg}/key", Setting.WHISPER, Digits="1", form=dialled)


def test_the_exit_when_nobody_is_on_duty(scene: Scene) -> None:
    scene.see("exit-unstaffed", "/voice/incoming", From="+8613912345678", To="96111")
    call = scene.token()
    scene.see("exit-again", f"/voice/exit/{call}/1")
    scene.see("exit-last", f"/voice/exit/{call}/2")
    scene.see("message", f"/voice/exit/{call}/1/key", Digits="2")
    scene.see("partner", f"/voice/exit/{call}/1/key", Digits="3")
    scene.see("partner-unreached", f"/voice/partner/{call}/9", DialCallStatus="no-answer")
    scene.see("message-noted", f"/voice/message/{call}", RecordingSid="RE1", RecordingDuration="9")


def test_the_exit_at_the_ceiling(scene: Scene) -> None:
    scene.on_duty("Ada")
    scene.rings()
    leg = scene.token("leg")
    scene.see("", f"/voice/leg/{leg}/answered", CallSid="CA2", form=OUT)
    scene.see("", f"/voice/leg/{leg}/key", CallSid="CA2", Digits="1", form=OUT)
    scene.see("", "/voice/incoming", CallSid="CA3", From="+8613912345679", To="96111")
    second = scene.token()
    for seconds in range(0, 180, 40):  # a caller who asks nothing for 45 s is gone
        scene.see("", f"/voice/wait/{second}/{seconds}", Setting.WAIT, CallSid="CA3")
        scene.at(40)
    scene.see("", f"/voice/wait/{second}/200", Setting.WAIT, CallSid="CA3")
    scene.see("exit-ceiling", f"/voice/left/{second}/0", CallSid="CA3", QueueResult="leave")


def test_a_number_that_is_no_line(scene: Scene) -> None:
    scene.see("unknown-line", "/voice/incoming", From="+8613912345678", To="95555")


def test_a_callback_is_kept(scene: Scene) -> None:
    scene.rings()
    asked = f"/voice/callback/{scene.token()}"
    scene.see("", f"{asked}/2", Digits="1")
    scene.see("", f"{asked}/10/times", Digits="1")
    scene.see("", f"{asked}/10/word", Digits="")  # with goodbye the call is over
    scene.on_duty("Ada")
    keeper = scene.keeper()
    keep_promises(keeper)
    leg, call = scene.token("leg"), scene.token()
    scene.see("whisper-callback", f"/voice/leg/{leg}/answered", CallSid="CA2", form=OUT)
    scene.see("placing", f"/voice/leg/{leg}/key", CallSid="CA2", Digits="1", form=OUT)
    alone = f"/voice/leg/{leg}/alone/9"
    scene.see("placing-alone", alone, Setting.CONFERENCE, CallSid="CA2", form=OUT)
    scene.see("called", f"/voice/called/{call}/answered", CallSid="CA3", form=OUT)
    scene.see("called-again", f"/voice/called/{call}/0/key", CallSid="CA3", Digits="5", form=OUT)
    scene.see("called-joins", f"/voice/called/{call}/1/key", CallSid="CA3", Digits="1", form=OUT)


@pytest.mark.parametrize("word", ["", "1"], ids=["no-word", "word"])
def test_nobody_confirms_a_callback(scene: Scene, word: str) -> None:
    scene.rings()
    asked = f"/voice/callback/{scene.token()}"
    scene.see("", f"{asked}/2", Digits="1")
    scene.see("", f"{asked}/10/times", Digits="1")
    scene.see("", f"{asked}/10/word", Digits=word)
    scene.on_duty("Ada")
    keep_promises(scene.keeper())
    leg, call = scene.token("leg"), scene.token()
    scene.see("", f"/voice/leg/{leg}/answered", CallSid="CA2", form=OUT)
    scene.see("", f"/voice/leg/{leg}/key", CallSid="CA2", Digits="1", form=OUT)
    name = "called-named" if word else "called"
    scene.see(name, f"/voice/called/{call}/answered", CallSid="CA3", form=OUT)
    scene.see("called-silent", f"/voice/called/{call}/over", CallSid="CA3", form=OUT)
    scene.see("callback-unreached", f"/voice/leg/{leg}/done/0", CallSid="CA2", form=OUT)
    scene.see("called-late", f"/voice/called/{call}/0/key", CallSid="CA3", Digits="1", form=OUT)


def test_when_we_fail(scene: Scene) -> None:
    scene.see("fallback", "/voice/fallback", ErrorCode="11200")
    failed = "https://hotline.example/voice/incoming?again=1"
    scene.see("fallback-again", "/voice/fallback", ErrorCode="11200", ErrorUrl=failed)
    scene.see("fallback-recorded", "/voice/fallback/recorded", RecordingSid="RE1")
    scene.see("fallback-volunteer", "/voice/fallback", form=OUT)


def test_who_dials_in(scene: Scene) -> None:
    scene.on_duty("Ada")
    with scene.hotline.store.writing() as db:
        keep_pin_of(db, "ada", "824193")
        db.connection().exec_driver_sql("update person set role = 'supervisor'")
    scene.see("staff-stranger", "/voice/incoming", From="+8613912345678", To=STAFF)
    scene.see("staff-pin", "/voice/incoming", CallSid="CA2", From="client:ada", To=STAFF)
    staff = f"/voice/staff/{scene.token('staff_call')}"
    scene.see("staff-main", f"{staff}/pin/0", CallSid="CA2", Digits="824193")
    scene.see("staff-lines", f"{staff}/key/super/20", CallSid="CA2", Digits="3")
    scene.see("staff-line", f"{staff}/key/lines-0/30", CallSid="CA2", Digits="1")
    scene.see("staff-no-choice", f"{staff}/key/main/40", CallSid="CA2", Digits="8")


def test_who_texts(scene: Scene) -> None:
    scene.on_duty("Ada")
    with scene.hotline.store.writing() as db:
        db.connection().exec_driver_sql("update person set address = 'tel:+8613800000001'")
    texting = replace(scene.hotline.settings.carrier, sms=Sms.TWO_WAY)
    scene.texts(replace(scene.hotline.settings, carrier=texting))
    scene.see(
        "text", "/sms/incoming", Setting.TEXT, MessageSid="SM1", From="+8613800000001", Body="IN"
    )
