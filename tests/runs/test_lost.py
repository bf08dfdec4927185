"""What a run leans on goes away while it works: the scheduler, a worker, the object store."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import stand_in
from cluster import cluster_in, kill

from extractor.errors import Unreachable
from extractor.runs import run
from extractor.runs.limits import Limits
from extractor.runs.results import Result
from extractor.runs.run import extract_many
from extractor.tables.read import read_rows

pytest.importorskip("distributed", reason="needs the extra [dask]")
s3fs = pytest.importorskip("s3fs", reason="needs the extra [s3]")
moto_server = pytest.importorskip("moto.server", reason="needs moto")

LIMITS = Limits(seconds=30)


@pytest.fixture(autouse=True)
def plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "extract_task", stand_in.extract)
    monkeypatch.setattr(run, "rules_version", lambda _root: stand_in.RULES.version)


@pytest.fixture(scope="module")
def port() -> int:
    """One port for all tests here: the server of children keeps the variables that it was started with."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
def server(port: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An S3 server on loopback, named by the usual variables; the client tries each thing once."""
    server = moto_server.ThreadedMotoServer("127.0.0.1", port, verbose=False)
    server.start()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_MAX_ATTEMPTS": "1",
    }.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    yield server
    s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


@pytest.fixture
def bucket(server: Any) -> Any:  # noqa: ARG001 - it must run
    """A bucket with eight reports in a folder, two of one inspection."""
    store = s3fs.S3FileSystem()
    if store.exists("papers"):
        store.rm("papers", recursive=True)
    store.mkdir("papers")
    for number in range(7):
        store.pipe_file(f"papers/in/r{number}.pdf", f"id 2016-effectiveness-f{number}\nitem {number}".encode())
    store.pipe_file("papers/in/again.html", b"id 2016-effectiveness-f1\nitem 1\n")
    return store


def objects(store: Any, folder: str) -> dict[str, bytes]:
    """Every object below a folder of the bucket, with its bytes."""
    store.invalidate_cache()
    return {name.removeprefix(folder): store.cat_file(name) for name in store.find(folder)}


@pytest.mark.slow
def test_a_cluster_on_object_storage_gives_the_same_bytes_when_a_worker_is_killed(bucket: Any, tmp_path: Path) -> None:
    extract_many(["s3://papers/in"], "s3://papers/local", workers=2, limits=LIMITS)
    with cluster_in(tmp_path) as cluster:
        tally = extract_many(
            ["s3://papers/in"],
            "s3://papers/cluster",
            scheduler=cluster.address,
            limits=LIMITS,
            on_result=lambda _result: kill(cluster.mortal),
        )
        assert cluster.mortal.poll() is not None
    assert (tally.count("ok"), tally.count("duplicate"), tally.count("failed")) == (7, 1, 0)
    assert objects(bucket, "papers/cluster") == objects(bucket, "papers/local")
    assert len(objects(bucket, "papers/local")) == 7 * 6 + 8


@pytest.mark.slow
def test_a_killed_scheduler_is_named_and_the_next_run_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(12):
        (folder / f"r{number}.pdf").write_text(f"id 2016-effectiveness-f{number}\nitem {number}")
    (tmp_path / "cluster").mkdir()
    words = "start the scheduler and its workers again"
    with cluster_in(tmp_path / "cluster") as cluster, pytest.raises(Unreachable, match=words):
        extract_many(
            [folder],
            tmp_path / "out",
            scheduler=cluster.address,
            limits=LIMITS,
            on_result=lambda _result: kill(cluster.scheduler),
        )
    kept = {row["report_id"] for row in read_rows("reports", tmp_path / "out")}
    assert 0 < len(kept) < 12
    tally = extract_many([folder], tmp_path / "out", workers=1, limits=LIMITS)
    assert (tally.count("ok"), tally.unchanged) == (12, len(kept))


def test_no_object_store_is_a_plain_sentence(bucket: Any, server: Any, tmp_path: Path) -> None:
    bucket.invalidate_cache()
    server.stop()
    try:
        with pytest.raises(Unreachable, match=r"s3://papers/in: the object store does not answer.*AWS_ENDPOINT_URL"):
            extract_many(["s3://papers/in"], tmp_path / "out")
        assert not (tmp_path / "out").exists()
    finally:
        server.start()


@pytest.mark.slow
def test_an_object_store_that_goes_away_costs_only_the_rest(bucket: Any, server: Any) -> None:
    def leave(_result: Result) -> None:
        if not gone:
            gone.append(server.stop())

    gone: list[None] = []
    try:
        with pytest.raises(Unreachable, match="what was finished is kept"):
            extract_many(["s3://papers/in"], "s3://papers/out", workers=1, limits=LIMITS, on_result=leave)
    finally:
        server.start()
    tally = extract_many(["s3://papers/in"], "s3://papers/out", workers=1, limits=LIMITS)
    assert (tally.count("ok"), tally.count("duplicate")) == (7, 1)
    extract_many(["s3://papers/in"], "s3://papers/whole", workers=1, limits=LIMITS)
    assert objects(bucket, "papers/out") == objects(bucket, "papers/whole")
