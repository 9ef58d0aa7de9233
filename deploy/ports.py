"""Ports of the servers: the one asked for when it is free, else the next free one."""

import socket

from deploy.messages import DeployError, Say

HOST = "127.0.0.1"
HIGHEST = 65535
TRIED = 200


def is_free(port: int) -> bool:
    """Whether a server could listen on `port` of 127.0.0.1 now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the servers do: a port whose connections are only lingering is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen(1)
        except OSError:
            return False
    return True


def choose_port(server: str, asked: int, say: Say) -> int:
    """`asked` when free, else the next free port above it, said aloud; 0 asks for any. Raises DeployError if none."""
    if asked == 0:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.bind((HOST, 0))
            return int(probe.getsockname()[1])
    for port in range(asked, min(asked + TRIED, HIGHEST + 1)):
        if is_free(port):
            if port != asked:
                say(
                    vi=f"Cổng {asked} đã có chương trình khác sử dụng; {server} dùng cổng {port}.",
                    en=f"Port {asked} is taken by another program; {server} uses port {port}.",
                )
            return port
    raise DeployError(
        vi=f"Không còn cổng trống cho {server} từ {asked} trở lên. Chọn cổng khác rồi khởi động lại.",
        en=f"No free port for {server} from {asked} upwards. Choose another port, then start again.",
    )
