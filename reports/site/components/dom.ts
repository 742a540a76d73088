/** An element with a class and children; text is never read as markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = '',
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  made.append(...children);
  return made;
}

/** A button that does something. */
export function button(label: string, onClick: () => void): HTMLButtonElement {
  const made = element('button', '', label);
  made.type = 'button';
  made.addEventListener('click', onClick);
  return made;
}

/** A labelled tick box. */
export function tick(label: string, onChange: (on: boolean) => void): HTMLElement {
  const box = element('input');
  box.type = 'checkbox';
  box.addEventListener('change', () => onChange(box.checked));
  return element('label', 'tick', box, ` ${label}`);
}

/** A labelled choice. */
export function choice(
  label: string,
  options: readonly string[],
  chosen: string,
  onChange: (option: string) => void,
): HTMLElement {
  const list = element('select', '', ...options.map((option) => element('option', '', option)));
  list.value = chosen;
  list.addEventListener('change', () => onChange(list.value));
  return element('label', 'choice', `${label} `, list);
}

/** A table from plain cells; the first of a row names it. */
export function grid(heads: readonly string[], rows: readonly (readonly (Node | string)[])[]): HTMLElement {
  const head = element('tr', '', ...heads.map((name) => element('th', '', name)));
  const body = rows.map((cells) => element('tr', '', ...cells.map((cell) => element('td', '', cell))));
  return element('div', 'scroll', element('table', '', element('thead', '', head), element('tbody', '', ...body)));
}

/** An instant of a call as `1:02.34`. */
export const clock = (ms: number): string => {
  const seconds = Math.max(0, ms) / 1000;
  return `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(2).padStart(5, '0')}`;
};
