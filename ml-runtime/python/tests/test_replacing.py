from __future__ import annotations

import weft_ml_pb2 as pb

from weft_ml import replacing


def test_an_endpoint_says_that_memory_ended_the_one_before() -> None:
    new = pb.Endpoint(host="127.0.0.1", port=7, token="t")
    told = replacing.told(new, replacing.OUT_OF_MEMORY)
    assert told.out_of_memory
    assert told.lost == replacing.OUT_OF_MEMORY
    assert (told.host, told.port, told.token) == ("127.0.0.1", 7, "t")


def test_other_ends_are_no_lack_of_memory() -> None:
    for lost in ("", "the actor was killed (SIGKILL), by somebody or for lack of memory"):
        told = replacing.told(pb.Endpoint(port=7), lost)
        assert not told.out_of_memory
        assert told.lost == lost
