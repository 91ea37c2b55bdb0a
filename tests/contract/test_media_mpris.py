"""Media functions against a real mpv on a bus of the test, and against odd players."""

import datetime as dt
import time

import pytest

from assistant.handlers import bus
from assistant.handlers.desktop import launching
from assistant.handlers.media import players
from tests.bus import buses, no_buses  # noqa: F401 - fixtures
from tests.handlers.conftest import Device, cascade, settings  # noqa: F401 - fixtures
from tests.players import MPV, flac, mpv, position, state, until

ODD = "org.mpris.MediaPlayer2.Odd"


@pytest.fixture
def library(tmp_path, monkeypatch):
    """A music folder with an album, a song, a playlist and a film."""
    music = tmp_path / "Music"
    for name in ("XDG_MUSIC_DIR", "XDG_VIDEOS_DIR"):
        monkeypatch.setenv(name, str(music if "MUSIC" in name else tmp_path / "Videos"))
    album = music / "Kenny Rogers" / "Greatest Hits"
    for number, title in (("1", "Lady"), ("2", "The Gambler")):
        flac(
            album / f"0{number} {title}.flac", title=title, artist="Kenny Rogers",
            album="Greatest Hits", genre="Country", track=number,
        )  # fmt: skip
    flac(music / "loose" / "Blue Train.flac", title="Blue Train", artist="John Coltrane",
         genre="Jazz")  # fmt: skip
    (music / "workout.m3u").write_text(str(album / "02 The Gambler.flac"))
    return music


@pytest.fixture
def device(buses, settings, cascade, library, monkeypatch, tmp_path):  # noqa: F811
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    made = Device(settings, cascade, data=tmp_path / "data")
    yield made
    made.functions.close()


@pytest.fixture
def player(buses, library):  # noqa: F811
    album = library / "Kenny Rogers" / "Greatest Hits"
    with mpv(buses, *sorted(album.glob("*.flac"))) as process:
        until(lambda: state().status == "Playing")
        yield process


def test_pause_and_resume(device, player):
    reply = device.ask("pause the music")
    assert reply.text == "Paused."
    until(lambda: state().status == "Paused")
    assert not device.ask("pause").ok
    device.say("resume")
    until(lambda: state().status == "Playing")
    device.say("pausa la música", "es")
    until(lambda: state().status == "Paused")
    reply.undo()
    until(lambda: state().status == "Playing")


def test_next_and_previous(device, player):
    reply = device.ask("skip this song")
    assert reply.text == "The Gambler by Kenny Rogers."
    assert state().track.title == "The Gambler"
    assert device.say("canción anterior", "es") == "Lady de Kenny Rogers."
    device.say("next song")
    reply.undo()
    until(lambda: state().track.title == "Lady")


def test_what_is_playing(device, player):
    assert device.say("what song is this") == "This is Lady by Kenny Rogers."
    device.say("pause")
    assert device.say("qué canción es esta", "es") == "Lady de Kenny Rogers, en pausa."


def test_seeking(device, player):
    reply = device.ask("skip ahead thirty seconds")
    until(lambda: 29 < position() < 40)
    device.say("jump to one minute and thirty seconds")
    until(lambda: 89 < position() < 100)
    device.say("retrocede un minuto", "es")
    until(lambda: 29 < position() < 40)
    device.say("go back ten minutes")
    until(lambda: position() < 10)
    device.say("skip ahead one minute")
    device.say("start over")
    until(lambda: position() < 10)
    device.say("skip ahead one minute")
    reply.undo()
    until(lambda: position() < 20)


def test_how_long_is_left(device, player):
    device.say("pause")
    device.say("jump to one minute")
    until(lambda: position() == pytest.approx(60, abs=1))
    said = device.say("how much is left of the song")
    assert said.endswith("left of two minutes.")


def test_repeat_and_shuffle(device, player):
    reply = device.ask("repeat this song")
    until(lambda: state().told["LoopStatus"] == "Track")
    reply.undo()
    until(lambda: state().told["LoopStatus"] == "None")
    device.say("repite todo", "es")
    until(lambda: state().told["LoopStatus"] == "Playlist")
    device.say("turn off repeat")
    until(lambda: state().told["LoopStatus"] == "None")
    assert device.ask("shuffle the music").ok


@pytest.mark.parametrize(
    ("sentence", "language", "said", "title"),
    [
        ("play the song lady", "en", "Playing Lady by Kenny Rogers.", "Lady"),
        ("play the gambler by kenny rogers", "en", "Playing The Gambler by Kenny Rogers.",
         "The Gambler"),
        ("play some jazz", "en", "Playing Blue Train by John Coltrane.", "Blue Train"),
        ("play the album greatest hits", "en", "Playing greatest hits.", "Lady"),
        ("play my workout playlist", "en", "Playing workout.", "The Gambler"),
        ("play blue tray", "en", "Playing Blue Train by John Coltrane.", "Blue Train"),
        ("pon la canción blue train", "es", "Suena Blue Train de John Coltrane.", "Blue Train"),
        ("pon música de john coltrane", "es", "Suena Blue Train de John Coltrane.", "Blue Train"),
    ],
)  # fmt: skip
def test_what_is_asked_for_is_played_by_the_player_that_runs(
    buses,  # noqa: F811
    device,
    sentence,
    language,
    said,
    title,
):
    with mpv(buses):
        assert device.say(sentence, language) == said
        until(lambda: state().track.title == title and position() > 0.2)


def test_what_is_not_there(device, player):
    reply = device.ask("play bohemian rhapsody")
    assert (reply.ok, reply.text) == (False, "I find no bohemian rhapsody in your music.")
    assert state().track.title == "Lady"


