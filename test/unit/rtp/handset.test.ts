import { expect, test } from 'vitest';
import type { Incoming } from '../../../harness/model/line.ts';
import { ms } from '../../../harness/model/time.ts';
import { Handset } from '../../../harness/rtp/handset.ts';
import { Queue } from '../../../harness/rtp/queue.ts';
import type { LegCommand } from '../../../harness/rtp/rtp-leg.ts';

test('a playing goes to the leg as plain commands, and its promises follow the news', async () => {
  const commands: LegCommand[] = [];
  const handset = new Handset((command) => commands.push(command));
  const playing = handset.play([Int16Array.of(1), Int16Array.of(2)], ms(40));
  expect(commands.map((command) => command.do)).toEqual(['play', 'feed', 'feed', 'seal']);
  handset.take([{ what: 'left', id: 1, at: ms(40), samples: 1 }]);
  expect([await playing.started, playing.sent]).toEqual([40, 1]);
  handset.take([
    { what: 'left', id: 1, at: ms(60), samples: 1 },
    { what: 'over', id: 1, samples: 2, cut: false },
  ]);
  expect(await playing.done).toEqual({ startedAt: 40, samples: 2, cut: false });
});

test('a line that ends settles every playing that was open, and those begun afterwards', async () => {
  const handset = new Handset(() => {});
  const open = handset.play([new Int16Array(10)]);
  handset.take([{ what: 'left', id: 1, at: ms(3), samples: 4 }]);
  handset.close();
  expect(await open.done).toEqual({ startedAt: 3, samples: 4, cut: true });
  expect(await handset.play([new Int16Array(10)]).done).toEqual({ startedAt: undefined, samples: 0, cut: true });
});

test('a source that fails cuts its playing and is not lost', async () => {
  const commands: string[] = [];
  const handset = new Handset((command) => commands.push(command.do));
  const failing = async function* (): AsyncGenerator<Int16Array> {
    yield new Int16Array(5);
    throw new Error('the voice broke');
  };
  await expect(handset.play(failing()).done).rejects.toThrow('the voice broke');
  expect(commands).toEqual(['play', 'feed', 'cut']);
});

test('a source is told to stop once its playing was cut', async () => {
  let told = false;
  const endless = async function* (): AsyncGenerator<Int16Array> {
    try {
      for (;;) yield new Int16Array(5);
    } finally {
      told = true;
    }
  };
  const handset = new Handset((command) => {
    if (command.do === 'cut') queueMicrotask(() => handset.take([{ what: 'over', id: 1, samples: 0, cut: true }]));
  });
  const playing = handset.play(endless());
  await playing.cut();
  await new Promise((resolve) => setImmediate(resolve));
  expect(told).toBe(true);
});

test('what was queued is read before the end', async () => {
  const queue = new Queue<number>();
  queue.push(1);
  queue.push(2);
  queue.end();
  queue.push(3);
  expect(await everything(queue)).toEqual([1, 2]);
});

test('signalling keeps its place among the media', async () => {
  const handset = new Handset(() => {});
  const audio = (mediaIndex: number): Incoming & { kind: 'audio' } => ({
    kind: 'audio',
    samples: new Int16Array(0),
    arrivedAt: ms(0),
    mediaIndex,
    seq: 0,
    lost: false,
  });
  handset.take([{ what: 'heard', item: audio(0) }]);
  handset.notify({ kind: 'hold' }, ms(1));
  handset.take([{ what: 'heard', item: audio(160) }]);
  handset.close();
  const items = await everything(handset.incoming);
  expect(items.map(({ kind }) => kind)).toEqual(['audio', 'notice', 'audio']);
});

async function everything<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}
