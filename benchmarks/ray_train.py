"""Times PyTorch on two workers: Weft's team of actors beside Ray Train's TorchTrainer, in turn, on one Ray.

Usage: PYTHON benchmarks/ray_train.py [RUNS] (5 by default), with a Python that has Weft's packages, PyTorch and pydantic,
and after `mvn compile` of ml-runtime. Both learn the same tiny network from the same rows in steps of the same size, and
give its weights back. Each run is from the call to the result; the first of each kind warms up. Then both are cancelled
while they work, as Weft cancels, by killing the actor that called them, and Ray Train also as it is meant to be, by SIGINT.
Needs Linux: it reads /proc.
"""

from __future__ import annotations

import json
import os
import platform
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[1]
FOLDERS = [CHECKOUT / "ml-runtime" / "python", CHECKOUT / "ml-runtime" / "target" / "generated-python"]
sys.path[:0] = [str(folder) for folder in FOLDERS]
os.environ["PYTHONPATH"] = os.pathsep.join(map(str, FOLDERS))
# What Ray Train itself says is a table a second.
os.environ["RAY_TRAIN_ENABLE_PRINT_FUNCTION_PATCH"] = "0"

from weft_ml import cluster, listeners  # noqa: E402
from weft_ml.settings import Settings  # noqa: E402

PRIVATE = Path(tempfile.mkdtemp(prefix="weft-train-", dir="/tmp"))
SETTINGS = Settings(token="", folder=PRIVATE, object_store_bytes=200_000_000)
# Ray reads its environment when it is imported; whoever joins has that of who has started it.
if "--fit" not in sys.argv:
    cluster.prepare_environment(SETTINGS)

import numpy as np  # noqa: E402
import ray  # noqa: E402
import torch  # noqa: E402
from torch import nn  # noqa: E402

from weft_ml.actor_placing import Placing  # noqa: E402
from weft_ml.actor_team import ActorTeam  # noqa: E402
from weft_ml.algorithms import torch_steps  # noqa: E402
from weft_ml.algorithms.rows import Rows  # noqa: E402

ROWS, COLUMNS, BATCH, EPOCHS = 4000, 8, 64, 5
SIZES = (COLUMNS, 32, 16, 1)
OPTIONS = {
    "seed": 7,
    "epochs": EPOCHS,
    "batch_size": BATCH,
    "activation": "relu",
    "dropout": 0.0,
    "optimizer": "adam",
    "learning_rate": 0.01,
    "weight_decay": 0.0,
    "early_stopping_patience": 0,
}


def rows() -> Rows:
    """The same for both."""
    rng = np.random.default_rng(1)
    matrix = rng.normal(size=(ROWS, COLUMNS)).astype(np.float32)
    target = np.tanh(matrix[:, 0] + matrix[:, 1] * matrix[:, 2]).astype(np.float32)
    return Rows(matrix=matrix, target=target, weight=None)


def weft(workers: int, epochs: int = EPOCHS) -> float:
    """The last loss of Weft's team; without workers in this process."""
    told: list[float] = []
    plan = torch_steps.Plan(
        sizes=SIZES,
        classes=0,
        options={**OPTIONS, "epochs": epochs},
        train=rows(),
        held_out=None,
        scale=1.0,
    )
    if not workers:
        torch_steps.train(None, plan, lambda progress: told.append(progress.value or 0.0))
        return told[-1]
    placing = Placing(workers, 0)
    try:
        team = ActorTeam(workers, placing)
        torch_steps.train(team, plan, lambda progress: told.append(progress.value or 0.0))
    finally:
        placing.end()
    return told[-1]


