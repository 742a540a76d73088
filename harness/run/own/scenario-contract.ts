import { z } from 'zod';
import type { PlannedLine, Scenario } from '../../model/plan.ts';
import { fillFacts } from '../../plan/spoken.ts';
import { complaintAbout } from './complaint.ts';
import type { Complaint } from './complaint.ts';
import { first, summary, unknownName } from './contract.ts';

const scenarioShape = z.looseObject({
  summary,
  stakes: z.enum(['low', 'medium', 'high']),
  opens: z.enum(['agent', 'caller']),
  facts: z.record(z.string(), z.string()),
  lines: z
    .array(z.looseObject({ id: z.string().min(1), topic: z.string().min(1), pieces: z.array(z.looseObject({})) }))
    .min(1),
  expect: z.looseObject({
    handoff: z.looseObject({ truth: z.enum(['must', 'may', 'must-not']), facts: z.array(z.string()) }),
  }),
  slips: z.record(z.string(), z.looseObject({ line: z.string(), wrongValue: z.string() })),
});

/** A scenario's contract: its shape, and that its lines tell all that is expected of the call. */
export function scenarioComplaint(scenario: Scenario): Complaint | undefined {
  return (
    complaintAbout(scenarioShape, scenario) ??
    twice(scenario.lines) ??
    nothingToSay(scenario) ??
    commitComplaint(scenario) ??
    handoffComplaint(scenario) ??
    slipComplaint(scenario)
  );
}

function twice(lines: readonly PlannedLine[]): Complaint | undefined {
  return first(lines, ({ id }, i) =>
    lines.findIndex((other) => other.id === id) < i
      ? { path: ['lines', i], says: `another line goes by "${id}" already; give one of them an id of its own` }
      : undefined,
  );
}

const nothingToSay = ({ lines }: Scenario): Complaint | undefined =>
  lines.some(({ onAgenda }) => onAgenda)
    ? undefined
    : { path: ['lines'], says: 'no line is said in its turn; take `when` or `agenda: false` from one of them' };

const tellsOf = ({ lines, facts }: Scenario) =>
  new Map(lines.flatMap((one) => Object.entries(fillFacts(one.facts, facts))));

function commitComplaint(scenario: Scenario): Complaint | undefined {
  const { commit } = scenario.expect;
  const told = tellsOf(scenario);
  return first(commit?.slots ?? [], (slot) => {
    const path = ['expect', 'commit', slot];
    const written = commit?.values?.[slot];
    if (written !== undefined && told.has(slot)) {
      return { path, says: `the lines tell "${told.get(slot) ?? ''}", not "${written}"; write ${slot}: "{${slot}}"` };
    }
    if (written !== undefined || told.has(slot)) return undefined;
    return { path, says: `no line tells it; add tells: { ${slot}: ... } to the line that says it` };
  });
}

function handoffComplaint(scenario: Scenario): Complaint | undefined {
  const { truth, desk, facts } = scenario.expect.handoff;
  const path = ['expect', 'handoff'];
  if (truth === 'must' && desk === undefined) {
    return { path, says: 'desk is missing, and she must be put through; write desk: front desk' };
  }
  if (truth !== 'must' && desk !== undefined) {
    return {
      path: [...path, 'desk'],
      says: `she need not reach a desk (truth is ${truth}); leave desk out, or write truth: must`,
    };
  }
  const told = tellsOf(scenario);
  return first(facts, (fact, i) =>
    told.has(fact)
      ? undefined
      : {
          path: [...path, 'facts', i],
          says: `no line tells ${fact}; add tells: { ${fact}: ... } to the line that says it`,
        },
  );
}

function slipComplaint({ slips, lines, facts }: Scenario): Complaint | undefined {
  return first(Object.entries(slips), ([slot, slip]) => {
    const where = lines.find(({ id }) => id === slip.line);
    if (!where)
      return unknownName(
        ['slips', slot, 'line'],
        'line',
        slip.line,
        lines.map(({ id }) => id),
      );
    if (where.facts[slot] === undefined) {
      return {
        path: ['slips', slot, 'line'],
        says: `the line "${slip.line}" does not tell ${slot}; name the one that does`,
      };
    }
    if (slip.wrongValue !== facts[slot]) return undefined;
    return {
      path: ['slips', slot, 'wrongValue'],
      says: `it is the right value; write another than ${slip.wrongValue}`,
    };
  });
}
