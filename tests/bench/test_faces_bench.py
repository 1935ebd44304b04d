"""Whether the bench of the faces can complain at all."""

from __future__ import annotations

import json
import subprocess

import numpy as np
import pytest

pytest.importorskip("cv2")
pytest.importorskip("skimage")

from bench import faces


def test_a_pixel_that_strays_is_seen() -> None:
    before = np.zeros((4, 5, 3), np.uint8)
    after = before.copy()
    allowed = np.zeros((4, 5), np.bool_)
    allowed[1, 1] = True
    after[1, 1] = 200
    assert faces.strayed(before, after, allowed) == 0
    after[2, 3, 1] = 3
    assert faces.strayed(before, after, allowed) == 3


@pytest.mark.parametrize("outside", [0, 1])
def test_it_ends_with_one_if_anything_strayed(
    outside: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {"swap": 0.5, "engines MB": 9, "GaussianBlur": 1, "bilateralFilter": 2, "imports MB": 1}
    row |= {"person share": 0.5, "soft outside": 0, "swap outside": outside}
    done = subprocess.CompletedProcess([], 0, json.dumps(row))
    monkeypatch.setattr(faces.subprocess, "run", lambda *_, **__: done)
    monkeypatch.setattr(faces.sys, "argv", ["bench.faces"])
    with pytest.raises(SystemExit) as ended:
        faces.main()
    assert ended.value.code == outside
    assert "swap" in capsys.readouterr().out
