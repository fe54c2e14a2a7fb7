"""Set up and run everything from a clone: ``python3 dev.py demo`` and ``python3 dev.py test``.

Needs Python 3.11 or newer with pip, and nothing else: it uses the standard library only, makes .venv itself,
and installs from the hashed locks in requirements/. Debian may lack ensurepip and refuses installs into the
system; ``venv --without-pip`` with ``pip --python`` needs neither.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
# Called with .venv's own Python, which has no pip, the one it was made from does the installing.
HOST_PYTHON = sys._base_executable if Path(sys.prefix) == VENV else sys.executable  # type: ignore[attr-defined]
STAMP = VENV / "apura-installed.json"
OLDEST_PYTHON = (3, 11)
OLDEST_PIP = (22, 3)

POSTGRES = "postgres://postgres@127.0.0.1:5432/postgres"

DEMO_READY = """
Quatro instituições fictícias estão prontas. Abra o endereço abaixo e entre com um clique: a página de entrada
lista uma pessoa por função. Ou use o e-mail e a senha:
  coordenadora setorial, Goiás     ana@goias.demo.example
  gerente de processos, ALMG       gilda@almg.demo.example
  superintendente, CGE-MT          silas@cge-mt.demo.example
  responsável por NGER, MT         nger@mato-grosso.demo.example
  senha de todos                   demonstracao-apura
"""

HELP = """\
Uso: python3 dev.py COMANDO

  demo     carrega quatro instituições fictícias e serve as páginas (--conferir: prova e para)
  test     verificações (check) e todos os testes; aceita argumentos do pytest
  setup    só prepara o ambiente (.venv e os arquivos das páginas), com o que os testes pedem
  check    estilo, tipos e camadas: ruff, mypy, import-linter
  test-pg  os testes da plataforma no PostgreSQL (DATABASE_URL, ou o desta máquina)
  test-browser  testes das páginas num navegador de verdade (pede o Chromium da máquina)
  test-spark  testes do lote no Spark (pede o Java 17; instala o Spark, 450 MB)
  norms    refaz as páginas geradas: normas (docs/norms/) e quem pode praticar cada ato
  bench    mede desempenho
  run      chama o comando apura: python3 dev.py run normas

In English: "demo" serves four fictitious institutions, "test" runs every check and test. See README.md.
"""


class Stop(Exception):
    """Something is missing that this script cannot supply; the message says what to do."""


def main(arguments: list[str]) -> int:
    """Run one command and give the exit code."""
    if sys.version_info < OLDEST_PYTHON:
        raise Stop(
            "Este projeto pede Python 3.11 ou mais novo, e este é o {}.{}. Instale-o e chame, por exemplo, "
            "“python3.11 dev.py demo”.".format(*sys.version_info[:2])
        )
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command not in COMMANDS:
        if command not in {"", "help", "-h", "--help"}:
            say(f"Comando desconhecido: “{command}”.\n")
        say(HELP)
        return 0 if command in {"help", "-h", "--help"} else 2
    return COMMANDS[command](rest)


# ── the commands ────────────────────────────────────────────────────────────────────────────────────────


def demo(rest: list[str]) -> int:
    """Load the demonstration and serve it; with --conferir, prove that a person gets in, and stop."""
    prepare("runtime")
    prepare_assets()
    surroundings = {"APURA_DEMO": "1", "APURA_DADOS": str(ROOT / "var"), **environment()}
    loaded = subprocess.run([apura_command(), "demo"], env=surroundings, check=False).returncode
    if loaded:
        return loaded
    if "--conferir" in rest:
        return subprocess.run(
            [str(PYTHON), "tools/try_demo.py"], cwd=ROOT, env=surroundings, check=False
        ).returncode
    say(DEMO_READY)
    return subprocess.run([apura_command(), "servir", *rest], env=surroundings, check=False).returncode


def test(rest: list[str]) -> int:
    """Run every check, then every test; further arguments go to pytest."""
    checked = check([])
    say("\n── testes")
    tested = run_tool("pytest", "-n", "2", *rest)
    if checked and not tested:
        say("Os testes passaram, mas alguma verificação acima falhou.")
    return tested or checked


def check(_rest: list[str]) -> int:
    """Run the linters, the type checker and the import layers; all of them, even when one fails."""
    prepare("dev")
    failed = []
    for name, tool, *arguments in (
        ("estilo", "ruff", "check", "."),
        ("formatação", "ruff", "format", "--check", "."),
        ("tipos", "mypy"),
        ("camadas", "lint-imports", "--no-logo"),
    ):
        say(f"── {name}: {tool} {' '.join(arguments)}")
        if run_tool(tool, *arguments):
            failed.append(name)
    if failed:
        say(f"Falharam as verificações: {', '.join(failed)}.")
    return 1 if failed else 0


def setup(_rest: list[str]) -> int:
    """Make the environment the tests need."""
    prepare("dev")
    prepare_assets()
    return 0


def test_pg(rest: list[str]) -> int:
    """Run the platform's tests on PostgreSQL; further arguments go to pytest."""
    prepare("dev")
    surroundings = {"DATABASE_URL": POSTGRES, **environment()}
    command = [str(BIN / "pytest"), "-n", "2", *(rest or ["tests/web"])]
    return subprocess.run(command, cwd=ROOT, env=surroundings, check=False).returncode


