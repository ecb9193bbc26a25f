"""A PostgreSQL server of our own (postgres.sh), behind a door that can be shut."""
import os
import shutil
import socket
import subprocess
import tempfile
import threading

from hosts import free_port

_SCRIPT = os.path.join(os.path.dirname(__file__), "..", "postgres.sh")


class Postgres:
    def __init__(self):
        # Beside the folder of the run, not below: the server runs as another user, who may not enter that one.
        self._folder, self._port = tempfile.mkdtemp(prefix="overlap-pg-"), free_port()
        self._run("start", self._folder, str(self._port))
        self.door = Door(self._port)
        self.database = f"Host=127.0.0.1;Port={self.door.port};Username=postgres;Database=postgres"

    def restart(self):
        """As after a crash: nobody is waited for."""
        self._run("restart", self._folder)

    def stop(self):
        self._run("stop", self._folder)
        shutil.rmtree(self._folder, ignore_errors=True)

    @staticmethod
    def _run(*arguments):
        subprocess.run([_SCRIPT, *arguments], check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)


class Door:
    """Passes connections on to the server, and breaks them when it is told to."""

    def __init__(self, port):
        self._server, self._lock, self._pairs, self._doomed, self._after = port, threading.Lock(), set(), 0, True
        self.lost = 0
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self):
        """Breaks all connections there are."""
        with self._lock:
            pairs = list(self._pairs)
        for pair in pairs:
            _close(*pair)

    def lose_commits(self, count, after=True):
        """The answers to the next commits are lost: after the server carried them out, or before they reach it."""
        with self._lock:
            self._doomed, self._after = count, after

    def _accept(self):
        while True:
            client, _ = self._listener.accept()
            try:
                server = socket.create_connection(("127.0.0.1", self._server))
            except OSError:
                client.close()
                continue
            for x in (client, server):
                x.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            pair, doom = (client, server), threading.Event()
            with self._lock:
                self._pairs.add(pair)
            threading.Thread(target=self._pump, args=(pair, client, server, doom, True), daemon=True).start()
            threading.Thread(target=self._pump, args=(pair, server, client, doom, False), daemon=True).start()

    def _pump(self, pair, source, sink, doom, to_server):
        try:
            while data := source.recv(65536):
                if to_server and b"COMMIT\0" in data and self._is_doomed():
                    if not self._after:
                        break
                    doom.set()
                elif not to_server and doom.is_set():
                    # The server has answered: it is committed, and nobody will hear of it.
                    with self._lock:
                        self.lost += 1
                    break
                sink.sendall(data)
        except OSError:
            pass
        _close(*pair)
        with self._lock:
            self._pairs.discard(pair)

    def _is_doomed(self):
        with self._lock:
            if self._doomed == 0:
                return False
            self._doomed -= 1
            return True


def _close(*sockets):
    for x in sockets:
        try:
            x.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        x.close()
