import { html } from './html.ts';
import type { Html } from './html.ts';

/** A row of a table; `mark` is its class: a verdict, an outcome, or nothing. */
export interface TableRow {
  readonly mark?: string;
  readonly cells: readonly (string | number | Html)[];
}

/** A table whose first column names its rows. */
export function table(heads: readonly string[], rows: readonly TableRow[]): Html {
  if (rows.length === 0) return html`<p class="nothing">Nothing was observed.</p>`;
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(rowOf)}
      </tbody>
    </table>
  </div>`;
}

const rowOf = ({ mark = '', cells: [first = '', ...rest] }: TableRow): Html =>
  html`<tr class="${mark}">
    <th scope="row">${first}</th>
    ${rest.map((cell) => html`<td>${cell}</td>`)}
  </tr>`;
