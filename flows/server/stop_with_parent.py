"""Runs a command on a leash: it ends when the holder of the other end of its standard input ends.

`python -m flows.server.stop_with_parent prefect server start` does what `prefect server start` does. The
supervisor holds the leash; however it dies, the kernel closes the pipe, and nothing is left behind.
"""

import os
import runpy
import signal
import sys
import threading
import time

_PATIENCE = 8.0
"""Seconds to end by oneself before being ended."""


def _end_with_holder() -> None:
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_PATIENCE)
    os.killpg(os.getpgrp(), signal.SIGKILL)


def main() -> None:
    """Run the module and its command given in the arguments."""
    # The background job of a script starts with SIGINT ignored, and then Prefect's worker cannot be stopped.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Thread(target=_end_with_holder, daemon=True).start()
    module = sys.argv.pop(1)
    sys.argv[0] = module
    runpy.run_module(module, run_name="__main__")


if __name__ == "__main__":
    main()
