"""A Dockerfile read and its steps done without Docker: with the namespaces of Linux, as root."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("unshare", "mount", "chroot", "setpriv")
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib64", "/etc")
"""Of this machine, in place of the image that ours is built from."""

NAMESPACED = """
mount --make-rprivate /
mount --bind "$root" "$root"
for folder in $shared; do
    mount --bind "$folder" "$root$folder"
    mount -o remount,bind,ro "$root$folder"
done
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
"""
"""Runs where all it mounts is gone with it."""
READ_ONLY = """
mount --bind "$volume" "$root$at"
mount -o remount,bind,ro "$root"
"""


@dataclass(frozen=True)
class Step:
    """An instruction: RUN, and what is behind it."""

    name: str
    rest: str

    @property
    def command(self) -> list[str]:
        """What it runs, as words."""
        text = self.rest[self.rest.index("CMD") + 3 :] if self.name == "HEALTHCHECK" else self.rest
        return list(json.loads(text)) if text.strip().startswith("[") else ["sh", "-c", text]


def steps_of(text: str) -> list[Step]:
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    whole = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [Step(*line.split(maxsplit=1)) for line in whole.splitlines() if line.strip()]


def why_not() -> str | None:
    """Why steps cannot be done here, None where they can."""
    if os.geteuid() != 0:
        return "needs root, to be another user in folders of its own"
    if missing := [tool for tool in TOOLS if shutil.which(tool) is None]:
        return f"needs {', '.join(missing)}"
    tried = subprocess.run(["unshare", "--mount", "--pid", "--fork", "true"], capture_output=True, text=True)
    return None if tried.returncode == 0 else f"may not make namespaces: {tried.stderr.strip()}"


@dataclass
class Image:
    """What a Dockerfile makes, in an empty folder, with the programs of `path` at hand.

    `reads` are folders of this machine that are there too.
    """

    root: Path
    path: list[str]
    reads: list[str]
    environ: dict[str, str] = field(default_factory=dict)
    workdir: str = "/"
    user: str = "0:0"
    last: dict[str, Step] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.root.chmod(0o755)
        for name in ("dev", "proc", "tmp", "var/tmp", "opt"):
            (self.root / name).mkdir(parents=True)
        for name in ("tmp", "var/tmp"):
            (self.root / name).chmod(0o1777)
        for folder in SYSTEM:
            if Path(folder).is_symlink():
                self._inside(folder).symlink_to(Path(folder).readlink())
            elif Path(folder).is_dir():
                self.reads.append(folder)
        for folder in self.reads:
            self._inside(folder).mkdir(parents=True, exist_ok=True)

    def do(self, step: Step, skipped: str | None = None) -> None:
        """One step; a RUN that begins with `skipped` is left out."""
        self.last[step.name] = step
        if step.name == "WORKDIR":
            self.workdir = step.rest
            self._inside(step.rest).mkdir(parents=True)
        elif step.name == "COPY":
            self._copy(*step.rest.split())
        elif step.name == "ENV":
            self.environ |= dict(pair.split("=", 1) for pair in shlex.split(step.rest))
        elif step.name == "USER":
            self.user = step.rest
        elif step.name == "RUN" and not (skipped and step.rest.startswith(skipped)):
            done = subprocess.run(self._call(step.command), capture_output=True, text=True)
            assert done.returncode == 0, f"{step.rest}\n{done.stdout}{done.stderr}"

    def start(self, command: list[str], volume: Path, **pipes: object) -> "subprocess.Popen[str]":
        """The command as its user, where nothing but the volume can be written."""
        return subprocess.Popen(self._call(command, volume), text=True, **pipes)  # type: ignore[call-overload, no-any-return]

    def run(self, command: list[str], volume: Path) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(self._call(command, volume), capture_output=True, text=True)

    def _call(self, command: list[str], volume: Path | None = None) -> list[str]:
        mounts = {"root": str(self.root), "shared": " ".join(self.reads)}
        if volume:
            mounts |= {"volume": str(volume), "at": self.last["VOLUME"].rest}
        told = "\n".join(f"{name}={shlex.quote(value)}" for name, value in mounts.items())
        user, group = self.user.split(":") if volume else ("0", "0")
        drop = ["--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"] if volume else []
        inside = [
            *("setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups", *drop),
            *("env", "-i", f"PATH={':'.join(self.path)}", *(f"{k}={v}" for k, v in self.environ.items())),
            *("sh", "-c", 'cd "$0" && exec "$@"', self.workdir, *command),
        ]
        script = (
            f'set -e\n{told}{NAMESPACED}{READ_ONLY if volume else ""}exec chroot "$root" {shlex.join(inside)}'
        )
        return ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", script]

    def _copy(self, *words: str) -> None:
        *sources, target = words
        ignored = ignoring(ROOT / ".dockerignore")
        for source in sources:
            for file in files_in(ROOT / source):
                name = file.relative_to(ROOT).as_posix()
                within = file.relative_to(ROOT / source) if (ROOT / source).is_dir() else Path(file.name)
                if not ignored(name):
                    goal = self._inside(self.workdir) / target / within
                    goal.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(file, goal)

    def _inside(self, path: str) -> Path:
        return self.root / path.lstrip("/")


def files_in(path: Path) -> Iterator[Path]:
    return iter([path]) if path.is_file() else (each for each in path.rglob("*") if each.is_file())


def ignoring(path: Path) -> "Ignored":
    return Ignored([line.strip() for line in path.read_text().splitlines() if line.strip()])


@dataclass(frozen=True)
class Ignored:
    """Which files stay out, as .dockerignore has it: the last line that speaks of one decides."""

    lines: list[str]

    def __call__(self, name: str) -> bool:
        found = False
        parts = Path(name).parts
        above = ["/".join(parts[: count + 1]) for count in range(len(parts))]
        for line in self.lines:
            pattern = line.removeprefix("!").removeprefix("**/")
            tried = above if "**/" not in line else [*above, *parts]
            if any(fnmatchcase(each, pattern) for each in tried):
                found = not line.startswith("!")
        return found


def python_of_this_machine() -> tuple[list[str], list[str]]:
    """Where its programs are, and the folders they need, but for those of the system."""
    homes = {str(Path(sys.prefix).resolve()), str(Path(sys.base_prefix).resolve())}
    path = [f"{Path(sys.prefix).resolve()}/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"]
    return path, [each for each in sorted(homes) if not each.startswith(SYSTEM)]
