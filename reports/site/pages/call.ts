import { html } from '../html.ts';
import type { SitePage } from '../page.ts';

/** One page for every call: which one is in its address, and nothing is built per call. */
const page: SitePage = {
  title: 'Call',
  asks: 'What happened in this call?',
  order: 90,
  render: async () =>
    Promise.resolve(
      html`<div id="live">
        <p>Reading the call. (This page needs scripts, and a web server, be it a local one.)</p>
      </div>`,
    ),
  component: 'call',
  library: 'wavesurfer.js',
};

export default page;
