"""Inputs and outputs on object storage: a real S3 protocol server on loopback."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pyarrow.parquet as pq
import pytest
import stand_in

import extractor
from extractor import cli
from extractor.errors import Unreachable
from extractor.runs import run
from extractor.runs.run import extract_many
from extractor.tables import storage
from extractor.tables.lookup import report_named
from extractor.tables.read import read_extraction, read_rows

s3fs = pytest.importorskip("s3fs", reason="needs the extra [s3]")
moto_server = pytest.importorskip("moto.server", reason="needs moto")

BUCKET = "s3://reports"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Start the server; its address."""
    server = moto_server.ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def store(server: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A bucket with reports in a folder, reached as a user would: by the usual variables."""
    for name, value in {
        "AWS_ENDPOINT_URL": server,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    store = s3fs.S3FileSystem()
    if store.exists("reports"):
        store.rm("reports", recursive=True)
    store.mkdir("reports")
    store.pipe_file("reports/in/a.pdf", b"id 2016-effectiveness-essex\nitem one")
    store.pipe_file("reports/in/deep/b.HTML", b"id 2016-efficiency-essex\nwarn look")
    store.pipe_file("reports/in/notes.txt", b"not a report")
    monkeypatch.setattr(run, "extract_task", stand_in.extract)
    return store


def test_run_on_object_storage_with_children(store: Any) -> None:
    script = (
        "import sys, stand_in; from extractor.runs import run; run.extract_task = stand_in.extract\n"
        "print(*(result.status for result in run.extract_many([sys.argv[1]], sys.argv[2], workers=1).results))"
    )
    command = [sys.executable, "-c", script, f"{BUCKET}/in", f"{BUCKET}/out"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["ok", "partial"]
    rows = pq.read_table(
        io.BytesIO(store.cat_file("reports/out/findings/2016-effectiveness-essex.parquet"))
    ).to_pylist()
    assert [row["text"] for row in rows] == ["one"]
    extraction = read_extraction(f"{BUCKET}/out", "2016-effectiveness-essex")
    assert extraction is not None
    assert extraction.report.source == f"{BUCKET}/in/a.pdf"
    assert [row["text"] for row in read_rows("findings", f"{BUCKET}/out")] == ["one"]
    assert list(extractor.load("reports", f"{BUCKET}/out").status) == ["ok", "partial"]
    assert report_named("2016-effect", f"{BUCKET}/out") == "2016-effectiveness-essex"
    before = {name: store.cat_file(name) for name in store.find("reports/out")}
    assert extract_many([f"{BUCKET}/in/*.pdf", f"{BUCKET}/in/deep"], f"{BUCKET}/out").unchanged == 2
    store.invalidate_cache()
    assert {name: store.cat_file(name) for name in store.find("reports/out")} == before


def test_the_command_takes_addresses(
    store: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "prepare", lambda _nursery: None)
    monkeypatch.setattr(run, "isolated", lambda work, items, *_: [work(item) for item in items])
    store.pipe_file("reports/in/c.pdf", b"id 2017-efficiency-essex")
    store.pipe_file("reports/in/d.pdf", b"id 2018-efficiency-essex")
    assert cli.main(["extract", f"{BUCKET}/in", "--outputs", f"{BUCKET}/out"]) == 1
    assert f"1 finding (0 flagged) · {BUCKET}/out/problems" in capsys.readouterr().err
    assert len(store.find("reports/out/reports")) == 4
    assert cli.main(["extract", f"{BUCKET}/none", "--outputs", f"{BUCKET}/out"]) == 2


def test_without_the_library_the_address_is_refused_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_where: str) -> None:
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr("fsspec.core.url_to_fs", missing)
    with pytest.raises(Unreachable, match=r"peel-extractor\[s3\]"):
        storage.read_bytes(f"{BUCKET}/x")
