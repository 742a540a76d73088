import { join } from 'node:path';
import type { CallView } from '../../../../harness/model/metric.ts';
import { handoffOf, ledgerAtHandoff } from '../../../../metrics/turns/handoff.ts';
import { sameValue } from '../../../../metrics/turns/ledger.ts';
import { counted } from '../../../../metrics/gate/observed.ts';
import { several } from '../../../words.ts';
import type { SiteData } from '../../data.ts';
import { html } from '../../html.ts';
import type { Html } from '../../html.ts';
import { eventsOf } from '../../recorded.ts';
import { table } from '../../table.ts';

/** A fact as she told it and as the desk was handed it. */
export interface FactBeside {
  readonly fact: string;
  /** Her latest value by then. */
  readonly told: string | undefined;
  /** The packet's. */
  readonly held: string | undefined;
  /** `left out`: told, not in the packet, and not required. */
  readonly found: 'same' | 'missing' | 'differs' | 'invented' | 'left out';
}

/** Differences that count against the agent. */
const WRONG: readonly FactBeside['found'][] = ['missing', 'differs', 'invented'];

/** Every fact of the packet and of the ledger at the handoff, those she told first; none where nothing was handed over. */
export function besideLedger(call: Pick<CallView, 'events' | 'plan'>): readonly FactBeside[] {
  const handoff = handoffOf(call);
  if (!handoff) return [];
  const ledger = ledgerAtHandoff(call, handoff);
  const packet = handoff.packet?.packet.facts ?? {};
  const required = call.plan.expect.handoff.facts;
  return [...new Set([...Object.keys(ledger), ...Object.keys(packet)])].map((fact) => {
    const [told, held] = [ledger[fact], packet[fact]];
    return { fact, told, held, found: foundOf(told, held, required.includes(fact)) };
  });
}

function foundOf(told: string | undefined, held: string | undefined, required: boolean): FactBeside['found'] {
  if (told === undefined) return 'invented';
  if (held === undefined) return required ? 'missing' : 'left out';
  return sameValue(told, held) ? 'same' : 'differs';
}

/** Calls that are shown whole. */
const SHOWN = 5;

/** The packet beside what she had said, of calls in which they differ; their differences are marked. */
export function packetsBeside({ run, callLink }: SiteData): Html {
  const differing = counted(run.calls)
    .filter(({ scores }) => scores.some(({ metric, value }) => CONTEXT.includes(metric) && value < 1))
    .map((call) => ({
      id: call.head.id,
      facts: besideLedger({ events: eventsOf(join(run.paths.run, 'calls', call.head.id)), plan: call.plan }),
    }))
    .filter(({ facts }) => facts.some(({ found }) => WRONG.includes(found)));
  if (differing.length === 0) return html``;
  const shown = differing.slice(0, SHOWN);
  return html`<h2>What was handed over, beside what she had said?</h2>
    <p class="aside">
      Her latest words by then against the packet, ${shown.length} of ${several(differing.length, 'call')} in which they
      differ.
    </p>
    ${shown.map(
      ({ id, facts }) =>
        html`<h3><a href="${{ html: callLink(id) }}">${id}</a></h3>
          ${table(['fact', 'she said', 'in the packet', 'found'], facts.map(rowOf))}`,
    )}`;
}

const CONTEXT: readonly string[] = ['context_recall', 'context_precision'];

const rowOf = ({ fact, told, held, found }: FactBeside) => ({
  mark: WRONG.includes(found) ? 'fail' : '',
  cells: [fact, told ?? 'never told', held ?? 'not there', found],
});
