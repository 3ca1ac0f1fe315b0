"""The life of the processes: started, restarted with back-off, given up, ended."""

import asyncio
import contextlib
import os
import signal
import time
from pathlib import Path

from log import Log
from process import die_with_parent, kill_group, start_time, write_pids


class Processes:
    """`settled(system)` is called whenever a process of the system has ended for good."""

    def __init__(self, options, settled):
        self.options, self.settled, self.pids = options, settled, {}

    async def spawn(self, stdin, request, **output):
        """Starts a process in a session of its own that ends with the supervisor, and notes its id on disk."""
        process = await asyncio.create_subprocess_exec(
            *request["argv"], stdin=stdin, cwd=request["cwd"], env=request["env"],
            start_new_session=True, preexec_fn=die_with_parent, **output,
        )  # fmt: skip
        self.pids[process.pid] = start_time(process.pid)
        write_pids(Path(self.options.pids), self.pids)
        return process

    def forget(self, pid):
        kill_group(pid, signal.SIGKILL)  # whatever it left behind in its group
        self.pids.pop(pid, None)
        write_pids(Path(self.options.pids), self.pids)

    def start(self, system, instance):
        instance.task = asyncio.ensure_future(self.keep(system, instance))

    async def run_once(self, system, instance):
        """Runs the process to its end; its exit code, or 127 when it could not be started."""
        argv = instance.argv + (instance.hold if instance.role == "standby" else [])
        reader, writer = os.pipe()
        instance.started = time.monotonic()
        log = instance.log = Log(**system.log)
        await asyncio.get_running_loop().connect_read_pipe(lambda: log, os.fdopen(reader, "rb"))
        try:
            request = {"argv": argv, "cwd": instance.cwd, "env": instance.env}
            process = await self.spawn(system.listener, request, stdout=writer, stderr=writer)
        except OSError as error:
            log.write(f"could not be started: {error}\n".encode())
            return 127
        finally:
            os.close(writer)
        instance.pid = process.pid
        code = await process.wait()
        self.forget(process.pid)
        instance.pid = None
        with contextlib.suppress(FileNotFoundError):
            os.unlink(instance.socket)
        return code

    async def keep(self, system, instance):
        """The life of an instance: restarted with back-off once it was committed, given up after too many crashes."""
        while True:
            instance.exit = await self.run_once(system, instance)
            if instance.role == "draining" or instance.owner is not None:
                break
            stable = time.monotonic() - instance.started >= self.options.stable
            instance.failures = 1 if stable else instance.failures + 1
            if instance.failures > self.options.give_up:
                instance.role = "failed"
                self.settled(system)
                return
            instance.role = "waiting"
            await asyncio.sleep(min(self.options.backoff * 2 ** (instance.failures - 1), 30))
            instance.role, instance.restarts = "serving", instance.restarts + 1
        if instance.role == "draining":
            del system.instances[instance.number]
        else:
            instance.role = "gone"
        self.settled(system)

    def retire(self, system, instance, number):
        """Ends an instance: by signal when it runs (SIGKILL after the grace), at once when it does not."""
        instance.owner = None
        if instance.role in ("waiting", "failed", "gone"):
            instance.task.cancel()
            system.instances.pop(instance.number, None)
            self.settled(system)
        elif instance.role != "draining" or number != signal.SIGUSR1:
            instance.role = "draining"
            instance.ending = asyncio.ensure_future(self.end(instance, number))

    async def end(self, instance, number):
        while instance.pid is None and not instance.task.done():  # caught between fork and exec
            await asyncio.sleep(0.01)
        pid = instance.pid
        if pid is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(instance.task), self.options.grace)
            return
        kill_group(pid, signal.SIGKILL)
