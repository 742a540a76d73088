import type { CallFile } from '../calls.ts';

/** Shows the call that the page's address names, `?id=RUN/CALL#t=SECONDS`, in `root`. Runs in the reader's browser. */
export async function show(root: Element): Promise<void> {
  const id = new URLSearchParams(location.search).get('id') ?? '';
  if (!/^[\w.-]+\/[\w.-]+$/.test(id))
    return says(root, 'No call is named in the address; choose one from the verdict.');
  const answer = await fetch(`./calls/${id}.json`);
  if (!answer.ok) return says(root, `There is no call ${id} on this site.`);
  const call = (await answer.json()) as CallFile;
  const players = call.recordings.map(player);
  root.replaceChildren(
    element('h2', `${call.call.id}: ${call.outcome}`),
    ...call.reasons.map((reason) => element('p', reason)),
    ...players.map(({ box }) => box),
    eventList(call, players[0]?.audio),
  );
  const [, instant] = /^#t=([\d.]+)$/.exec(location.hash) ?? [];
  if (instant && players[0]) players[0].audio.currentTime = Number(instant);
}

function says(root: Element, sentence: string): void {
  root.replaceChildren(element('p', sentence));
}

function element<K extends keyof HTMLElementTagNameMap>(tag: K, text = ''): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

function player(file: string): { readonly box: HTMLElement; readonly audio: HTMLAudioElement } {
  const box = element('p');
  const audio = element('audio');
  audio.controls = true;
  audio.preload = 'metadata';
  audio.src = `./calls/${file}`;
  box.append(audio);
  return { box, audio };
}

/** What happened, in order; a click is heard from there. */
function eventList({ events }: CallFile, audio: HTMLAudioElement | undefined): HTMLElement {
  const list = element('ol');
  for (const event of events) {
    const item = element('li');
    const button = element('button', `${(event.at / 1000).toFixed(2)} s`);
    button.addEventListener('click', () => {
      if (!audio) return;
      audio.currentTime = event.at / 1000;
      void audio.play();
    });
    item.append(button, ` ${event.source} ${event.kind} ${'text' in event ? event.text : ''}`);
    list.append(item);
  }
  return list;
}
