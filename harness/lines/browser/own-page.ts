/** A page of our own, shown at the origin of a WHIP address, that calls `path` there as RFC 9725 has it. */
export const ownPage = (path: string): string => `<!doctype html>
<title>Hangup calls by WHIP</title>
<button>Call</button>
<button>Hang up</button>
<script>
const [callButton, endButton] = document.querySelectorAll('button');
let connection, resource;
callButton.onclick = async () => {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  connection = new RTCPeerConnection();
  connection.createDataChannel('hangup');
  for (const track of stream.getTracks()) connection.addTrack(track, stream);
  await connection.setLocalDescription(await connection.createOffer());
  await new Promise((resolve) => {
    const look = () => connection.iceGatheringState === 'complete' && resolve();
    connection.onicegatheringstatechange = look;
    look();
  });
  const reply = await fetch(${JSON.stringify(path)}, {
    method: 'POST',
    headers: { 'content-type': 'application/sdp' },
    body: connection.localDescription.sdp,
  });
  if (!reply.ok) return;
  const place = reply.headers.get('location');
  resource = place && new URL(place, location.href);
  await connection.setRemoteDescription({ type: 'answer', sdp: await reply.text() });
};
endButton.onclick = async () => {
  if (resource) await fetch(resource, { method: 'DELETE' });
  connection?.close();
};
</script>
`;
