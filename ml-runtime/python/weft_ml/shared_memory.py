"""Batches in memory that a stream's client has made and this process maps, past the network.

What is read from a slot is not copied: the slot is free again when the last array that looks into
it is gone, also one that a user's code has kept.
"""

from __future__ import annotations

import mmap
import os
from collections import deque
from typing import Any

import pyarrow as pa
import weft_ml_pb2 as pb


class SharedBatches:
    """One stream's side of it; until the client offers memory all batches come and go as ever."""

    def __init__(self) -> None:
        self._segment: _Segment | None = None
        self._state = pb.Sharing.UNKNOWN

    def received(self, frame: pb.Frame, chunk: Any, schema: pa.Schema) -> pa.RecordBatch:
        """The batch of a frame."""
        if frame.HasField("sharing"):
            self._take_over(frame.sharing)
            if frame.sharing.HasField("region") and self._segment is not None:
                return self._segment.read(frame.sharing.region, schema)
        return chunk.data

    def answer(self, batch: pa.RecordBatch) -> tuple[pb.Sharing | None, bool]:
        """What to say beside an answer, and whether its batch is where that says."""
        state, self._state = self._state, pb.Sharing.UNKNOWN
        if self._segment is None:
            return (pb.Sharing(state=state) if state else None), False
        region = self._segment.write(batch)
        said = pb.Sharing(state=state, region=region, free=self._segment.freed())
        return said, region is not None

    def _take_over(self, said: pb.Sharing) -> None:
        if said.HasField("segment"):
            try:
                self._segment = _Segment(said.segment)
                self._state = pb.Sharing.MAPPED
            except OSError:
                # Another machine, another user, or a container of its own.
                self._state = pb.Sharing.REFUSED
        if self._segment is not None:
            self._segment.reuse(said.free)


class _Segment:
    """The mapped file: its first half is the client's to write, the other one ours."""

    def __init__(self, offer: pb.Segment) -> None:
        file = os.open(offer.path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
        try:
            size = int(offer.slot_bytes) * offer.slots
            if os.fstat(file).st_size < size:
                raise OSError(f"'{offer.path}' is shorter than {size} bytes")
            memory = mmap.mmap(file, size)
        finally:
            os.close(file)
        self._slot = int(offer.slot_bytes)
        starts = range(0, size, self._slot)
        self._slots = [pa.py_buffer(memoryview(memory)[s : s + self._slot]) for s in starts]
        self._mine = offer.slots // 2
        self._free = deque(range(self._mine, offer.slots))
        self._read: deque[int] = deque()

    def read(self, region: pb.Region, schema: pa.Schema) -> pa.RecordBatch:
        """A batch that looks into its slot."""
        if region.slot >= self._mine or region.offset + region.bytes > self._slot:
            raise ValueError("a batch lies outside of the shared memory")
        slot = self._slots[region.slot]
        owner = _Reader(slot, self._read, region.slot)
        message = pa.foreign_buffer(slot.address + region.offset, int(region.bytes), owner)
        return pa.ipc.read_record_batch(message, schema)

    def write(self, batch: pa.RecordBatch) -> pb.Region | None:
        """Copies a batch into a free slot; None where there is none, or it is too long."""
        size = pa.ipc.get_record_batch_size(batch)
        if not self._free or size + batch.schema.serialize().size > self._slot:
            return None
        slot = self._free.popleft()
        with pa.FixedSizeBufferWriter(self._slots[slot]) as sink:
            # The schema comes first, which the client has.
            pa.ipc.new_stream(sink, batch.schema).write_batch(batch)
            return pb.Region(slot=slot, offset=sink.tell() - size, bytes=size)

    def freed(self) -> list[int]:
        """The client's slots that nothing here looks into any more, told once."""
        told = []
        while self._read:
            told.append(self._read.popleft())
        return told

    def reuse(self, slots: Any) -> None:
        """The client has read these."""
        self._free.extend(slot for slot in slots if slot >= self._mine)


class _Reader:
    """Who looks into a slot: all arrays of a batch together."""

    def __init__(self, memory: pa.Buffer, read: deque[int], slot: int) -> None:
        self._memory = memory
        self._read = read
        self._slot = slot

    def __del__(self) -> None:
        self._read.append(self._slot)