def test_browser(rest: list[str]) -> int:
    """Run the tests of the pages in the machine's own Chromium; further arguments go to pytest."""
    prepare("dev")
    prepare_assets()
    if not (os.environ.get("APURA_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")):
        raise Stop(
            "Falta o Chromium. No Debian ou Ubuntu: “apt-get install chromium”. Ou diga onde ele está pela "
            "variável APURA_CHROMIUM. Depois, repita o comando."
        )
    return run_tool(
        "pytest", *(rest if any(not each.startswith("-") for each in rest) else ["tests/browser", *rest])
    )


def test_spark(rest: list[str]) -> int:
    """Run the tests of the bulk calculation on Spark; further arguments go to pytest."""
    if not shutil.which("java"):
        raise Stop(
            "Falta o Java 17. No Debian ou Ubuntu: “apt-get install openjdk-17-jre-headless”. Depois, repita o comando."
        )
    prepare("spark")
    return run_tool("pytest", *(rest or ["tests/spark"]))


def norms(_rest: list[str]) -> int:
    """Write docs/norms/ again from the packs, and the table of permissions from the acts."""
    prepare("dev")
    return run_python("-m", "apura.norms.docs") or run_python("-m", "apura_web.config.acts_page")


def bench(rest: list[str]) -> int:
    """Run the benchmarks; those of the bulk run (``bench lote``) install what it is measured beside."""
    prepare("bench" if rest[:1] == ["lote"] else "dev")
    return run_python("-m", "benchmarks", *rest)


def run(rest: list[str]) -> int:
    """Call the apura command from where the user stands."""
    prepare("runtime")
    return subprocess.run([apura_command(), *rest], env=environment(), check=False).returncode


COMMANDS = {
    "demo": demo,
    "test": test,
    "check": check,
    "test-pg": test_pg,
    "test-browser": test_browser,
    "test-spark": test_spark,
    "setup": setup,
    "norms": norms,
    "bench": bench,
    "run": run,
}


# ── the environment ─────────────────────────────────────────────────────────────────────────────────────


def prepare(lock_name: str) -> None:
    """Bring .venv to what the lock says, doing nothing when it is there already.

    A lock serves where another that holds everything in it was installed.
    """
    works = venv_works()
    installed = read_stamp() if works else {}
    if any(installed == expected_stamp(name) for name in HOLDERS[lock_name]):
        return
    pip = pip_command()
    if not works:
        timed("Criando o ambiente .venv", [HOST_PYTHON, "-m", "venv", "--without-pip", "--clear", str(VENV)])
    STAMP.unlink(missing_ok=True)
    lock = lock_file(lock_name)
    count = sum(line[:1].isalnum() for line in lock.read_text(encoding="utf-8").splitlines())
    timed(
        f"Instalando {count} pacotes de {lock.relative_to(ROOT)} (pode levar alguns minutos)",
        [*pip, "install", *QUIET, "--require-hashes", "-r", str(lock)],
    )
    timed(
        "Instalando o apura", [*pip, "install", *QUIET, "--no-deps", "--no-build-isolation", "-e", str(ROOT)]
    )
    STAMP.write_text(json.dumps(expected_stamp(lock_name)), encoding="utf-8")


