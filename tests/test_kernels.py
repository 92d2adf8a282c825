"""Kernels that start at once do not get in each other's way, and leave nothing behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from tools.inputs import ROOT
from tools.kernels import TRANSPORT, Manager
from tools.notebooks import run
from tools.prove import FIRST

pytestmark = pytest.mark.slow
# What the kernel itself says of how it is reached.
ASKED = "from ipykernel.kernelapp import IPKernelApp\nprint(IPKernelApp.instance().transport)"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the folders of kernels are made meanwhile."""
    folder = tmp_path / "t"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    """A notebook of a small project, with what it is to show if its kernel is reached rightly."""
    cell = nbformat.v4.new_code_cell(ASKED, execution_count=1)
    cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text=f"{TRANSPORT}\n")]
    shutil.copy(ROOT / "requirements.txt", tmp_path)
    path = tmp_path / "book" / "asking.ipynb"
    path.parent.mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    return path


def test_a_notebook_is_run_through_files_that_go_with_its_kernel(
    notebook: Path, tmp_path: Path, temporary: Path
) -> None:
    assert run(notebook, tmp_path) is None
    (cell,) = nbformat.read(notebook, as_version=4).cells
    assert cell.outputs[0].text == f"{TRANSPORT}\n"
    assert list(temporary.iterdir()) == []


def test_nbval_compares_notebooks_through_files_that_go_with_their_kernels(
    notebook: Path, temporary: Path
) -> None:
    *options, _ = FIRST["notebooks"]
    result = subprocess.run(
        [sys.executable, "-m", *options, str(notebook)], cwd=ROOT, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stdout
    assert [path.name for path in temporary.iterdir() if path.name.startswith("kernel-")] == []


@pytest.mark.skipif(os.name == "nt", reason="ZeroMQ has no sockets of files there")
def test_kernels_share_no_socket_and_others_may_not_look(temporary: Path) -> None:
    managers = [Manager(), Manager()]
    for manager in managers:
        manager.write_connection_file()
    one, other = [{f"{m.ip}-{port}" for port in m.ports} for m in managers]
    assert len(one) == len(other) == 5
    assert not one & other
    folders = [path for path in temporary.iterdir() if path.is_dir()]
    assert [path.stat().st_mode & 0o777 for path in folders] == [0o700, 0o700]
    for manager in managers:
        manager.cleanup_connection_file()
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="ZeroMQ has no sockets of files there")
def test_a_kernel_that_is_started_again_is_reached_as_before(temporary: Path) -> None:
    manager = Manager()
    manager.start_kernel()
    try:
        manager.restart_kernel(now=True)
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=60)
        client.stop_channels()
    finally:
        manager.shutdown_kernel(now=True)
    assert list(temporary.iterdir()) == []
