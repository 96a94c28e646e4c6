"""Finds listening sockets that others than this machine could reach."""

from __future__ import annotations

import ipaddress
import os
import re
from pathlib import Path

PROC = Path("/proc")
LISTENING = "0A"


def exposed(root_pid: int, besides: str | None = None) -> list[str]:
    """Addresses beyond loopback that a process or its descendants listen on; Linux only.

    ``besides`` is how the titles of descendants begin that are left out.
    """
    if not (PROC / "net" / "tcp").exists():
        return []
    asked = _descendants(root_pid)
    if besides is not None:
        asked = {pid for pid in asked if not _title(pid).startswith(besides)}
    ours = {inode for pid in asked for inode in _sockets(pid)}
    return [address for inode, address in _listening() if inode in ours and not _loopback(address)]


def _loopback(address: str) -> bool:
    host = ipaddress.ip_address(address.rpartition(":")[0])
    if isinstance(host, ipaddress.IPv6Address) and host.ipv4_mapped:
        host = host.ipv4_mapped
    return host.is_loopback


def _listening() -> list[tuple[str, str]]:
    found = []
    for name in ("tcp", "tcp6"):
        table = PROC / "net" / name
        lines = table.read_text().splitlines()[1:] if table.exists() else []
        for fields in (line.split() for line in lines):
            if fields[3] == LISTENING:
                found.append((fields[9], _address(fields[1])))
    return found


def _address(text: str) -> str:
    """The kernel writes addresses as 32-bit words in the machine's byte order."""
    host, _, port = text.partition(":")
    words = [bytes.fromhex(host[i : i + 8])[::-1] for i in range(0, len(host), 8)]
    return f"{ipaddress.ip_address(b''.join(words))}:{int(port, 16)}"


def _descendants(root_pid: int) -> set[int]:
    parents: dict[int, int] = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    found = {root_pid}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _title(pid: int) -> str:
    try:
        return (PROC / str(pid) / "cmdline").read_text(errors="replace")
    except OSError:
        return ""


def _sockets(pid: int) -> list[str]:
    found = []
    try:
        for link in (PROC / str(pid) / "fd").iterdir():
            if match := re.fullmatch(r"socket:\[(\d+)\]", os.readlink(link)):
                found.append(match[1])
    except OSError:
        pass
    return found
