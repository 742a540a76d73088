"""Writes a capture file of RTP (mu-law, 20 ms packets) whose sounds are known to the sample: bursts of a buzzing voice
in digital silence, at uneven places. Prints the first and the last-but-one sample of each as JSON. Shares no code with
the program under test: its own mu-law (ITU-T G.711), RTP (RFC 3550) and pcap writer.

usage: known_pcap.py FILE BURSTS
"""
import json
import math
import struct
import sys

RATE, FRAME, SSRC, FIRST_SEQ, FIRST_STAMP = 8000, 160, 0x51E50001, 4711, 160_000


def mulaw(sample):
    sign = 0x80 if sample < 0 else 0
    magnitude = min(abs(sample), 32635) + 132
    exponent = max(0, magnitude.bit_length() - 8)
    return ~(sign | exponent << 4 | (magnitude >> exponent + 3) & 15) & 0xFF


def buzz(length):
    """Twelve harmonics of 125 Hz in cosine phase: loudest in its very first sample, and in its last."""
    wave = [sum(math.cos(2 * math.pi * 125 * k * i / RATE) / k for k in range(1, 13)) for i in range(length)]
    peak = max(abs(value) for value in wave)
    return [round(9000 * value / peak) for value in wave]


path, bursts = sys.argv[1], int(sys.argv[2])
samples, truth, state = [0] * RATE, [], 12345
for _ in range(bursts):
    state = (1103515245 * state + 12345) % 2**31
    begin = len(samples)
    # Whole periods of 64 samples, plus one, so that the last sample is a peak too.
    samples += buzz(64 * (38 + state % 20) + 1)
    truth.append([begin, len(samples)])
    samples += [0] * (4000 + state // 64 % 3001)
samples += [0] * (-len(samples) % FRAME)

with open(path, "wb") as out:
    out.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
    for n in range(len(samples) // FRAME):
        payload = bytes(mulaw(value) for value in samples[n * FRAME : (n + 1) * FRAME])
        marker = 0x80 if n == 0 else 0
        rtp = struct.pack("!BBHII", 0x80, marker, (FIRST_SEQ + n) & 0xFFFF, FIRST_STAMP + n * FRAME, SSRC) + payload
        udp = struct.pack("!HHHH", 6000, 6000, 8 + len(rtp), 0) + rtp
        ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), n & 0xFFFF, 0, 64, 17, 0, b"\x7f\0\0\1", b"\x7f\0\0\1")
        frame = bytes(12) + b"\x08\0" + ip + udp
        at = n * FRAME * 1_000_000 // RATE
        out.write(struct.pack("<IIII", 1 + at // 1_000_000, at % 1_000_000, len(frame), len(frame)) + frame)
print(json.dumps({"ssrc": SSRC, "firstStamp": FIRST_STAMP, "seconds": len(samples) / RATE, "bursts": truth}))
