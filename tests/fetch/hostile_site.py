"""A web site that answers with whatever bytes a test wants, and kinds of hostile answers drawn from a seed."""

from __future__ import annotations

import gzip
import random
import socketserver
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n%%EOF\n"
MOST = 2_000_000  # bytes of one answer

Answer = Callable[[random.Random, str], bytes]  # draws, and the site's address


class RawSite:
    """A site on loopback: whole answers by path, and which paths were asked for."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.address = ""

    def answer(self, path: str) -> bytes:
        """Return the bytes to send; nothing is there unless a test puts it there."""
        self.asked.append(path)
        return self.answers.get(path, reply(b"", "404 Not Found"))


@contextmanager
def raw_site() -> Iterator[RawSite]:
    """Run a site."""
    site = RawSite()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            path = self.rfile.readline().split(b" ")[1].decode()
            while self.rfile.readline().strip():
                pass
            with suppress(OSError):  # the visitor has had enough
                self.wfile.write(site.answer(path))

    socketserver.ThreadingTCPServer.daemon_threads = True
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        site.address = f"http://127.0.0.1:{server.server_address[1]}"
        yield site
        server.shutdown()


def reply(body: bytes, status: str = "200 OK", *headers: str, length: int | None = None) -> bytes:
    """Return a whole answer, its length told rightly unless another is given."""
    told = (f"Content-Length: {len(body) if length is None else length}",) if length != -1 else ()
    return "\r\n".join([f"HTTP/1.1 {status}", "Connection: close", *told, *headers, "", ""]).encode("latin-1") + body


def of_type(kind: str) -> str:
    return f"Content-Type: {kind}"


AS_PDF = of_type("application/pdf")


def cut(rng: random.Random, _: str) -> bytes:
    return reply(PDF[: rng.randrange(5, len(PDF) - 10)], "200 OK", AS_PDF, length=rng.choice((-1, len(PDF), 7)))


def cut_where_a_first_part_ends(_: random.Random, __: str) -> bytes:
    linear = b"%PDF-1.7\n1 0 obj << /Linearized 1 /L 99999 /H [1 2] >> endobj\n%%EOF\n" + bytes(300)
    return reply(linear, "200 OK", AS_PDF, length=-1)


def wrong_length(rng: random.Random, _: str) -> bytes:
    number = rng.choice((str(len(PDF) + 100), "-1", "9" * 400, "1e3", "²", "10, 20", "0x10"))
    return reply(PDF, "200 OK", AS_PDF, f"Content-Length: {number}".encode().decode("latin-1"), length=-1)


def other_part(rng: random.Random, _: str) -> bytes:
    place = rng.choice(("bytes 0-9/10", "bytes 5-9/*", "bytes x", "", f"bytes 0-{'9' * 5000}/*", "pages 1-2/3"))
    return reply(PDF[5:], "206 Partial Content", AS_PDF, f"Content-Range: {place}")


@cache
def bombs() -> tuple[bytes, bytes]:
    """Fifty megabytes squeezed by gzip and by zlib."""
    return gzip.compress(b"%PDF-" + bytes(50_000_000)), zlib.compress(bytes(50_000_000))


def packed(rng: random.Random, _: str) -> bytes:
    gzipped, deflated = bombs()
    coding, body = rng.choice(
        [
            ("gzip", gzipped),
            ("gzip, gzip, gzip", gzip.compress(gzip.compress(gzipped))),
            ("gzip", PDF),
            ("gzip", gzip.compress(PDF)[:-9]),
            ("deflate", deflated),
            ("br", b"\x8b\x02\x80"),
            ("zstd", PDF),
            ("x-é", PDF),
        ]
    )
    return reply(body, "200 OK", AS_PDF, f"Content-Encoding: {coding}")


def redirected(rng: random.Random, site: str) -> bytes:
    port = site.rpartition(":")[2]
    hosts = ("127.0.0.2", "[::1]", "2130706433", "0177.0.0.1", "0x7f.1", "127.1", "[::ffff:127.0.0.1]", "0.0.0.0")
    odd = ("http://[bad", "//", "file:///etc/passwd", "javascript:x", "http://x y/", "\xe9://", "http://" + "a" * 9_000,
           f"http://127.0.0.1:{port}@127.0.0.3/", f"http://127.0.0.1:{port}\\@127.0.0.3/", "data:application/pdf,x",
           "http://127.0.0.1:99999/", "/a.pdf", "ftp://127.0.0.1/a.pdf", "http://\xe2\x91\xa0.example/")  # fmt: skip
    target = rng.choice((*(f"http://{host}:{port}/secret.pdf" for host in hosts), *odd))
    return reply(b"", rng.choice(("301 Moved", "302 Found", "307 x", "308 x")), f"Location: {target}")


def no_http(rng: random.Random, _: str) -> bytes:
    return rng.choice(
        (b"", PDF, b"<html>HTTP/0.9", b"HTTP/9.9 200\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", rng.randbytes(999))
    )


def header_flood(rng: random.Random, _: str) -> bytes:
    return b"HTTP/1.1 200 OK\r\n" + rng.choice((b"X: y\r\n" * 100_000, b"X: " + b"y" * MOST, b"X" * MOST, b"\r\n" * 99))


def endless_continue(_: random.Random, __: str) -> bytes:
    return b"HTTP/1.1 100 Continue\r\n\r\n" * 1_000 + b"HTTP/1.1 103 Early\r\n\r\n" * 1_000


def odd_headers(rng: random.Random, _: str) -> bytes:
    marks = ('"\xe9"', "W/", '"' + "x" * 5_000 + '"', "\x7f", "Mon, 99 Foo 0000")
    more = (
        f"ETag: {rng.choice(marks)}",
        f"Last-Modified: {rng.choice(marks)}",
        "Set-Cookie: \xff=;;;",
        "Retry-After: \xb2",
    )
    return reply(
        PDF, rng.choice(("200 OK", "503 x", "429 x", "599 x", "999 x", "304 x", "204 x", "418 x")), AS_PDF, *more
    )


def other_kind(rng: random.Random, _: str) -> bytes:
    bodies = (
        b"<html>no PDF</html>",
        b"",
        b"%PDF-",
        b"%PDF-1.7 without end" * 99,
        b"\0" * 5_000,
        b"PK\x03\x04" + PDF[9:],
    )
    kind = rng.choice(("application/pdf", "text/html; charset=\xe9", "x" * 3_000, "", "APPLICATION/PDF;;;"))
    return reply(rng.choice(bodies), "200 OK", of_type(kind))


def chunked(rng: random.Random, _: str) -> bytes:
    chunks = (
        b"5\r\n%PDF-\r\nzz\r\n",
        b"ffffffffffffffff\r\nx",
        b"-1\r\nx",
        b"5;" + b"e" * 90_000 + b"\r\n%PDF-",
        b"0\r\n\r\n",
    )
    return reply(rng.choice(chunks), "200 OK", AS_PDF, "Transfer-Encoding: chunked", length=-1)


def too_large(rng: random.Random, _: str) -> bytes:
    return reply(b"%PDF-" + bytes(MOST), "200 OK", AS_PDF, length=rng.choice((-1, 5, 10**14, MOST + 5)))


FILES: tuple[Answer, ...] = (
    *(cut, cut_where_a_first_part_ends, wrong_length, other_part, packed, redirected, no_http, header_flood),
    *(endless_continue, odd_headers, other_kind, chunked, too_large),
)
DRAWN = tuple(answer for answer in FILES if answer not in (cut_where_a_first_part_ends, endless_continue))


def odd_page(rng: random.Random, _: str) -> bytes:
    charset = rng.choice(("klingon", "\xe9", "hex", "utf-7", "utf-16", "undefined", "x" * 2_000))
    bodies = (
        b"<a href='http://[bad'>Kent</a>" * 50,
        b"<div>" * 50_000 + b"<a href=peel-kent.pdf>Kent Police</a>",
        b"<a href=x>" * 90_000,
        b"&#xD800;&#0;<a href='&#0;peel-kent.pdf'>Kent",
        "<a href='/\u62a5\u544a-peel-kent.pdf'>Kent Police".encode("utf-16"),
        b"<base href='http://127.0.0.2/'><a href='peel-kent.pdf'>Kent Police",
        b"<a href='http://127.0.0.2/peel-kent.pdf'>Kent Police</a><a href='//127.1/peel-kent.pdf'>Kent Police",
        b"<a href='/publications/kent-peel/'>Kent Police</a>" * 99,
        rng.randbytes(9_000),
    )
    return reply(rng.choice(bodies), "200 OK", f"Content-Type: text/html; charset={charset}")


def odd_robots(rng: random.Random, _: str) -> bytes:
    rules = (
        b"User-agent: *\nCrawl-delay: 100000\n",
        b"User-agent: *\nCrawl-delay: inf\n",
        b"User-agent: *\nCrawl-delay: nan\nCrawl-delay: -5\n",
        b"User-agent: *\nDisallow: /" + b"*a" * 3_000 + b"$\n",
        b"User-agent: *\nDisallow: /x\n" * 60_000,
        b"\xff\xfe\0" * 999,
        b"User-agent: *\nDisallow: /\n",
    )
    return reply(rng.choice(rules))
