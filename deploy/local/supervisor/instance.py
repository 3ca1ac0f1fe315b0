"""What is supervised: systems and the processes that serve them."""

import time


class Instance:
    """One process of a system, over its restarts.

    role: standby (holds the socket, does not accept), serving, draining, waiting (to be restarted), failed, gone.
    owner: the connection that has not committed it yet.
    """

    def __init__(self, number, request, owner):
        self.number, self.owner, self.role = number, owner, "standby"
        self.release, self.argv, self.hold = request["release"], request["argv"], request["hold"]
        self.cwd, self.env, self.socket = request["cwd"], request["env"], request["socket"]
        self.pid = self.exit = self.started = self.task = self.ending = self.log = None
        self.restarts = self.failures = 0

    def view(self):
        uptime = time.monotonic() - self.started if self.pid else None
        return {
            "instance": self.number, "role": self.role, "release": self.release, "pid": self.pid, "uptime": uptime,
            "restarts": self.restarts, "exit": self.exit, "committed": self.owner is None, "socket": self.socket,
        }  # fmt: skip


class System:
    def __init__(self, name, listener, log):
        self.name, self.listener, self.log = name, listener, log
        self.instances, self.users = {}, set()