def test_a_player_is_started_when_none_runs(device, buses, monkeypatch):  # noqa: F811
    from assistant.handlers.media import music

    quiet = ("--no-config", "--ao=null", "--no-video", "--no-terminal", "--load-scripts=no",
             "--script=/usr/lib/mpv-mpris/mpris.so", "--")  # fmt: skip
    monkeypatch.setattr(music, "_BARE", {"mpv": quiet})
    assert device.say("play some jazz") == "Playing Blue Train by John Coltrane."
    try:
        buses.session.wait_for(MPV)
        until(lambda: state().track.title == "Blue Train")
    finally:
        for process in launching._started:
            process.kill()
            process.wait()


def test_nothing_runs(device):
    assert device.ask("pause the music").text == "No media player is running."
    assert device.ask("qué suena", "es").text == "No hay ningún reproductor en marcha."


def test_without_a_bus(no_buses, settings, cascade, tmp_path):  # noqa: F811
    made = Device(settings, cascade, data=tmp_path / "data")
    reply = made.ask("pause the music")
    assert not reply.ok and "message bus" in reply.text
    made.functions.close()


def odd(buses, name=ODD, status="Playing", **more):  # noqa: F811
    """A player that tells as little as the specification allows, or less."""
    mocked = buses.session.mock(name, players.PATH, players.PLAYER)
    mock = mocked.__enter__()
    mock.properties(players.ROOT, Identity=("s", name.rpartition(".")[2]))
    mock.properties(players.PLAYER, PlaybackStatus=("s", status), **more)
    for method in ("Pause", "Play", "Stop", "Next", "Previous"):
        mock.method(players.PLAYER, method, "", "", "")
    mock.method(players.PLAYER, "Seek", "x", "", "")
    return mocked, mock


@pytest.fixture
def several(buses):  # noqa: F811
    """Three players; only the last one plays."""
    made = [
        odd(buses, "org.mpris.MediaPlayer2.vlc", "Paused"),
        odd(buses, "org.mpris.MediaPlayer2.spotify", "Stopped"),
        odd(buses, "org.mpris.MediaPlayer2.firefox.instance_1_7", "Playing"),
    ]
    yield {name: mock for name, (_, mock) in zip(("vlc", "spotify", "firefox"), made, strict=True)}
    for mocked, _ in made:
        mocked.__exit__(None, None, None)


def test_the_one_that_plays_is_meant(device, several):
    device.say("pause")
    assert [len(several[n].calls("Pause")) for n in several] == [0, 0, 1]


def test_a_player_by_its_name(device, several):
    device.say("skip on spotify")
    assert [len(several[n].calls("Next")) for n in several] == [0, 1, 0]
    device.say("pause firefox")
    assert [len(several[n].calls("Pause")) for n in several] == [0, 0, 1]
    reply = device.ask("resume discord")
    assert (reply.ok, reply.text) == (False, "Discord is not playing anything.")


def test_the_one_that_was_used_last_goes_on(device, buses):  # noqa: F811
    made = [odd(buses, f"org.mpris.MediaPlayer2.{name}", "Paused") for name in ("vlc", "mpv")]
    try:
        device.say("next on vlc")
        device.say("next")
        device.say("next on mpv")
        device.say("next")
        assert [len(mock.calls("Next")) for _, mock in made] == [2, 2]
    finally:
        for mocked, _ in made:
            mocked.__exit__(None, None, None)


def test_a_player_that_cannot_says_so(device, buses):  # noqa: F811
    mocked, mock = odd(buses, CanGoNext=("b", False), CanSeek=("b", False))
    try:
        assert device.ask("next song").text == "Odd has nothing to go to."
        assert device.ask("skip ahead ten seconds").text == "Odd cannot move within this."
        assert device.ask("shuffle the music").text == "Odd cannot do that."
        assert device.ask("how long is this song").text == "Odd does not tell how long it is."
        assert device.say("what song is this") == "Odd does not tell."
        assert mock.calls("Next") == []
    finally:
        mocked.__exit__(None, None, None)


def test_a_player_without_a_track_id_is_moved_by_steps(device, buses):  # noqa: F811
    mocked, mock = odd(buses, Position=("x", 20_000_000), Metadata=("a{sv}", {}))
    try:
        device.say("skip ahead ten seconds")
        assert mock.calls("Seek") == [(10_000_000,)]
    finally:
        mocked.__exit__(None, None, None)


def test_a_player_that_hangs_does_not_keep_the_others(device, several, buses):  # noqa: F811
    mocked, mock = odd(buses)
    mock.method("org.freedesktop.DBus.Properties", "GetAll", "s", "a{sv}",
                "import time; time.sleep(60)")  # fmt: skip
    try:
        start = time.monotonic()
        device.say("pause")
        assert time.monotonic() - start < 40
        assert len(several["firefox"].calls("Pause")) == 1
    finally:
        mocked.__exit__(None, None, None)


def test_what_players_say_of_a_track():
    track = players.Track.of(
        {
            "xesam:url": "file:///music/02%20Some_Song.mp3",
            "xesam:artist": "One Name",
            "mpris:length": 61_000_000,
            "xesam:title": 7,
        }
    )
    assert (track.title, track.artists) == ("02 Some Song", ("One Name",))
    assert track.length == dt.timedelta(seconds=61)
    assert players.Track.of({"mpris:length": "long"}).length is None


def test_the_bus_is_left_as_it_was(device, player):
    device.say("what song is this")
    with bus.session() as desktop:
        assert desktop.names(players.PREFIX) == [MPV]
