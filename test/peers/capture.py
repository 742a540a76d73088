"""Listens to RTP on the loopback interface from outside the program under test: an AF_PACKET socket with the kernel's
own stamps (SO_TIMESTAMPNS), no line of code shared with it. Prints one line a packet: the sequence number, the RTP
timestamp, the payload type and CLOCK_MONOTONIC nanoseconds.

usage: capture.py SSRC SECONDS   (needs the right to open packet sockets: root, or CAP_NET_RAW)
"""
import socket
import struct
import sys
import time

SO_TIMESTAMPNS = 35
ETH_IP, PROTO_UDP, OUTGOING = 0x0800, 17, 4

ssrc, seconds = int(sys.argv[1]), float(sys.argv[2])
sniffer = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
sniffer.bind(("lo", 0))
sniffer.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
sniffer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
sniffer.settimeout(0.2)
# The kernel stamps with wall time; the program under test keeps monotonic time. The nearest pair of readings maps them.
pairs = []
for _ in range(50):
    before = time.monotonic_ns()
    wall = time.clock_gettime_ns(time.CLOCK_REALTIME)
    after = time.monotonic_ns()
    pairs.append((after - before, (before + after) // 2 - wall))
offset = min(pairs)[1]
print("listening", flush=True)
until = time.monotonic() + seconds
while time.monotonic() < until:
    try:
        frame, extra, _flags, address = sniffer.recvmsg(2048, 64)
    except socket.timeout:
        continue
    # On loopback every frame is seen leaving and arriving; the arrival is kept.
    if address[2] == OUTGOING or address[1] != ETH_IP or frame[23] != PROTO_UDP:
        continue
    header = 14 + (frame[14] & 15) * 4
    rtp = header + 8
    if len(frame) < rtp + 12 or frame[rtp] >> 6 != 2:
        continue
    seconds_part, nanoseconds = struct.unpack("qq", extra[0][2][:16])
    _first, second, seq, stamp, source = struct.unpack_from("!BBHII", frame, rtp)
    if source != ssrc:
        continue
    print(seq, stamp, second & 127, seconds_part * 1_000_000_000 + nanoseconds + offset)
