"""A bucket that speaks S3, as far as files need it: signed requests only, objects, parts of them, uploads in parts, lists."""

import datetime as dt
import hashlib
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit


class FakeS3:
    """The server, and what it holds: key -> bytes. While `broken`, it answers 403 to everything."""

    def __init__(self, bucket: str, key_id: str) -> None:
        self.objects: dict[str, bytes] = {}
        self.parts: dict[str, dict[int, bytes]] = {}
        self.broken = False
        self.bucket = bucket
        self.key_id = key_id
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, format: str, *args: object) -> None:
                pass

            def answer(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
                    self.send_header(name, value)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            def begin(self) -> tuple[str, dict[str, list[str]], bytes] | None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                parsed = urlsplit(self.path)
                signed = f"Credential={fake.key_id}/" in self.headers.get("authorization", "")
                if fake.broken or not signed or not parsed.path.startswith(f"/{fake.bucket}"):
                    self.answer(403, b"<Error><Code>AccessDenied</Code></Error>")
                    return None
                key = unquote(parsed.path.removeprefix(f"/{fake.bucket}").removeprefix("/"))
                return key, parse_qs(parsed.query, keep_blank_values=True), body

            def do_PUT(self) -> None:
                if (found := self.begin()) is None:
                    return
                key, query, body = found
                if "partNumber" in query:
                    fake.parts[query["uploadId"][0]][int(query["partNumber"][0])] = body
                else:
                    fake.objects[key] = body
                self.answer(200, headers={"ETag": f'"{hashlib.md5(body).hexdigest()}"'})

            def do_POST(self) -> None:
                if (found := self.begin()) is None:
                    return
                key, query, body = found
                if "delete" in query:
                    keys = re.findall(r"<Key>([^<]+)</Key>", body.decode())
                    for each in keys:
                        fake.objects.pop(each, None)
                    said = "".join(f"<Deleted><Key>{each}</Key></Deleted>" for each in keys)
                    self.answer(200, f"<DeleteResult>{said}</DeleteResult>".encode())
                elif "uploads" in query:
                    upload = f"upload-{len(fake.parts)}"
                    fake.parts[upload] = {}
                    said = (
                        f"<InitiateMultipartUploadResult><UploadId>{upload}</UploadId></InitiateMultipartUploadResult>"
                    )
                    self.answer(200, said.encode())
                else:
                    parts = fake.parts.pop(query["uploadId"][0])
                    fake.objects[key] = b"".join(parts[number] for number in sorted(parts))
                    said = '<CompleteMultipartUploadResult><ETag>"whole"</ETag></CompleteMultipartUploadResult>'
                    self.answer(200, said.encode())

            def do_GET(self) -> None:
                if (found := self.begin()) is None:
                    return
                key, query, _ = found
                if key == "":
                    self.answer(200, fake.listing(query.get("prefix", [""])[0]))
                    return
                content = fake.objects.get(key)
                if content is None:
                    self.answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
                    return
                headers = {"ETag": '"e"', "Last-Modified": "Mon, 01 Jan 2024 00:00:00 GMT"}
                part = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("range", ""))
                if part:
                    first, last = int(part[1]), min(int(part[2]), len(content) - 1)
                    headers["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
                    self.answer(206, content[first : last + 1], headers)
                else:
                    self.answer(200, content, headers)

            do_HEAD = do_GET

            def do_DELETE(self) -> None:
                if (found := self.begin()) is None:
                    return
                fake.objects.pop(found[0], None)
                self.answer(204)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.endpoint = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def listing(self, prefix: str) -> bytes:
        """Return the list of what begins so."""
        then = dt.datetime(2024, 1, 1, tzinfo=dt.UTC).isoformat()
        items = "".join(
            f"<Contents><Key>{key}</Key><LastModified>{then}</LastModified><ETag>e</ETag><Size>{len(body)}</Size></Contents>"
            for key, body in sorted(self.objects.items())
            if key.startswith(prefix)
        )
        return f"<ListBucketResult><IsTruncated>false</IsTruncated>{items}</ListBucketResult>".encode()

    def close(self) -> None:
        """End the server."""
        self._server.shutdown()
        self._server.server_close()
