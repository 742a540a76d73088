import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../model/time.ts';
import { openMediaAt, type Media, type MediaHost } from '../rtp/media.ts';
import type { FromWorker } from '../rtp/mail.ts';

/** Starts the media process of the webrtc line. Throws UsageError for a clock that is not real. */
export const openPeerMedia = (clock: Clock): Promise<Media> => openMediaAt(inProcess, clock);

function inProcess(): MediaHost {
  const file = import.meta.url.endsWith('.ts') ? './peer-worker.ts' : './peer-worker.js';
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let closing = false;
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    post: (mail) => {
      closing ||= mail.kind === 'close';
      // A process that is gone takes no mail; its legs have been told by then.
      child.send(mail, () => undefined);
    },
    onMail: (take) => void child.on('message', (mail) => take(mail as FromWorker)),
    exited,
    failed: new Promise((resolve) => {
      void exited.then(() => {
        if (!closing) resolve(new Error('the media process of the webrtc line ended before it was told to'));
      });
    }),
  };
}
