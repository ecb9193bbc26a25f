"""Hosts as real processes, and what is done to them."""
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
import urllib.request

import setup


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Host:
    """One host with folders of its own. `life` is locked by whoever does something to it."""

    def __init__(self, number, folder, options, database, targets, journal):
        # Of different depth and name: nothing may depend on where the files lie.
        self.number, self.folder = number, os.path.join(folder, f"host{number}", *["deep"] * number)
        self.options, self.database, self.targets, self.journal = options, database, targets, journal
        self.port, self.life, self.process, self._moves = free_port(), threading.Lock(), None, 0
        self.log = os.path.join(folder, f"host{number}.log")
        shutil.copytree(os.path.join(options.host_dir, "plugins", "scim"), os.path.join(self.folder, "plugins", "scim"))
        self.move()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def move(self):
        """Configuration and policies lie elsewhere from the next start on."""
        self._moves += 1
        place = os.path.join(self.folder, f"settings{self._moves}")
        self.config, self.policies = os.path.join(place, "config"), os.path.join(place, *["rules"] * self._moves)
        setup.write_configuration(self.config, self.targets)
        setup.write_policy(self.policies)

    def start(self):
        command = [os.path.join(self.options.host_dir, "provisioning"), "run", "--config", self.config, "--policies", self.policies,
                   "--plugins", os.path.join(self.folder, "plugins"), "--data", os.path.join(self.folder, "data"), "--urls", self.url]
        if self.database:
            command += ["--database", self.database]
        if self.options.same_name:
            command = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc", "--uts", "sh", "-c", 'hostname twin && exec "$@"', "sh", *command]
        environment = {**os.environ, "DOTNET_EnableDiagnostics": "0", **{f"{k.upper()}_TOKEN": v for k, v in setup.TOKENS.items()}}
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=environment)

    def answers(self):
        try:
            with urllib.request.urlopen(self.url + "/health/live", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def wait(self, seconds=120):
        """Until it answers. A host that ends by itself is started again, as a service manager does; one that calls that success is not."""
        end = time.monotonic() + seconds
        while not self.answers():
            self.revive()
            if time.monotonic() > end:
                raise RuntimeError(f"host {self.number} does not answer: {self.log}")
            time.sleep(0.1)

    def revive(self):
        code = self.process.poll()
        if code is None:
            return
        self.journal.count("hosts that ended by themselves")
        self.journal.note("ended", host=self.number, code=code)
        if code == 0:
            self.journal.fail("ended with success", f"host {self.number} ended by itself with exit code 0: {self.log}")
        self.start()

    def pid(self):
        """The host's own process: below unshare, where that is between."""
        pid = self.process.pid
        if self.options.same_name:
            with open(f"/proc/{pid}/task/{pid}/children") as file:
                children = file.read().split()
            return int(children[0]) if children else pid
        return pid

    def signal(self, number):
        if self.process and self.process.poll() is None:
            os.kill(self.pid(), number)

    def kill(self):
        self.signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if not self.process or self.process.poll() is not None:
            return
        self.signal(signal.SIGCONT)
        self.signal(signal.SIGTERM)
        try:
            self.process.wait(40)
        except subprocess.TimeoutExpired:
            self.kill()


class Cluster:
    """All hosts, and since when each was silent."""

    def __init__(self, folder, options, database, targets, journal):
        self.hosts = [Host(i, folder, options, database, targets, journal) for i in range(options.hosts)]

    def start(self):
        for host in self.hosts:
            host.start()
        for host in self.hosts:
            host.wait()

    def stop(self):
        for host in self.hosts:
            if host.process and host.process.poll() is None:
                host.signal(signal.SIGCONT)
                host.kill()
