import { several } from '../../words.ts';
import { fileName } from '../components/address.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import type { SitePage } from '../page.ts';
import { storedTables } from '../stored.ts';
import type { Stored } from '../stored.ts';
import { table } from '../table.ts';

const page: SitePage = {
  title: 'Data',
  asks: 'What is there to query?',
  order: 11,
  render: async (site) => {
    const all = await storedTables(site);
    const filled = all.filter(({ rows }) => rows > 0);
    if (filled.length === 0) return undefined;
    const { id } = site.run.manifest;
    const empty = all.filter(({ rows }) => rows === 0).map(({ name }) => name);
    return html`<div id="live" data-run="${id}">
        <p>
          To filter and sort here, this page needs scripts and a web server, be it a local one. The files below are
          whole.
        </p>
      </div>
      <h2>What is in each of them?</h2>
      <p class="aside">
        Whole files of this run. The commands read the store under runs/; add <code>--out DIR</code> for another place.
      </p>
      ${filled.map((stored) => described(stored, id))}
      ${empty.length > 0 ? html`<p class="nothing">Without a row of this run: ${empty.join(', ')}.</p>` : html``}`;
  },
  component: 'data',
};

export default page;

function described({ name, about, rows, columns, sql }: Stored, run: string): Html {
  const file = `./data/${fileName(run)}/${name}`;
  return html`<details data-table="${name}">
    <summary>${name}: ${several(rows, 'row')}</summary>
    <p>${about}</p>
    <p>
      Download <a href="${{ html: `${file}.csv` }}">${name}.csv</a> or
      <a href="${{ html: `${file}.parquet` }}">${name}.parquet</a>
    </p>
    <p class="command"><code>${command(name, run)}</code></p>
    ${
      sql === undefined
        ? html``
        : html`<p>A view, defined as</p>
            <pre class="definition"><code>${sql}</code></pre>`
    }
    ${sql === undefined ? ofTable(columns) : ofView(columns)}
  </details>`;
}

const ofTable = (columns: Stored['columns']): Html =>
  table(
    ['column', 'type', 'may be unknown'],
    columns.map(({ name, type, mayMiss }) => ({ cells: [name, type, mayMiss ? 'yes' : 'no'] })),
  );

/** Of a view the store does not know what may be missing. */
const ofView = (columns: Stored['columns']): Html =>
  table(
    ['column', 'type'],
    columns.map(({ name, type }) => ({ cells: [name, type] })),
  );

/** As a shell takes it between double quotes. */
const command = (name: string, run: string): string => {
  const query = `SELECT * FROM ${name} WHERE run_id = '${run.replaceAll("'", "''")}' LIMIT 20`;
  return `hangup sql "${query.replaceAll(/["$`\\]/g, '\\$&')}"`;
};
