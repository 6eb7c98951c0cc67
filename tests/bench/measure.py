"""Runs one command and writes what it cost: wall clock and processor seconds, and peak resident memory in bytes.

The operating system's own figures are asked for (wait4), which Node does not give for a child. They cover the command and the
processes that it waited for; the peak is that of the largest of them.
Arguments: file for the figures, file for what the command says on standard error, then the command.
"""

import json
import os
import sys
import time

figures, said, *command = sys.argv[1:]
actions = [
    (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
    (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
    (os.POSIX_SPAWN_OPEN, 2, said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
]
start = time.perf_counter()
_, status, usage = os.wait4(os.posix_spawnp(command[0], command, os.environ, file_actions=actions), 0)
seconds = time.perf_counter() - start
unit = 1 if sys.platform == "darwin" else 1024
with open(figures, "w", encoding="utf-8") as out:
    json.dump(
        {
            "exitCode": os.waitstatus_to_exitcode(status),
            "seconds": seconds,
            "processorSeconds": usage.ru_utime + usage.ru_stime,
            "peakBytes": usage.ru_maxrss * unit,
        },
        out,
    )
