"""Starts the system and lets schemathesis compare it with an OpenAPI file: `run-contract.py FILE ARCHITECTURE SCRATCH`.

Only the operations that the blueprint says it serves are compared. The exit code is that of schemathesis.
"""

import json
import os
import re
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path
from typing import Any

import yaml

METHODS = ("get", "post", "put", "patch", "delete")
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
PASSWORD = "a password of the comparison"


def base_of(document: dict[str, Any]) -> str:
    """Return the path of the first server."""
    servers = document.get("servers") or [{"url": ""}]
    path = re.sub(r"^[a-z]+://[^/]*", "", servers[0].get("url", ""), flags=re.I).rstrip("/")
    return path if re.fullmatch(r"(?:/[A-Za-z0-9._-]+)*", path) else ""


def narrowed(document: dict[str, Any], served: set[str], base: str) -> int:
    """Leave only what is served; return how many operations that is."""
    count = 0
    for path, item in list(document["paths"].items()):
        for method in METHODS:
            if method in item and f"{method.upper()} {base}{path.rstrip('/')}" not in served:
                del item[method]
        kept = sum(method in item for method in METHODS)
        count += kept
        if not kept:
            del document["paths"][path]
    return count


def refusing(document: dict[str, Any]) -> int:
    """Let operations refuse what is wrong (4xx) where the file does not say how; return how many that is.

    A file need not mention every refusal, says the specification of OpenAPI, and every server refuses what it cannot read.
    What the file does say of them is compared.
    """
    count = 0
    for item in document["paths"].values():
        for method in METHODS:
            answers = item[method].setdefault("responses", {}) if method in item else {"default": {}}
            if "default" not in answers and "4XX" not in answers:
                answers["4XX"] = {"description": "Refused."}
                count += not {"400", "422"} & {str(status) for status in answers}
    return count


def started() -> tuple[subprocess.Popen[str], str]:
    """Migrate an empty database, start the system, and return its address."""
    subprocess.run([sys.executable, "-m", "runtime.migrate"], check=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "runtime.serve", "--port", "0", "--die-with-parent"], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    for line in process.stdout:
        found = re.search(r"listening on (http:\S+)", line)
        if found:
            # What it logs from now on is read away, or it would wait for that.
            threading.Thread(target=process.stdout.read, daemon=True).start()
            return process, found[1]
    raise SystemExit("the system did not start")


def posted(url: str, body: dict[str, str]) -> dict[str, Any]:
    """Send a body and return the answer."""
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return dict(json.load(answer))


def header_of(url: str, architecture: dict[str, Any]) -> list[str]:
    """Return the options by which requests are sent as somebody who signed up; none where nobody signs in."""
    authn = architecture["policies"].get("authn")
    if not authn:
        return []
    auth = next(each["path"] for each in architecture["expose"] if each["port"] == authn["issuer"])
    person = {"email": "contract@example.com", "password": PASSWORD}
    posted(f"{url}{auth}/register", person)
    answer = posted(f"{url}{auth}/login", person)
    root = architecture.get("http", {}).get("rootKey")
    answer = answer.get(re.sub(r"_(.)", lambda found: found[1].upper(), root), answer.get(root, answer)) if root else answer
    token = answer.get("access_token") or answer["accessToken"]
    http = architecture.get("http", {}).get("token", {"header": "Authorization", "scheme": "Bearer"})
    return ["--header", f"{http['header']}: {http['scheme']} {token}".replace("  ", " ")]


def main(file: str, blueprint: str, scratch: str) -> int:
    """Compare, and return the exit code."""
    document = yaml.safe_load(Path(file).read_text("utf-8"))
    architecture = yaml.safe_load(Path(blueprint).read_text("utf-8"))
    base = base_of(document)
    count = narrowed(document, set(architecture["contract"]["operations"]), base)
    silent = refusing(document)
    process, url = started()
    try:
        document["servers"] = [{"url": f"{url}{base}"}]
        target = Path(scratch) / "contract.json"
        target.write_text(json.dumps(document, default=str), "utf-8")
        command = [str(Path(sys.executable).parent / "schemathesis"), "run", str(target), "--url", f"{url}{base}"]
        options = ["--no-color", "--max-examples", "15", "--phases", "examples,coverage,fuzzing", "--seed", "1"]
        options += ["--suppress-health-check", "all", "--checks", ",".join(CHECKS), *header_of(url, architecture)]
        code = subprocess.run([*command, *options], cwd=scratch, env={**os.environ, "HOME": scratch}, check=False).returncode
    finally:
        process.terminate()
        process.wait(timeout=30)
    print(f"served {count} operations")
    print(f"silent {silent}")
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
