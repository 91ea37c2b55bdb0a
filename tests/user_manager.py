"""A user's service manager, the real one, in a machine of its own: namespaces around this one.

It runs as somebody without any right, has its own processes, mounts and control groups, and a
home that is thrown away. Needs root, and systemd; nothing of the machine is changed.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.conftest import REAL_MODELS

ROOT = Path(__file__).parent.parent
SOMEBODY = 51234  # a user id that nothing has, of those that are for people
HOME = "/home/somebody"
RUN = f"/run/user/{SOMEBODY}"
SLICE = f"user.slice/user-{SOMEBODY}.slice"
MANAGER = "/lib/systemd/systemd"
JOURNAL = "/lib/systemd/systemd-journald"

# /home and /run hide what is there; everything else is as it is, and not writable for somebody.
BOOT = f"""
set -e
mount --make-rprivate /
mount -t proc proc /proc
mount -t tmpfs home /home
mount -t tmpfs -o mode=755 run /run
mkdir -p {HOME} /home/program /home/models /home/sound {RUN} /run/systemd/system
mkdir -p /run/systemd/unit-root /run/systemd/journal
mount --bind {{home}} {HOME}
mount --bind {{program}} /home/program
mount --bind {{models}} /home/models
mount --bind {{sound}} /home/sound
if [ {{python}} != /usr ]; then  # perhaps in a folder that somebody may not enter
    mkdir /home/python
    mount --bind {{python}} /home/python
    mount -t tmpfs -o mode=755 outer /$(echo {{python}} | cut -d/ -f2)
    mkdir -p {{python}}
    mount --move /home/python {{python}}
fi
umount -R /sys/fs/cgroup
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mkdir /sys/fs/cgroup/{{group}}
cd /sys/fs/cgroup/{{group}}  # as on a machine of its own: the journal sees by it whose a line is
mkdir -p init.scope {SLICE}/user@{SOMEBODY}.service
echo $$ > init.scope/cgroup.procs
for level in . user.slice {SLICE}; do
    for controller in $(cat $level/cgroup.controllers); do
        echo +$controller > $level/cgroup.subtree_control || true
    done
done
cd {SLICE}/user@{SOMEBODY}.service
chown -R {SOMEBODY} {HOME} {RUN} .
chmod 700 {RUN}
if [ -x {JOURNAL} ]; then  # a user has a file of his own only in a journal that is kept
    mount -t tmpfs -o mode=755 log /var/log
    mkdir /var/log/journal
    touch /run/systemd/journal/flushed
    {JOURNAL} 2>/dev/null &
fi
sh -c 'echo $$ > cgroup.procs; cd /; \
    exec setpriv --reuid={SOMEBODY} --regid={SOMEBODY} --clear-groups {MANAGER} --user \
    --unit=basic.target' &
cd /
wait $!
"""


class UserManager:
    """The manager, and commands as its user. sound: the folder of a PulseAudio server's socket."""

    def __init__(self, sound: Path) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="manager-"))
        self._group = f"{self._folder.name}"
        self.home = self._folder / "home"
        self.home.mkdir()
        names = {"home": self.home, "program": ROOT, "models": REAL_MODELS, "sound": sound}
        names["python"] = Path(sys.base_prefix)
        self._boot = BOOT.format(group=self._group, **names)
        self.env = {
            "HOME": HOME,
            "PATH": os.environ["PATH"],
            "XDG_RUNTIME_DIR": RUN,
            "PYTHONPATH": "/home/program",
            "PYTHONDONTWRITEBYTECODE": "1",
            "ASSISTANT_MODELS": "/home/models",
            "PULSE_SERVER": "unix:/home/sound/native",
            "ALSA_CONFIG_PATH": "/home/sound/asound.conf",
        }
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> UserManager:
        self._process = subprocess.Popen(
            ["unshare", "-m", "-p", "-f", "-u", "-i", "--kill-child", "sh", "-c", self._boot],
            env=self.env,
            stdin=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 120
        while self.systemctl("is-system-running", check=False).stdout.strip() not in {
            "running",
            "degraded",  # a unit of the machine's own failed: none of ours
        }:
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.__exit__()
                pytest.skip("no user's service manager starts in namespaces here")
            time.sleep(0.1)
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            if self._process.poll() is None:  # with the first process inside all others end
                os.kill(self._inside(), signal.SIGKILL)
            self._process.wait()
            self._process = None
        tidy = f"mount -t cgroup2 c /mnt && find /mnt/{self._group} -depth -type d -delete"
        tidied = ["unshare", "-m", "sh", "-c", tidy]
        subprocess.run(tidied, check=False, stderr=subprocess.DEVNULL)
        shutil.rmtree(self._folder, ignore_errors=True)

    def run(self, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """A command of the user's, beside the manager."""
        assert self._process is not None
        within = ["nsenter", f"--target={self._inside()}", "--mount", "--pid", "--uts", "--ipc"]
        somebody = ["setpriv", f"--reuid={SOMEBODY}", f"--regid={SOMEBODY}", "--clear-groups"]
        done = subprocess.run(
            [*within, "--wd=/home", *somebody, *command],
            env=self.env,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=200,
            check=False,
        )
        assert not check or done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        return done

    def systemctl(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return self.run("systemctl", "--user", "--no-pager", *arguments, check=check)

    def assistant(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return self.run(self.python, "-m", "assistant", *arguments, check=check)

    @property
    def python(self) -> str:
        """The interpreter of the tests, by its place inside."""
        inside = Path(sys.executable)
        if inside.is_relative_to(ROOT):
            inside = Path("/home/program") / inside.relative_to(ROOT)
        return str(inside)

    def show(self, unit: str, name: str) -> str:
        """A property of a unit."""
        return self.systemctl("show", unit, f"--property={name}", "--value").stdout.strip()

    def _inside(self) -> int:
        """The first process inside, the manager's parent."""
        assert self._process is not None
        pid = self._process.pid
        deadline = time.monotonic() + 60
        while not (children := Path(f"/proc/{pid}/task/{pid}/children").read_text().split()):
            if self._process.poll() is not None or time.monotonic() > deadline:
                pytest.skip("no user's service manager starts in namespaces here")
            time.sleep(0.02)
        return int(children[0])


def may_boot() -> None:
    """Skips where no manager can be started."""
    for program in ("unshare", "nsenter", "setpriv", "systemctl"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    if not Path(MANAGER).exists():
        pytest.skip("systemd is not installed")
    mounts = "mount -t proc proc /proc && mount -t cgroup2 c /mnt && test -w /mnt/cgroup.procs"
    tried = ["unshare", "-m", "-p", "-f", "sh", "-c", mounts]
    if os.geteuid() or subprocess.run(tried, check=False, stderr=subprocess.DEVNULL).returncode:
        pytest.skip("namespaces need root")