def loop(config: dict[str, Any]) -> None:
    """What Ray Train runs in each worker: its documentation's loop, with our order of rows."""
    import ray.train
    from ray.train.torch import prepare_model

    context = ray.train.get_context()
    rank, workers = context.get_world_rank(), context.get_world_size()
    torch.manual_seed(7)
    parts: list[nn.Module] = []
    for place, (inputs, units) in enumerate(zip(SIZES[:-1], SIZES[1:], strict=True)):
        parts += [nn.Linear(inputs, units)] + ([nn.ReLU()] if place < len(SIZES) - 2 else [])
    model = prepare_model(nn.Sequential(*parts))
    torch.set_num_threads(max(1, (os.cpu_count() or 1) // workers))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    matrix, target = torch.from_numpy(config["matrix"]), torch.from_numpy(config["target"])
    order = np.random.default_rng(7)
    for epoch in range(config["epochs"]):
        shuffled, losses = order.permutation(ROWS), []
        for start in range(0, ROWS, BATCH):
            mine = torch.from_numpy(shuffled[start : start + BATCH][rank::workers])
            optimizer.zero_grad()
            loss = ((model(matrix[mine])[:, 0] - target[mine]) ** 2).mean()
            loss.backward()
            optimizer.step()
            losses.append(float(loss.detach()))
        told = {"loss": float(np.sqrt(np.mean(losses)))}
        if rank or epoch + 1 < config["epochs"]:
            ray.train.report(told)
            continue
        # Without workers Ray Train leaves it where it is.
        folder = tempfile.mkdtemp(dir=config["folder"])
        torch.save(model.state_dict(), Path(folder) / "weights.pt")
        ray.train.report(told, checkpoint=ray.train.Checkpoint.from_directory(folder))


def ray_train(workers: int, epochs: int = EPOCHS) -> float:
    """The last loss of Ray Train's workers, once their weights are read."""
    from ray.train import RunConfig, ScalingConfig
    from ray.train.torch import TorchConfig, TorchTrainer

    mine = rows()
    with tempfile.TemporaryDirectory() as folder:
        given = {
            "matrix": mine.matrix,
            "target": mine.target,
            "epochs": epochs,
            "folder": folder,
        }
        result = TorchTrainer(
            loop,
            train_loop_config=given,
            torch_config=TorchConfig(backend="gloo"),
            scaling_config=ScalingConfig(num_workers=workers, use_gpu=False),
            run_config=RunConfig(storage_path=folder, name="run"),
        ).fit()
        with result.checkpoint.as_directory() as kept:
            torch.load(Path(kept) / "weights.pt")
    return float(result.metrics["loss"])


KINDS = {"weft": weft, "ray train": ray_train}
WORKERS = {"weft": "ray::NodeMember", "ray train": "ray::RayTrainWorker"}


class Listening:
    """Collects where this process and those below it listen beyond loopback."""

    def __init__(self) -> None:
        self.found: set[str] = set()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Listening:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(0.1):
            self.found |= {at.rpartition(":")[0] for at in listeners.exposed(os.getpid())}


@ray.remote(num_cpus=0)
class Caller:
    """Calls as Weft's trainer does, in an actor that is killed to cancel."""

    def call(self, kind: str) -> float:
        """Does not end by itself."""
        return KINDS[kind](2, 1_000_000)


def actors() -> set[int]:
    """The processes of actors."""
    return {pid for pid in listeners._descendants(os.getpid()) if "ray::" in title(pid)}


def title(process: int) -> str:
    """What a process calls itself; an idle one is no actor."""
    try:
        text = Path(f"/proc/{process}/cmdline").read_text()
    except OSError:
        return ""
    return "" if "IDLE" in text or "Agent" in text else text


def measured(kind: str, start: Callable[[], Callable[[], None]]) -> dict[str, Any]:
    """How long the workers live when they are cancelled, and what is left of them then."""
    before = actors()
    cancel = start()
    deadline = time.monotonic() + 60
    while not (workers := {pid for pid in actors() - before if WORKERS[kind] in title(pid)}):
        if time.monotonic() > deadline:
            raise RuntimeError(f"no workers of {kind}")
        time.sleep(0.1)
    # Into the middle of their epochs.
    time.sleep(10)
    workers |= {pid for pid in actors() - before if WORKERS[kind] in title(pid)}
    names = sorted(title(pid).split("\0")[0] for pid in actors() - before)
    begun = time.monotonic()
    cancel()
    while actors() & workers and time.monotonic() - begun < 60:
        time.sleep(0.05)
    took = round(time.monotonic() - begun, 2)
    time.sleep(5)
    left = [title(pid).split("\0")[0] for pid in actors() - before]
    kept = ray.cluster_resources()["CPU"] - ray.available_resources().get("CPU", 0.0)
    return {
        "actors": names,
        "workers live on, of the 60 s that were waited": took,
        "actors 5 s later": sorted(left),
        "CPUs held 5 s later": kept,
    }


def killed(kind: str) -> Callable[[], None]:
    """The actor that calls is killed."""
    caller = Caller.remote()
    caller.call.remote(kind)
    return lambda: ray.kill(caller)


def interrupted() -> Callable[[], None]:
    """A process of its own calls Ray Train and gets SIGINT, which is Ray Train's own way."""
    given = [sys.executable, __file__, "--fit", ray.get_runtime_context().gcs_address]
    caller = subprocess.Popen(given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return lambda: caller.send_signal(signal.SIGINT)


def main() -> None:
    """Runs all in turn and writes every figure."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    before = set(sys.modules)
    begun = time.monotonic()
    import ray.train.torch  # noqa: F401

    imports = {
        "seconds": round(time.monotonic() - begun, 2),
        "more modules": len(set(sys.modules) - before),
        "needs beside Weft's packages": ["pydantic"],
    }
    ray.init(**cluster.init_arguments(SETTINGS))
    times: dict[str, list[float]] = {}
    losses: dict[str, float] = {}
    exposed: dict[str, list[str]] = {}
    for workers in (0, 1, 2):
        for run in range(runs + 1):
            for kind, call in KINDS.items():
                name = f"{kind}, {workers} workers"
                with Listening() as listening:
                    begun = time.monotonic()
                    losses[name] = call(workers)
                    took = round(time.monotonic() - begun, 2)
                exposed[name] = sorted({*exposed.get(name, []), *listening.found})
                print(name, run, took, file=sys.stderr, flush=True)
                if run > 0:
                    times.setdefault(name, []).append(took)
    medians = {name: statistics.median(values) for name, values in times.items()}
    result = {
        "what": "seconds from the call to the weights, 4000 rows, 5 epochs of 63 steps",
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}",
        "versions": {"ray": ray.__version__, "torch": torch.__version__},
        "import of ray.train.torch": imports,
        "runs": times,
        "median": medians,
        "ratio of two workers": round(
            medians["weft, 2 workers"] / medians["ray train, 2 workers"], 3
        ),
        "last loss": losses,
        "listens beyond loopback": exposed,
        "cancelled": {
            "weft, the caller is killed": measured("weft", lambda: killed("weft")),
            "ray train, SIGINT": measured("ray train", interrupted),
            "ray train, the caller is killed": measured("ray train", lambda: killed("ray train")),
        },
    }
    text = json.dumps(result, indent=2)
    (CHECKOUT / "benchmarks" / "results" / "ray_train.json").write_text(text + "\n")
    print(text)
    ray.shutdown()


if __name__ == "__main__":
    if "--fit" in sys.argv:
        ray.init(address=sys.argv[2], log_to_driver=False)
        ray_train(2, 1_000_000)
    else:
        main()
