"""Unpacks a wheel or a source archive: regular files only, none outside the target folder, and within bounds.

Links, devices, absolute paths and `..` are left out and named on stderr. Arguments: archive, target folder.
"""

import posixpath
import shutil
import sys
import tarfile
import zipfile
from pathlib import Path

MAX_FILES = 60_000
MAX_BYTES = 600_000_000


def entries(archive):
    """Yields (name, size, reason to leave it out, function that opens it)."""
    if archive.endswith((".whl", ".zip")):
        with zipfile.ZipFile(archive) as pack:
            for one in pack.infolist():
                if not one.is_dir():
                    is_link = (one.external_attr >> 16) & 0o170000 == 0o120000
                    yield one.filename, one.file_size, "a link" if is_link else None, lambda one=one: pack.open(one)
    else:
        with tarfile.open(archive) as pack:
            for one in pack:
                if not one.isdir():
                    reason = None if one.isreg() else "a link or device"
                    yield one.name, one.size, reason, lambda one=one: pack.extractfile(one)


def refusal(name):
    path = posixpath.normpath(name.replace("\\", "/"))
    if "\0" in name or path.startswith("/") or path.split("/")[0] == ".." or ":" in path.split("/")[0]:
        return "a path outside the archive"
    return None


def main(archive, target):
    files = size = 0
    for name, length, reason, opened in entries(archive):
        reason = reason or refusal(name)
        if reason:
            print(f"left out {name!r}: {reason}", file=sys.stderr)
            continue
        files, size = files + 1, size + length
        if files > MAX_FILES or size > MAX_BYTES:
            sys.exit("the archive unpacks to more than the survey allows")
        path = Path(target, posixpath.normpath(name.replace("\\", "/")))
        path.parent.mkdir(parents=True, exist_ok=True)
        with opened() as source, open(path, "wb") as out:
            shutil.copyfileobj(source, out)


main(*sys.argv[1:])
