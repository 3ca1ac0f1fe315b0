"""The supervisor's state and its requests."""

import asyncio
import json
import os
import signal
import socket

from instance import Instance, System
from process import kill_group
from processes import Processes

PROTOCOL = 1


class Refused(Exception):
    """A request that cannot be carried out; its code goes back to the caller."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class Supervisor:
    def __init__(self, options):
        self.options = options
        self.systems, self.locks = {}, {}
        self.processes = Processes(options, self.settle)
        self.connections, self.number = set(), 0
        self.ended, self.closing = asyncio.Event(), None

    def settle(self, system):
        """Closes the socket of a system that nobody serves, forgets one that nobody holds, ends when idle."""
        alive = [one for one in system.instances.values() if one.role not in ("gone", "failed")]
        if not alive and not system.users and system.listener:
            system.listener.close()
            system.listener = None
        if not system.instances and not system.users and self.systems.get(system.name) is system:
            del self.systems[system.name]
        self.end_when_idle()

    def end_when_idle(self):
        def look():
            if not self.systems and not self.connections:
                self.ended.set()

        asyncio.get_running_loop().call_later(self.options.linger, look)

    async def over(self):
        await self.ended.wait()
        if self.closing or not self.connections:
            return True
        self.ended.clear()
        return False

    # requests

    def find(self, request):
        system = self.systems.get(request["system"])
        if not system:
            raise Refused("unknown-system", "the system is not supervised")
        if "instance" not in request:
            return system, None
        instance = system.instances.get(request["instance"])
        if not instance:
            raise Refused("unknown-instance", "the process is not there any more")
        return system, instance

    async def do_hello(self, _request, _connection):
        return {"pid": os.getpid(), "protocol": PROTOCOL}

    async def do_list(self, _request, _connection):
        return {
            "systems": {
                name: {
                    "port": system.listener.getsockname()[1] if system.listener else None,
                    "instances": [instance.view() for instance in system.instances.values()],
                }
                for name, system in self.systems.items()
            }
        }

    async def do_lock(self, request, connection):
        lock = self.locks.setdefault(request["system"], asyncio.Lock())
        await lock.acquire()
        connection["locks"].append(lock)
        return {}

    async def do_listen(self, request, connection):
        system = self.systems.get(request["system"])
        if not system or not system.listener:
            found = socket.getaddrinfo(request["host"], request["port"], type=socket.SOCK_STREAM)
            family, kind, _, _, address = found[0]
            listener = socket.socket(family, kind)
            try:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                listener.bind(address)
                listener.listen(1024)
                listener.setblocking(False)
            except OSError as error:
                listener.close()
                raise Refused("port-taken", error.strerror or "cannot listen") from error
            if system:
                system.listener = listener
            else:
                system = self.systems[request["system"]] = System(request["system"], listener, request["log"])
        system.users.add(id(connection))
        return {"port": system.listener.getsockname()[1]}

    async def do_last(self, request, _connection):
        """The last lines that one process printed, oldest first."""
        _, instance = self.find(request)
        lines = instance.log.last if instance.log else []
        return {"lines": [line.decode(errors="replace") for line in lines]}

    async def do_start(self, request, connection):
        system, _ = self.find({"system": request["system"]})
        self.number += 1
        instance = system.instances[self.number] = Instance(self.number, request, id(connection))
        self.processes.start(system, instance)
        return {"instance": instance.number}

    async def do_serve(self, request, _connection):
        _, instance = self.find(request)
        if instance.role != "standby" or not instance.pid:
            raise Refused("not-standby", f"the process is {instance.role}")
        os.kill(instance.pid, signal.SIGUSR2)
        instance.role = "serving"
        return {}

    async def do_commit(self, request, _connection):
        system, instance = self.find(request)
        if instance.role != "serving":
            raise Refused("not-serving", f"the process is {instance.role}")
        instance.owner = None
        for other in list(system.instances.values()):
            if other is not instance:
                self.processes.retire(system, other, signal.SIGUSR1)
        return {}

    async def do_discard(self, request, _connection):
        system, instance = self.find(request)
        self.processes.retire(system, instance, signal.SIGUSR1 if instance.role == "serving" else signal.SIGTERM)
        return {}

    async def do_run(self, request, connection):
        """Runs a command to its end; its exit code and the end of what it printed."""
        output = bytearray()
        process = await self.processes.spawn(
            asyncio.subprocess.DEVNULL, request, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
        connection["commands"].add(process)

        async def read():
            while data := await process.stdout.read(65536):
                output.extend(data)
                del output[:-65536]
            return await process.wait()

        try:
            code = await asyncio.wait_for(read(), request["seconds"])
        except TimeoutError:
            kill_group(process.pid, signal.SIGKILL)
            code = None
            await process.wait()
        finally:
            connection["commands"].discard(process)
            self.processes.forget(process.pid)
        return {"code": code, "output": output.decode(errors="replace")}

    async def do_stop(self, request, _connection):
        system = self.systems.get(request["system"])
        if system:
            instances = list(system.instances.values())
            for one in instances:
                self.processes.retire(system, one, signal.SIGTERM)
            if instances:  # wait, not gather: who asked may go away, and the processes must still be seen to their end
                await asyncio.wait([one.task for one in instances])
            self.settle(system)
        return {}

    async def do_shutdown(self, _request, _connection):
        if not self.closing:
            self.closing = asyncio.ensure_future(self.shut_down())
        await asyncio.shield(self.closing)
        return {}

    async def shut_down(self):
        await asyncio.gather(*(self.do_stop({"system": name}, None) for name in list(self.systems)))
        self.ended.set()

    async def answer(self, line, connection):
        try:
            request = json.loads(line)
            if self.closing:
                raise Refused("closing", "the supervisor is ending")
            handler = getattr(self, f"do_{request['do']}", None)
            if not handler:
                raise Refused("unknown-request", "no such request")
            return {"ok": True, **await handler(request, connection)}
        except Refused as error:
            return {"ok": False, "code": error.code, "message": str(error)}
        except (ValueError, KeyError, TypeError, OSError) as error:
            return {"ok": False, "code": "bad-request", "message": f"{type(error).__name__}: {error}"}

    async def serve_connection(self, reader, writer):
        connection = {"locks": [], "commands": set()}
        self.connections.add(id(connection))
        pending = line = None
        try:
            while True:
                line = line or asyncio.ensure_future(reader.readline())
                if pending:  # a request runs: its answer or the end of the connection, whichever comes first
                    await asyncio.wait({line, pending}, return_when=asyncio.FIRST_COMPLETED)
                    if not pending.done():
                        break  # a caller has one request at a time, so this is the end of the connection
                    writer.write(json.dumps(pending.result()).encode() + b"\n")
                    await writer.drain()
                    pending = None
                data = await line
                line = None
                if not data:
                    break
                pending = asyncio.ensure_future(self.answer(data, connection))
        except (ConnectionError, ValueError):
            pass
        finally:
            if line:
                line.cancel()
            await self.let_go(connection, pending)
            writer.close()

    async def let_go(self, connection, pending):
        """The connection has ended: undo what it began and did not commit, then let the next one in."""
        for process in connection["commands"]:
            kill_group(process.pid, signal.SIGKILL)
        if pending and not pending.done():
            if not connection["commands"]:
                pending.cancel()
            await asyncio.gather(pending, return_exceptions=True)
        for system in list(self.systems.values()):
            system.users.discard(id(connection))
            for instance in list(system.instances.values()):
                if instance.owner == id(connection):
                    served = instance.role == "serving"
                    self.processes.retire(system, instance, signal.SIGUSR1 if served else signal.SIGTERM)
            self.settle(system)
        for lock in connection["locks"]:
            lock.release()
        self.connections.discard(id(connection))
        self.end_when_idle()
