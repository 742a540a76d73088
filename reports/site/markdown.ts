import { agentText } from '../agent.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import type { SiteData } from './data.ts';
import type { SitePage } from './page.ts';

/** A page as Markdown that is nearly all HTML: it reads without scripts; only a live component needs them. */
export function markdown(page: SitePage, body: Html, { run }: SiteData): string {
  const { manifest } = run;
  const whole = html`<article class="page">
    <p class="about">
      ${manifest.suite} over ${manifest.line} (${manifest.time} time) to ${agentText(manifest)},
      ${manifest.startedAt.slice(0, 16).replace('T', ' ')} UTC, seed ${manifest.seed}
    </p>
    <h1>${page.asks}</h1>
    ${body}
  </article>`;
  const live = page.component ? `\`\`\`js\n${liveCode(page.component, page.library)}\n\`\`\`` : '';
  return [`---\ntitle: ${JSON.stringify(page.title)}\ntoc: false\n---`, oneBlock(whole), live, ''].join('\n\n');
}

const liveCode = (component: string, library: string | undefined): string =>
  [
    `import {show} from "./components/${component}.js";`,
    ...(library ? [`import * as library from "npm:${library}";`] : []),
    `await show(document.querySelector("#live")${library ? ', library' : ''});`,
  ].join('\n');

// A blank line would end the HTML block, and what follows would be read as Markdown.
const oneBlock = ({ html: text }: Html): string => text.replaceAll(/\n\s*\n/g, '\n');