def prepare_assets() -> None:
    """Bring the pages' styles, fonts and scripts into the static files, doing nothing when they are there."""
    copy = [str(PYTHON), str(ROOT / "tools" / "assets.py")]
    if not subprocess.run([*copy, "--check"], env=environment(), check=False).returncode:
        return
    if not shutil.which("npm"):
        command = [*pip_command(), "install", *QUIET, "--require-hashes", "-r", str(lock_file("node"))]
        timed("Instalando o Node, que a máquina não tem", command)
    timed("Trazendo estilos, letras e ícones das páginas", copy)


HOLDERS = {
    "runtime": ("runtime", "dev", "spark", "bench"),
    "dev": ("dev", "spark", "bench"),
    "spark": ("spark",),
    "bench": ("bench",),
}
QUIET = ("--quiet", "--no-input", "--no-user", "--disable-pip-version-check", "--no-warn-script-location")


def venv_works() -> bool:
    """Whether .venv holds a Python that starts, knows where it is and is not too old."""
    probe = f"import sys; print(sys.prefix, sys.version_info >= {OLDEST_PYTHON}, sep='|')"
    command = [str(PYTHON), "-c", probe]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, env=environment(), check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return answer.stdout.strip() == f"{VENV}|True"


def expected_stamp(lock_name: str) -> dict[str, str]:
    """Say what an environment made now from a lock would be."""
    return {
        "lock": lock_name,
        "lock_sha256": digest(lock_file(lock_name)),
        "pyproject_sha256": digest(ROOT / "pyproject.toml"),
        "folder": str(VENV),
    }


def read_stamp() -> dict[str, str]:
    """Read what the environment was made from; empty when it was never finished."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def pip_command() -> list[str]:
    """Give the pip that installs into .venv from outside, or say how to get one."""
    command = [HOST_PYTHON, "-m", "pip"]
    answer = subprocess.run([*command, "--version"], capture_output=True, text=True, check=False)
    if answer.returncode:
        raise Stop(
            f"Falta o pip para {HOST_PYTHON}. No Debian ou Ubuntu: “apt-get install python3-pip”. "
            f"Em outros sistemas: “{Path(HOST_PYTHON).name} -m ensurepip”. Depois, repita o comando."
        )
    version = answer.stdout.split()[1]
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST_PIP:
        raise Stop(
            f"O pip é o {version} e este projeto pede o 22.3 ou mais novo. Atualize-o e repita o comando."
        )
    return [*command, "--python", str(PYTHON)]


def lock_file(name: str) -> Path:
    """Give the path of a lock."""
    return ROOT / "requirements" / f"{name}.lock"


def digest(file: Path) -> str:
    """Give the SHA-256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def environment() -> dict[str, str]:
    """Give the caller's variables, less those that would bring another Python's packages into .venv."""
    return {name: value for name, value in os.environ.items() if name not in {"PYTHONHOME", "PYTHONPATH"}}


# ── running things ──────────────────────────────────────────────────────────────────────────────────────


def timed(what: str, command: list[str]) -> None:
    """Run a step of the preparation, say how long it took; when it fails, show what it printed and stop."""
    say(f"{what} … ", end="")
    start = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise Stop(
            f"falhou.\n\n{done.stdout}\n"
            f"A mensagem acima é do programa chamado (código {done.returncode}). Se ela fala de conexão\n"
            "ou de versão não encontrada, confira a rede, o proxy e o índice de pacotes que o pip usa\n"
            "(“python3 -m pip config list”). Depois, repita o comando."
        )
    say(f"pronto em {time.monotonic() - start:.0f} s")


def run_tool(tool: str, *arguments: str) -> int:
    """Run a tool of .venv on the clone and give its exit code."""
    return subprocess.run([str(BIN / tool), *arguments], cwd=ROOT, env=environment(), check=False).returncode


def run_python(*arguments: str) -> int:
    """Run the Python of .venv on the clone and give its exit code."""
    return subprocess.run([str(PYTHON), *arguments], cwd=ROOT, env=environment(), check=False).returncode


def apura_command() -> str:
    """Give the path of the apura command."""
    return str(BIN / "apura")


def say(text: str, end: str = "\n") -> None:
    """Print at once, so that lines come before those of the programs called."""
    print(text, end=end, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        say(str(stop))
        sys.exit(1)
    except KeyboardInterrupt:
        say("\nInterrompido.")
        sys.exit(130)
