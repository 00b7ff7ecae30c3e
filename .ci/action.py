"""Runs the steps of action.yml as GitHub does, but for the build: action.py PATH_OF_THE_BINARY PAGES.

Annotations have to come out, the exit code of `check`, and SARIF when it is asked for."""

import pathlib
import subprocess
import sys
import tempfile

import yaml

binary, pages = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
action = yaml.safe_load(pathlib.Path("action.yml").read_text())
steps = {step["name"]: step for step in action["runs"]["steps"]}
assert "cargo install --locked" in steps["Build article-lsp"]["run"]


def check(runner: pathlib.Path, **given: str) -> subprocess.CompletedProcess:
    """The step `Check` with the inputs `given` and the defaults of the others."""
    inputs = {name: given.get(name.replace("-", "_"), spec["default"]) for name, spec in action["inputs"].items()}
    step = steps["Check"]
    environment = {"PATH": "/usr/bin:/bin", "RUNNER_TEMP": str(runner)}
    for name, value in step["env"].items():
        environment[name] = inputs[value.removeprefix("${{ inputs.").removesuffix(" }}")]
    # What `shell: bash` stands for.
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(command, env=environment, capture_output=True, text=True)


with tempfile.TemporaryDirectory() as folder:
    runner = pathlib.Path(folder)
    installed = runner / "article-lsp" / "bin" / "article-lsp"
    installed.parent.mkdir(parents=True)
    installed.symlink_to(binary)

    plain = check(runner, paths=pages)
    assert plain.returncode == 1, plain
    assert f"::warning file={pages}/" in plain.stdout, plain.stdout

    sarif = runner / "found.sarif"
    lenient = check(runner, paths=f"{pages}/clean-page.md {pages}", arguments="--exit-zero", sarif_file=str(sarif))
    assert lenient.returncode == 0, lenient
    assert sarif.stat().st_size > 0

    wrong = check(runner, arguments="--no-such-argument")
    assert wrong.returncode == 2, wrong
