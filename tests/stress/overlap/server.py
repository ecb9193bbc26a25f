"""The wire of a target: HTTP, with the faults that were planned for a call."""
import json
import socket
import struct
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Call:
    """One request at a target, and what will go wrong with it."""

    def __init__(self, target, method, path, body, connection):
        parsed = urllib.parse.urlsplit(path)
        parts = [urllib.parse.unquote(x) for x in parsed.path.removeprefix("/scim/v2").strip("/").split("/")]
        self.method, self.kind, self.key, self.query, self.body = method, parts[0], parts[1] if len(parts) > 1 else None, parsed.query, body
        self.arrived, self.connection = target.journal.now(), connection
        self.subject = target.subject(method, self.kind, self.key, body)
        self.marker = target.marker(self.kind, self.key, body) if self.subject else None
        self.lag = self.delay = 0.0
        self.late = False
        self.refusal = self.before = self.after = None

    def client_is_gone(self):
        try:
            return self.connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True


class Server:
    def __init__(self, target):
        self._lock, self.busy = threading.Lock(), 0
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def serve(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length)
                if len(body) < length:
                    self.close_connection = True
                    return
                with server.counted():
                    server.serve(target, self, Call(target, self.command, self.path, json.loads(body) if body else None, self.connection))

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = serve

        class Listener(ThreadingHTTPServer):
            daemon_threads, request_queue_size = True, 128

            def handle_error(self, request, client_address):
                pass

        listener = Listener(("127.0.0.1", 0), Handler)
        self.port = listener.server_address[1]
        threading.Thread(target=listener.serve_forever, daemon=True).start()

    def counted(self):
        server = self

        class Counted:
            def __enter__(self):
                with server._lock:
                    server.busy += 1

            def __exit__(self, *_):
                with server._lock:
                    server.busy -= 1

        return Counted()

    def serve(self, target, http, call):
        target.faults.plan(target, call)
        target.begin(call)
        try:
            if call.before:
                return _break(http, call.before)
            if call.refusal:
                return _answer(http, *call.refusal)
            if target.gate:
                target.gate.pass_through(target, call)
            if not _wait(call):
                return _break(http, "lost")
            status, body = target.handle(call)
            if target.gate:
                target.gate.pass_through(target, call, answered=True)
        finally:
            target.end(call)
        if call.after:
            return _break(http, call.after, status, body)
        _answer(http, status, body, {})


def _wait(call):
    """False when the client gave up and the target noticed."""
    end = time.monotonic() + call.delay
    while (left := end - time.monotonic()) > 0:
        time.sleep(min(left, 0.05))
        if not call.late and call.client_is_gone():
            return False
    return True


def _answer(http, status, body, headers):
    data = b"" if body is None else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} -", f"Content-Length: {len(data)}", "Content-Type: application/scim+json", *(f"{k}: {v}" for k, v in headers.items())]
    try:
        http.wfile.write("\r\n".join(lines).encode() + b"\r\n\r\n" + data)
    except OSError:
        http.close_connection = True


def _break(http, how, status=200, body=None):
    """lost: no answer; reset: the connection is torn; half: the answer ends in the middle."""
    http.close_connection = True
    try:
        if how == "half":
            data = json.dumps(body or {}).encode()
            http.wfile.write(f"HTTP/1.1 {status} -\r\nContent-Length: {len(data) + 20}\r\nContent-Type: application/scim+json\r\n\r\n".encode() + data[:len(data) // 2])
        if how == "reset":
            http.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        else:
            http.connection.shutdown(socket.SHUT_RDWR)
        http.connection.close()
    except OSError:
        pass
