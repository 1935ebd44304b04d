"""Answers that are built and compressed once."""

from __future__ import annotations

import gzip
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import brotli
import pytest
from starlette.datastructures import Headers
from starlette.responses import Response

from ui.http.compressed import CompressedAnswers, Kept, accepted, compress

BODY = b"<html>" + b"a page " * 5000


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("gzip, deflate, br", {"gzip", "deflate", "br"}),
        ("br;q=0, GZIP;q=0.5", {"gzip"}),
        ("br;q=0.0,gzip; q=0", set()),
        ("br;q=nonsense", set()),
        ("", set()),
        ("*", {"*"}),
    ],
)
def test_what_an_asker_can_read(header: str, found: set[str]) -> None:
    assert accepted(header) - {""} == found


def test_each_is_sent_what_he_can_read() -> None:
    kept = compress(Response(BODY, media_type="text/html"))
    read = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}
    for header, used in (("gzip, br", "br"), ("gzip", "gzip"), ("br;q=0", ""), ("", "")):
        answer = kept.answer(Headers({"accept-encoding": header}), {}, again=True)
        assert answer.headers.get("content-encoding", "") == used
        assert read[used](bytes(answer.body)) == BODY
        assert answer.headers["content-type"].startswith("text/html")
        assert answer.headers["vary"] == "Accept-Encoding"
        assert int(answer.headers["content-length"]) == len(answer.body)


def test_who_has_it_is_told_so_but_not_of_what_is_one_users() -> None:
    kept = compress(Response(BODY))
    asking = Headers({"if-none-match": f'"other", {kept.etag}'})
    assert kept.answer(asking, {}, again=True).status_code == 304
    whole = kept.answer(asking, {}, again=False)
    assert (whole.status_code, whole.body) == (200, BODY)
    assert "etag" not in whole.headers


def test_forty_at_once_are_built_once_and_failures_not_kept() -> None:
    answers, go, built = CompressedAnswers(), Event(), []

    def make() -> Response:
        go.wait(10)
        built.append(1)
        return Response(BODY)

    with ThreadPoolExecutor(40) as pool:
        found = [pool.submit(answers.get_or_make, "page", make) for _ in range(40)]
        go.set()
        assert all(isinstance(each.result(10), Kept) for each in found)
    assert len(built) == 1
    for _ in range(2):
        failed = answers.get_or_make("login", lambda: Response("no", 401))
        assert isinstance(failed, Response)
    assert answers.get("login") is None


def test_the_longest_unused_goes_first() -> None:
    size = compress(Response(BODY)).size
    answers = CompressedAnswers(most=2 * size)
    for name in ("a", "b"):
        answers.get_or_make(name, lambda: Response(BODY))
    assert answers.get("a")
    answers.get_or_make("c", lambda: Response(BODY))
    assert [answers.get(name) is not None for name in "abc"] == [True, False, True]
