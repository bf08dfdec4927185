"""The same run on a cluster: a real scheduler and two workers, each a process of its own."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import stand_in
from cluster import Cluster, cluster_in

from extractor import cli
from extractor.runs import run
from extractor.runs.children import Limits
from extractor.runs.results import Result
from extractor.runs.run import extract_many
from extractor.tables.read import read_rows

pytest.importorskip("distributed", reason="needs the extra [dask]")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Start a scheduler and two workers on loopback."""
    with cluster_in(tmp_path_factory.mktemp("cluster")) as cluster:
        yield cluster


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Nine reports, two of one inspection and one that crashes its process."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(7):
        (folder / f"r{number}.pdf").write_text(f"id 2016-effectiveness-f{number}\nitem {number}")
    (folder / "again.html").write_text("id 2016-effectiveness-f1\nitem 1")
    (folder / "bad.pdf").write_text("crash")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with its bytes."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_cluster_gives_the_same_bytes_also_when_a_worker_is_killed(
    cluster: Cluster, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "extract_task", stand_in.extract)
    monkeypatch.setattr(run, "rules_version", lambda _root: stand_in.RULES.version)
    limits = Limits(seconds=30)
    extract_many([reports], tmp_path / "local", workers=2, limits=limits)

    def kill_once(_result: Result) -> None:
        if cluster.mortal.poll() is None:
            os.killpg(cluster.mortal.pid, signal.SIGKILL)

    tally = extract_many([reports], tmp_path / "cluster", scheduler=cluster.address, limits=limits, on_result=kill_once)
    assert (tally.count("ok"), tally.count("failed"), tally.count("duplicate")) == (7, 1, 1)
    assert [row["code"] for row in read_rows("problems", tmp_path / "cluster")] == ["duplicate_report", "worker_died"]
    assert files(tmp_path / "cluster") == files(tmp_path / "local")
    count = len((tmp_path / stand_in.OPENED).read_text().split())
    (reports / "bad.pdf").unlink()
    assert extract_many([reports], tmp_path / "cluster", scheduler=cluster.address).unchanged == 8
    assert len((tmp_path / stand_in.OPENED).read_text().split()) == count


def test_no_scheduler_is_a_plain_sentence(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("extractor.runs.cluster.TIMEOUT", "0.2s")
    code = cli.main(["extract", str(reports), "--outputs", str(tmp_path / "out"), "--scheduler", "tcp://127.0.0.1:9"])
    assert code == 1
    assert "tcp://127.0.0.1:9: no Dask scheduler answers there" in capsys.readouterr().err
