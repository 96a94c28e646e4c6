"""The actors that live: one trainer per training, one predictor per model version."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterator
from typing import Any

import weft_ml_pb2 as pb

from weft_ml import replacing
from weft_ml.actor_handles import PredictorHandle, TrainerHandle
from weft_ml.actors import Cluster
from weft_ml.errors import CancelledError, WeftError
from weft_ml.uploads import Uploads

MOST_MODELS = 4
MOST_REMEMBERED = 1000


class Fleet:
    """Gives out actors, keeps warm ones and ends those that nobody needs."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._token = secrets.token_hex(32)
        self._lock = threading.Lock()
        self._uploads = Uploads(cluster)
        self._trainers: dict[str, TrainerHandle] = {}
        self._gpus: OrderedDict[str, float] = OrderedDict()
        self._cancelled: OrderedDict[str, None] = OrderedDict()
        self._spare_trainer: TrainerHandle | None = None
        self._spare_predictor: PredictorHandle | None = None
        self._models: OrderedDict[str, tuple[PredictorHandle, pb.Reply]] = OrderedDict()
        self._opening: dict[str, threading.Lock] = {}

    def begin_upload(self, request: pb.BeginUpload) -> pb.Reply:
        """Where to send the rows of an upload; a trainer starts meanwhile."""
        upload = request.upload
        self._cluster.check_gpus(request.gpus)
        self._prepare_trainer(_of_trainer(request.gpus, request.workers), request.algorithm)
        endpoint = self._uploads.begin(upload, request.lease_seconds)
        with self._lock:
            self._gpus[upload] = request.gpus
            _shorten(self._gpus)
            cancelled = upload in self._cancelled
        if cancelled:
            self._uploads.drop(upload)
            raise CancelledError("the upload was cancelled")
        return pb.Reply(uploads=pb.Uploads(endpoint=endpoint))

    def renew(self, request: pb.Renew) -> pb.Reply:
        """Keeps an upload for another while."""
        self._uploads.renew(request.upload)
        return pb.Reply(done=pb.Done())

    def commit_upload(self, request: pb.CommitUpload) -> pb.Reply:
        """Makes attempts count."""
        self._refuse_cancelled(request.upload)
        return self._uploads.commit(request)

    def train(self, request: pb.Train) -> Iterator[bytes]:
        """The events of a training; a predictor starts beside it, since PREDICT comes next."""
        upload = request.upload
        self._refuse_cancelled(upload)
        sets = self._uploads.sets(upload)
        with self._lock:
            gpus = self._gpus.pop(upload, 0.0)

        own = _of_trainer(gpus, request.workers)

        def start() -> TrainerHandle:
            return self._cluster.trainer(own)

        warm = self._warm_trainer(own) or start()
        trainer, _ = replacing.used(warm, start, TrainerHandle.learn_pid)
        with self._lock:
            self._trainers[upload] = trainer
        self._prepare_predictor()
        try:
            # One that is cancelled from now on loses its trainer.
            self._refuse_cancelled(upload)
            store = self._cluster.store_bytes()
            with self._cluster.placing(request.workers, gpus) as placing:
                yield from trainer.train(request.SerializeToString(), sets, store, placing)
        except WeftError:
            self._drop(upload)
            self._refuse_cancelled(upload)
            raise
        self._retire(upload)

    def cancel(self, request: pb.Cancel) -> pb.Reply:
        """Ends the training of an upload and forgets its rows."""
        with self._lock:
            self._cancelled[request.upload] = None
            _shorten(self._cancelled)
            self._gpus.pop(request.upload, None)
        self._drop(request.upload)
        return pb.Reply(done=pb.Done())

    def open_model(self, request: pb.OpenModel) -> pb.Reply:
        """The endpoints of a model, loaded once."""
        key = f"{request.folder}@{request.version}"
        with self._lock:
            opening = self._opening.setdefault(key, threading.Lock())
        with opening:
            with self._lock:
                known = self._models.get(key)
            lost = "" if known is None else known[0].lost()
            if known is not None and lost is None:
                with self._lock:
                    self._models.move_to_end(key)
                return known[1]
            return self._load(key, request, lost or "")

    def export_model(self, request: pb.ExportModel) -> pb.Reply:
        """Writes a model as ONNX."""
        return pb.Reply.FromString(self._cluster.port("export", request.SerializeToString()))

    def import_model(self, request: pb.ImportModel) -> pb.Reply:
        """Makes a model of a file of ONNX."""
        return pb.Reply.FromString(self._cluster.port("take", request.SerializeToString()))

    def stats(self) -> pb.Reply:
        """The actors that live."""
        with self._lock:
            trainers = dict(self._trainers)
            models = dict(self._models)
        actors = [
            pb.Stats.Actor(role="trainer", name=name, pid=handle.pid)
            for name, handle in trainers.items()
        ]
        actors += [
            pb.Stats.Actor(role="predictor", name=name, pid=handle.pid())
            for name, (handle, _) in models.items()
            if handle.alive()
        ]
        found = self._uploads.stats()
        found.actors.extend(actors)
        return pb.Reply(stats=found)

    def _load(self, key: str, request: pb.OpenModel, lost: str) -> pb.Reply:
        with self._lock:
            former = self._models.pop(key, None)
            spare, self._spare_predictor = self._spare_predictor, None
        if former is not None:
            # It does not answer; if it hangs it holds its memory.
            former[0].kill()
        if spare is not None and not spare.alive():
            spare = None

        def start() -> PredictorHandle:
            return self._cluster.predictor(self._token)

        def load(handle: PredictorHandle) -> pb.Reply:
            return pb.Reply.FromString(handle.load(request.SerializeToString()))

        predictor, reply = replacing.used(spare or start(), start, load)
        if reply.WhichOneof("body") == "error":
            predictor.kill()
            return reply
        endpoints = [replacing.told(e, lost) for e in reply.endpoints.endpoints]
        reply = pb.Reply(endpoints=pb.Endpoints(endpoints=endpoints))
        with self._lock:
            self._models[key] = (predictor, reply)
        self._end_idle_models()
        return reply

    def _end_idle_models(self) -> None:
        with self._lock:
            oldest = list(self._models.items())[:-MOST_MODELS]
        for key, (predictor, _) in oldest:
            if predictor.idle():
                with self._lock:
                    self._models.pop(key, None)
                predictor.kill()

    def _prepare_predictor(self) -> None:
        with self._lock:
            if self._spare_predictor is None:
                self._spare_predictor = self._cluster.predictor(self._token)

    def _prepare_trainer(self, gpus: float, algorithm: str) -> None:
        with self._lock:
            spare = self._spare_trainer
        if spare is None or spare.gpus != gpus:
            new = self._cluster.trainer(gpus)
            with self._lock:
                former, self._spare_trainer = self._spare_trainer, new
            if former is not None:
                former.kill()
            spare = new
        spare.prepare(algorithm)

    def _warm_trainer(self, gpus: float) -> TrainerHandle | None:
        with self._lock:
            spare = self._spare_trainer
            if spare is None or spare.gpus != gpus:
                return None
            self._spare_trainer = None
        return spare if spare.alive() else None

    def _retire(self, upload: str) -> None:
        with self._lock:
            trainer = self._trainers.pop(upload, None)
            former, self._spare_trainer = self._spare_trainer, trainer or self._spare_trainer
        if former is not None and former is not trainer and trainer is not None:
            former.kill()
        self._uploads.drop(upload)

    def _drop(self, upload: str) -> None:
        with self._lock:
            trainer = self._trainers.pop(upload, None)
        if trainer is not None:
            trainer.kill()
        self._uploads.drop(upload)

    def _refuse_cancelled(self, upload: str) -> None:
        with self._lock:
            if upload in self._cancelled:
                raise CancelledError("the training was cancelled")


def _of_trainer(gpus: float, workers: int) -> float:
    """The GPUs of a team are its members', who would wait for what the trainer held."""
    return 0.0 if workers > 1 else gpus


def _shorten(remembered: OrderedDict[str, Any]) -> None:
    """Of what only tells late messages from wrong ones, the latest is enough."""
    while len(remembered) > MOST_REMEMBERED:
        remembered.popitem(last=False)
