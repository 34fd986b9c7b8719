"""A free port can be listened on, on loopback."""

from __future__ import annotations

import socket

from medq.serving.port import HOST, free_port


def test_it_can_be_listened_on() -> None:
    with socket.socket() as server:
        server.bind((HOST, free_port()))
        server.listen()
