"""A Ray of several nodes on this machine, each with an address of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.service import SOURCES
from weft_ml import cluster, listeners
from weft_ml.settings import HOST

SCRIPT = f"""
import sys
from ray.cluster_utils import Cluster

def node(host, **others):
    return dict(num_cpus=1, num_gpus=1, node_ip_address=host, object_store_memory=80_000_000,
                include_dashboard=False, **others)

def raylet(node):
    return node.all_processes["raylet"][0].process.pid

cluster = Cluster(initialize_head=True, head_node_args=node("{HOST}", temp_dir=sys.argv[1]))
print(cluster.address, raylet(cluster.head_node), flush=True)
for line in sys.stdin:
    asked, what = line.split()
    if asked == "add":
        print(raylet(cluster.add_node(**node(what))), flush=True)
    else:
        there = cluster.global_state.available_resources_per_node().values()
        print(sum(resources.get(what, 0) for resources in there), flush=True)
cluster.shutdown()
"""


@dataclass(slots=True)
class Nodes:
    """The nodes that live: the process of each by its address."""

    process: subprocess.Popen[str]
    address: str
    token_file: str
    raylets: dict[str, int] = field(default_factory=dict)

    def add(self, host: str) -> None:
        """Another node."""
        self.raylets[host] = int(self._asked("add", host))

    def free(self, resource: str) -> float:
        """What nobody holds of a resource."""
        return float(self._asked("free", resource))

    def _asked(self, *words: str) -> str:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(" ".join(words) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline()

    def lose(self, host: str) -> None:
        """Ends a node without a word."""
        os.kill(self.raylets.pop(host), signal.SIGKILL)

    def actors(self, kind: str) -> dict[int, str]:
        """The processes of actors of a kind, and the address of the node of each."""
        hosts = {process: host for host, process in self.raylets.items()}
        return {
            process: hosts[parent]
            for process, parent in _parents()
            if parent in hosts and _title(process).startswith(f"ray::{kind}")
        }


@contextlib.contextmanager
def several(*hosts: str) -> Iterator[Nodes]:
    """A head at 127.0.0.1, and more nodes."""
    # Ray's sockets need a short path.
    folder = Path(tempfile.mkdtemp(prefix="weft-nodes-", dir="/tmp"))
    (folder / "ray").mkdir()
    token = folder / "token"
    token.write_text("0123456789abcdef" * 4)
    environment = {**SOURCES, **cluster.ENVIRONMENT, "RAY_AUTH_TOKEN_PATH": str(token)}
    environment["RAY_TMPDIR"] = str(folder)
    command = [sys.executable, "-c", SCRIPT, str(folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        address, raylet = process.stdout.readline().split()
        nodes = Nodes(process, address, str(token), {HOST: int(raylet)})
        for host in hosts:
            nodes.add(host)
        yield nodes
        process.stdin.close()
    shutil.rmtree(folder, ignore_errors=True)


def ended(processes: list[int], seconds: float) -> bool:
    """Whether all processes end in time."""
    deadline = time.monotonic() + seconds
    while any(Path(f"/proc/{process}").exists() for process in processes):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def addresses(process: int) -> set[str]:
    """The addresses at which a process listens."""
    own = set(listeners._sockets(process))
    return {place.rpartition(":")[0] for inode, place in listeners._listening() if inode in own}


def _parents() -> Iterator[tuple[int, int]]:
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            stat = entry.read_text()
            yield int(entry.parent.name), int(stat.rpartition(")")[2].split()[1])


def _title(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text()
    except OSError:
        return ""
