"""Any sound file in, WAV out, and a sentence for each kind of bad file."""

import io
import os
import resource
import struct
import subprocess
import sys
import wave
from pathlib import Path

import av
import numpy as np
import pytest

from assistant.audio import pcm
from assistant.audio.files import read_audio, write_wav
from assistant.errors import AudioFileError, StorageError
from assistant.types import LOOP_RATE, Speech


def tone(seconds, rate, hertz=440):
    return pcm.to_int16(0.5 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate))


def whole(path):
    return np.concatenate(list(read_audio(path)))


def check_tone(samples, seconds, tolerance=0.06):
    assert samples.dtype == np.int16
    assert len(samples) / LOOP_RATE == pytest.approx(seconds, abs=tolerance)
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    assert np.argmax(spectrum) * LOOP_RATE / len(samples) == pytest.approx(440, abs=2)
    assert pcm.rms(samples) == pytest.approx(0.354, rel=0.1)


def encode(path, codec, rate, layout="stereo", sample_format=None, seconds=1.0):
    """Write a tone with one of PyAV's encoders."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout=layout)
        if sample_format:
            stream.format = sample_format
        samples = tone(seconds, rate)
        channels = len(av.AudioLayout(layout).channels)
        frame = av.AudioFrame.from_ndarray(
            np.repeat(samples, channels)[np.newaxis, :], format="s16", layout=layout
        )
        frame.sample_rate = rate
        resampler = av.AudioResampler(stream.format, layout, rate, stream.frame_size or None)
        for converted in (*resampler.resample(frame), *resampler.resample(None)):
            container.mux(stream.encode(converted))
        container.mux(stream.encode(None))


@pytest.mark.parametrize(
    ("name", "codec", "rate", "layout", "sample_format"),
    [
        ("a.wav", "pcm_u8", 8_000, "mono", None),
        ("b.wav", "pcm_s16le", 11_025, "mono", None),
        ("c.wav", "pcm_s16le", 16_000, "mono", None),
        ("d.wav", "pcm_s16le", 44_100, "stereo", None),
        ("e.wav", "pcm_s24le", 48_000, "stereo", None),
        ("f.wav", "pcm_s32le", 96_000, "stereo", None),
        ("g.wav", "pcm_f32le", 22_050, "mono", None),
        ("h.wav", "pcm_f64le", 48_000, "5.1", None),
        ("i.wav", "pcm_mulaw", 8_000, "mono", None),
        ("j.flac", "flac", 44_100, "stereo", "s16"),
        ("k.ogg", "libopus", 48_000, "stereo", None),
        ("l.opus", "libopus", 48_000, "mono", None),
        ("m.mp3", "libmp3lame", 44_100, "stereo", None),
        ("n.m4a", "aac", 44_100, "stereo", None),
        ("o.aiff", "pcm_s16be", 22_050, "mono", None),
        ("p.webm", "libopus", 48_000, "stereo", None),
        ("no ending", None, 16_000, "mono", None),
    ],
)
def test_any_format(tmp_path, name, codec, rate, layout, sample_format):
    file = tmp_path / name
    if codec is None:
        write_wav(file, Speech(tone(1, rate), rate))
    else:
        encode(file, codec, rate, layout, sample_format)
    check_tone(whole(file), 1)


def test_a_wav_file_comes_back_as_it_was(tmp_path):
    samples = np.random.default_rng(1).integers(-32768, 32767, 5000).astype(np.int16)
    write_wav(tmp_path / "x.wav", Speech(samples, LOOP_RATE))
    assert np.array_equal(whole(tmp_path / "x.wav"), samples)


@pytest.mark.parametrize("name", ["concat:a|b.wav", "http:x.wav", "%s%n.wav", "ñandú 'n' \n.wav"])
def test_a_name_is_only_a_name(tmp_path, name, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_wav(name, Speech(tone(0.5, LOOP_RATE), LOOP_RATE))
    check_tone(whole(name), 0.5)


def wav_bytes(seconds=1.0):
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(LOOP_RATE)
        file.writeframes(tone(seconds, LOOP_RATE).tobytes())
    return bytearray(out.getvalue())


@pytest.mark.parametrize(
    ("riff", "data"),
    [
        (0, 0),
        (0xFFFFFFFF, 0xFFFFFFFF),
        (36 + 64_000, 64_000),  # twice what is there
        (36 + 8_000, 8_000),  # a quarter of it
        (36 + 8_001, 8_001),
        (36 + 2, 2),
        (36, 0x7FFFFFFF),
    ],
)
def test_a_header_that_lies_about_its_length(tmp_path, riff, data):
    content = wav_bytes()
    struct.pack_into("<I", content, 4, riff)
    struct.pack_into("<I", content, 40, data)
    (tmp_path / "x.wav").write_bytes(content)
    samples = whole(tmp_path / "x.wav")
    assert np.array_equal(samples, tone(1, LOOP_RATE))


def test_chunks_after_the_sound_are_not_played(tmp_path):
    chunk = b"LIST" + struct.pack("<I", 400) + b"x" * 400
    (tmp_path / "x.wav").write_bytes(wav_bytes() + chunk)
    assert len(whole(tmp_path / "x.wav")) == LOOP_RATE


JPEG = bytes.fromhex("ffd8ffe000104a46494600010101004800480000ffdb004300") + b"\x08" * 500


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty"),
        (b"just some text\n" * 100, "not a sound file"),
        (JPEG, "not a sound file"),
        (b"\0" * 5000, "not a sound file"),
        (b"RIFF", "not a sound file"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "not a sound file"),
        (bytes(wav_bytes()[:44]), "holds no sound"),
        (bytes(wav_bytes(0.0)), "holds no sound"),
        (os.urandom(20_000), "sound"),
    ],
    ids=["empty", "text", "jpeg", "zeros", "riff", "no header", "header", "no samples", "random"],
)
@pytest.mark.parametrize("ending", [".wav", ".mp3", ""])
def test_what_is_no_sound(tmp_path, content, expected, ending):
    file = tmp_path / f"x{ending}"
    file.write_bytes(content)
    with pytest.raises(AudioFileError, match=expected) as error:
        whole(file)
    assert str(file) in str(error.value)


def test_a_picture_in_a_film_without_sound(tmp_path):
    with av.open(str(tmp_path / "x.mp4"), "w") as container:
        stream = container.add_stream("mpeg4", rate=5)
        stream.width = stream.height = 32
        picture = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")
        container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    with pytest.raises(AudioFileError, match="not a sound file"):
        read_audio(tmp_path / "x.mp4")


def test_no_file_a_folder_and_a_strange_name(tmp_path):
    with pytest.raises(AudioFileError, match="There is no file"):
        read_audio(tmp_path / "nothing.wav")
    with pytest.raises(AudioFileError, match="is a folder"):
        read_audio(tmp_path)
    with pytest.raises(AudioFileError, match="cannot be read"):
        read_audio("a\0b")


def test_no_permission(tmp_path):
    file = tmp_path / "x.wav"
    write_wav(file, Speech(tone(0.1, LOOP_RATE), LOOP_RATE))
    file.chmod(0)
    program = (
        "import os, sys\n"
        "import assistant.audio.decoding  # before it may not be read any more\n"
        "from assistant.audio.files import read_audio\n"
        "from assistant.errors import AudioFileError\n"
        "os.geteuid() or os.setuid(65534)\n"
        "try: read_audio(sys.argv[1])\n"
        "except AudioFileError as error: print(error)"
    )
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-c", program, str(file)], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"{file} cannot be read: Permission denied.\n"


@pytest.mark.parametrize("name", ["x.mp3", "x.flac", "x.ogg"])
def test_damage_in_the_middle_costs_only_the_damaged_part(tmp_path, name):
    codec, layout = {"x.mp3": "libmp3lame", "x.flac": "flac", "x.ogg": "libopus"}[name], "mono"
    file = tmp_path / name
    encode(file, codec, 48_000, layout, "s16" if codec == "flac" else None, seconds=6.0)
    content = bytearray(file.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 300] = os.urandom(300)
    file.write_bytes(content)
    samples = whole(file)
    assert 4 < len(samples) / LOOP_RATE < 6.2
    check_tone(samples[: LOOP_RATE * 2], 2)


@pytest.mark.parametrize("name", ["x.mp3", "x.flac", "x.ogg", "x.wav"])
def test_a_file_cut_short_gives_what_is_there(tmp_path, name):
    codecs = {"x.mp3": "libmp3lame", "x.flac": "flac", "x.ogg": "libopus", "x.wav": "pcm_s16le"}
    file = tmp_path / name
    encode(file, codecs[name], 48_000, "mono", "s16" if name == "x.flac" else None, seconds=6.0)
    content = file.read_bytes()
    file.write_bytes(content[: len(content) * 2 // 3])
    samples = whole(file)
    assert 2.5 < len(samples) / LOOP_RATE < 4.5
    check_tone(samples[: LOOP_RATE * 2], 2)


def test_damage_is_told_in_the_log(tmp_path, caplog):
    file = tmp_path / "x.m4a"
    encode(file, "aac", 44_100, "mono", seconds=6.0)
    content = bytearray(file.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 3000] = b"\xff" * 3000
    file.write_bytes(content)
    check_tone(whole(file)[: LOOP_RATE * 2], 2)
    assert "is damaged at" in caplog.text
    assert caplog.text.count("damaged") == 1, "once, not at every packet"


def test_an_hour_takes_no_more_memory_than_a_second(tmp_path):
    file = tmp_path / "hour.wav"
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(1)
        out.setframerate(8_000)
        minute = np.random.default_rng(1).integers(90, 160, 8_000 * 60).astype(np.uint8).tobytes()
        for _ in range(60):
            out.writeframes(minute)

    def peak():  # kilobytes
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    pieces = read_audio(file)
    count = len(next(pieces))
    before = peak()
    count += sum(len(piece) for piece in pieces)
    assert count == pytest.approx(3600 * LOOP_RATE, abs=100)
    assert peak() - before < 20_000, "115 MB, when loaded whole"


def test_a_wav_file_is_written_whole_or_not_at_all(tmp_path):
    """A full disk, as a limit on the size of files."""
    file = tmp_path / "x.wav"
    write_wav(file, Speech(tone(0.1, LOOP_RATE), LOOP_RATE))
    before = file.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        with pytest.raises(StorageError, match="cannot be written: File too large"):
            write_wav(file, Speech(tone(2, LOOP_RATE), LOOP_RATE))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file], "nothing is left behind"


def test_a_place_that_does_not_exist(tmp_path):
    with pytest.raises(StorageError, match="No such file or directory"):
        write_wav(tmp_path / "no" / "x.wav", Speech(tone(0.1, LOOP_RATE), LOOP_RATE))


def test_a_device_is_written_to_and_not_replaced():
    write_wav("/dev/null", Speech(tone(0.1, LOOP_RATE), LOOP_RATE))
    assert Path("/dev/null").is_char_device()
    with pytest.raises(StorageError, match="No space left on device"):
        write_wav("/dev/full", Speech(tone(0.1, LOOP_RATE), LOOP_RATE))


def test_a_link_is_followed(tmp_path):
    (tmp_path / "link.wav").symlink_to(tmp_path / "target.wav")
    write_wav(tmp_path / "link.wav", Speech(tone(0.1, LOOP_RATE), LOOP_RATE))
    assert (tmp_path / "link.wav").is_symlink()
    assert len(whole(tmp_path / "target.wav")) == 1600


def test_a_pipe_can_be_written_to(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        write_wav(pipe, Speech(tone(0.1, LOOP_RATE), LOOP_RATE))
        content, _ = reader.communicate()
    (tmp_path / "x.wav").write_bytes(content)
    assert len(whole(tmp_path / "x.wav")) == 1600
