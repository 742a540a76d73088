import { globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as PlotPackage from '@observablehq/plot';
import { html } from './html.ts';
import type { Html } from './html.ts';

/** What a chart says beside its marks. */
export interface Caption {
  /** The question the chart answers, as its title. */
  readonly asks: string;
  /** What is drawn, from how many observations, in which unit; read out to who cannot see it. */
  readonly says: string;
}

/** Draws charts while the site is built: pages need no chart library, and read without scripts. */
export interface Draw {
  readonly Plot: typeof PlotPackage;
  /** The chart with its title, as an SVG figure. */
  (caption: Caption, options: PlotPackage.PlotOptions): Html;
}

/** Inches of paper and phones alike: a chart is scaled to its column. */
const WIDTH = 760;

/**
 * Opens Observable Plot on a document that has no browser. Both come with what builds the site: Plot from the vendored
 * libraries in `cache`, the document from Framework's own packages.
 */
export async function openDraw(cache: string, framework: string): Promise<Draw> {
  const [plot = ''] = globSync('_npm/@observablehq/plot@*/_esm.js', { cwd: cache });
  const Plot = (await import(pathToFileURL(join(cache, plot)).href)) as typeof PlotPackage;
  const { JSDOM } = createRequire(join(framework, 'package.json'))('jsdom') as {
    JSDOM: new (page: string) => { readonly window: { readonly document: Document } };
  };
  const { document } = new JSDOM('').window;
  const draw = (caption: Caption, options: PlotPackage.PlotOptions): Html => {
    const chart = Plot.plot({
      width: WIDTH,
      document,
      // Room for the axis' name below its figures.
      marginBottom: 44,
      style: { background: 'none', fontFamily: 'inherit', fontSize: '13px', overflow: 'visible' },
      ...options,
    });
    // A legend's swatches are SVG, too, and deeper down.
    const svg = chart.tagName.toLowerCase() === 'svg' ? chart : (chart.querySelector(':scope > svg') as Element);
    // A picture is read out by its text; one with links in it must let them be reached.
    svg.setAttribute('role', svg.querySelector('a') ? 'group' : 'img');
    for (const part of svg.querySelectorAll('g[aria-label]')) part.removeAttribute('aria-label');
    svg.setAttribute('aria-label', `${caption.asks} ${caption.says}`);
    svg.removeAttribute('width');
    svg.removeAttribute('height');
    const body = chart === svg ? svg : chart;
    return html`<figure class="chart">
      <h3>${caption.asks}</h3>
      ${drawn(body.outerHTML)}
      <figcaption>${caption.says}</figcaption>
    </figure>`;
  };
  return Object.assign(draw, { Plot });
}

/** Markup of a chart as part of a page: its texts are escaped already, but Framework would still run a `${...}` in them. */
const drawn = (markup: string): Html => ({
  html: markup.replaceAll('$', '&#36;').replaceAll('`', '&#96;').replaceAll(/\n\s*/g, ' '),
});
