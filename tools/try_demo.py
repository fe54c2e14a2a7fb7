"""Prove the demonstration: start it, come in as somebody, see the first screen, and stop. Standard library only."""

from __future__ import annotations

import http.cookiejar
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

PORT = 8765
SITE = f"http://127.0.0.1:{PORT}"
LOGIN, PASSWORD = "ana@goias.demo.example", "demonstracao-apura"
PATIENCE = 60  # seconds
BROWSER = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))


def main() -> int:
    """Start, try and stop; 0 when the person got in."""
    apura = Path(sys.executable).parent / "apura"
    server = subprocess.Popen([str(apura), "servir", "--porta", str(PORT)])
    try:
        wait_until_alive()
        page = come_in()
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)
    if "Minhas funções hoje" not in page:
        sys.stderr.write("A pessoa entrou e não viu a primeira tela.\n")
        return 1
    sys.stdout.write(f"{LOGIN} entrou e viu a primeira tela.\n")
    return 0


def wait_until_alive() -> None:
    """Ask until the service answers."""
    last = time.monotonic() + PATIENCE
    while True:
        try:
            BROWSER.open(f"{SITE}/saude", timeout=5).close()
        except OSError:  # not there yet, or so busy starting that it does not answer in time
            if time.monotonic() > last:
                raise
            time.sleep(0.3)
        else:
            return


def come_in() -> str:
    """Sign in as a browser would and give the page that comes after."""
    with BROWSER.open(f"{SITE}/entrar/") as answer:
        form = answer.read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    if token is None:
        raise SystemExit("a página de entrada não trouxe o formulário")
    typed = {"csrfmiddlewaretoken": token[1], "login": LOGIN, "password": PASSWORD}
    with BROWSER.open(f"{SITE}/entrar/", urllib.parse.urlencode(typed).encode()) as answer:
        return str(answer.read().decode())


if __name__ == "__main__":
    sys.exit(main())
