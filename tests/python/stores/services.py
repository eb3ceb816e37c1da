"""Services that can be taken away: a Redis of one's own, and a way to PostgreSQL that can be cut."""

import contextlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from threading import Thread
from typing import Any

import redis


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


class Redis:
    """A Redis in a process of its own, on a free port."""

    def __init__(self, **settings: str) -> None:
        """Start it, with ``appendonly`` unless told."""
        self.port = free_port()
        self._folder = tempfile.mkdtemp(prefix="hookseal-redis-")
        fixed = {"port": self.port, "bind": "127.0.0.1", "dir": self._folder, "save": "", "appendonly": "yes"}
        self._command = ["redis-server"]
        for name, value in {**fixed, **settings}.items():
            self._command += [f"--{name.replace('_', '-')}", str(value)]
        self.url = f"redis://127.0.0.1:{self.port}"
        self.up()

    def up(self) -> None:
        """Start it, and wait until it answers."""
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        with redis.Redis.from_url(self.url) as client:
            eventually(client.ping)

    def down(self) -> None:
        """End it as a machine that loses its power would."""
        self._process.kill()
        self._process.wait()

    def pause(self) -> None:
        """Stop it in its tracks: connections stay, answers do not come."""
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        self._process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """End it for good."""
        self.down()
        shutil.rmtree(self._folder)


class Way:
    """A port from which bytes are carried to another, until it is cut."""

    def __init__(self, to: int) -> None:
        """Carry to this port."""
        self._to = to
        self._sockets: list[socket.socket] = []
        self.port = free_port()
        self.up()

    def up(self) -> None:
        """Take connections."""
        self._server = socket.create_server(("127.0.0.1", self.port))
        Thread(target=self._accept, args=(self._server,), daemon=True).start()

    def down(self) -> None:
        """Cut those that are there, and take no more."""
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        while self._sockets:
            with contextlib.suppress(OSError):
                self._sockets.pop().shutdown(socket.SHUT_RDWR)

    def _accept(self, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = server.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
                self._sockets += [near, far]
                for ends in ((near, far), (far, near)):
                    Thread(target=self._carry, args=ends, daemon=True).start()

    @staticmethod
    def _carry(source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


def eventually(holds: Callable[[], Any]) -> None:
    """Wait until it holds: 20 s at the most."""
    until = time.monotonic() + 20
    while True:
        with contextlib.suppress(redis.RedisError):
            if holds():
                return
        assert time.monotonic() < until, "not within 20 s"
        time.sleep(0.02)
