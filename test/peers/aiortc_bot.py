"""A SmallWebRTC bot on aiortc: answers POST /api/offer and says everything back. Prints its port."""

import asyncio
import json
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiortc import MediaStreamTrack, RTCPeerConnection, RTCSessionDescription

loop = asyncio.new_event_loop()
connections = {}


class Echo(MediaStreamTrack):
    kind = "audio"

    def __init__(self, source):
        super().__init__()
        self.source = source

    async def recv(self):
        return await self.source.recv()


async def answer(offer):
    connection = RTCPeerConnection()
    name = str(uuid.uuid4())
    connections[name] = connection

    @connection.on("track")
    def on_track(track):
        connection.addTrack(Echo(track))

    @connection.on("datachannel")
    def on_channel(channel):
        @channel.on("message")
        def on_message(message):
            if message.startswith("ping"):
                channel.send(json.dumps({"label": "rtvi-ai", "type": "pong", "data": message}))

    await connection.setRemoteDescription(RTCSessionDescription(offer["sdp"], offer["type"]))
    await connection.setLocalDescription(await connection.createAnswer())
    local = connection.localDescription
    return {"sdp": local.sdp, "type": local.type, "pc_id": name}


class Door(BaseHTTPRequestHandler):
    def do_POST(self):
        offer = json.loads(self.rfile.read(int(self.headers["content-length"])))
        said = asyncio.run_coroutine_threadsafe(answer(offer), loop).result(20)
        body = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
loop.run_forever()
