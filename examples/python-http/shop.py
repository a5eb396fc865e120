"""A small shop with Python's own http.server. SHOP_REPAIRED=1 starts it without its flaws; README.md lists them."""

import hashlib
import hmac
import os
import re
import secrets
import time
from html import escape
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

REPAIRED = os.environ.get("SHOP_REPAIRED") == "1"
IDLE_SECONDS = float(os.environ.get("SHOP_IDLE", "900"))


def hash_of(password, salt):
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 60_000)


def account(password):
    salt = secrets.token_bytes(16)
    return {"salt": salt, "hash": hash_of(password, salt), "nickname": "new here"}


USERS = {
    "alice": account(os.environ.get("SHOP_ALICE_PASSWORD", "rabbit-hole-7")),
    "mallory": account(os.environ.get("SHOP_MALLORY_PASSWORD", "look-at-me-9")),
}
DECOY = account(secrets.token_hex())
SESSIONS = {}


def password_is_right(name, password):
    user = USERS.get(name)
    # FLAW 1: nothing is hashed for a name that nobody has, so the answer is faster.
    if user is None and not REPAIRED:
        return False
    checked = user or DECOY
    return hmac.compare_digest(hash_of(password, checked["salt"]), checked["hash"]) and user is not None


class Shop(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # One packet for an answer: two would wait for the acknowledgment of the first.
    wbufsize = -1

    def log_message(self, *_):
        pass

    def start_session(self, sid=None):
        self.sid = sid or secrets.token_hex(16)
        SESSIONS[self.sid] = {"user": None, "used": time.monotonic(), "csrf": secrets.token_hex(16)}
        # FLAW 2: no HttpOnly.
        http_only = "; HttpOnly" if REPAIRED else ""
        self.cookies.append(f"shopid={self.sid}; Path=/; SameSite=Strict{http_only}")

    def open_session(self):
        url = urlsplit(self.path)
        self.query = parse_qs(url.query)
        self.cookies = []
        cookie = SimpleCookie(self.headers.get("Cookie", "")).get("shopid")
        given = cookie.value if cookie else None
        # FLAW 3: the id is taken from the address, too.
        if given is None and not REPAIRED:
            given = self.query.get("sid", [None])[0]
        record = SESSIONS.get(given)
        # FLAW 4: a session never ends by itself.
        if record and REPAIRED and time.monotonic() - record["used"] > IDLE_SECONDS:
            del SESSIONS[given]
            record = None
        if record:
            self.sid = given
            record["used"] = time.monotonic()
        else:
            # FLAW 5: an id that nobody gave out is adopted.
            self.start_session(given if not REPAIRED else None)
        self.record = SESSIONS[self.sid]
        return url.path

    def answer(self, status, body="", location=None):
        page = f"<!doctype html><title>Shop</title>{body}".encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.send_header("Cache-Control", "no-store")
        if location:
            self.send_header("Location", location)
        for cookie in self.cookies:
            self.send_header("Set-Cookie", cookie)
        self.end_headers()
        self.wfile.write(page)

    def do_GET(self):
        path = self.open_session()
        name = self.record["user"]
        token = f'<input type="hidden" name="csrf" value="{self.record["csrf"]}">'
        if path == "/":
            self.answer(200, '<a href="/login">Log in</a>')
        elif path == "/login":
            fields = '<input name="name"><input name="password" type="password"><button>Log in</button>'
            self.answer(200, f'<form method="post">{token}{fields}</form>')
        elif path == "/account" and name:
            # FLAW 6: a link carries the id.
            orders = "/account" if REPAIRED else f"/account?sid={self.sid}"
            self.answer(
                200,
                f'<p>You are <b id="who">{name}</b>, called {escape(USERS[name]["nickname"])}.</p>'
                f'<a href="{orders}">Orders</a>'
                f'<form method="post" action="/nickname">{token}<input name="nickname"><button>Change</button></form>'
                f'<form method="post" action="/logout">{token}<button>Log out</button></form>',
            )
        elif path == "/account":
            self.answer(303, location="/login")
        else:
            self.answer(404, "<p>There is no such page.</p>")

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        form = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
        path = self.open_session()
        if not hmac.compare_digest(form.get("csrf", ""), self.record["csrf"]):
            self.answer(403, "<p>This form is not from this shop.</p>")
        elif path == "/login":
            name = form.get("name", "")
            if not password_is_right(name, form.get("password", "")):
                self.answer(401, "<p>The name or the password is wrong.</p>")
                return
            # FLAW 7: the id from before the login stays.
            if REPAIRED:
                del SESSIONS[self.sid]
                self.start_session()
            SESSIONS[self.sid]["user"] = name
            self.answer(303, location="/account")
        elif path == "/nickname" and self.record["user"]:
            USERS[self.record["user"]]["nickname"] = re.sub(r"[^\w ]", "", form.get("nickname", ""))[:40]
            self.answer(303, location="/account")
        elif path == "/logout":
            SESSIONS.pop(self.sid, None)
            self.cookies.append("shopid=; Path=/; Max-Age=0")
            self.answer(303, location="/")
        else:
            self.answer(303, location="/login")


server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8084"))), Shop)
print(f"listening on {server.server_port}", flush=True)
server.serve_forever()
