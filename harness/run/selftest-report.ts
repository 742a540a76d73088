import type { FaultResult, Rate, SelftestResult } from './selftest-result.ts';
import type { SweepResult } from './selftest-sweep.ts';

const share = ({ hits, trials, low, high }: Rate): string =>
  `${hits} of ${trials} (95 % interval ${Math.round(low * 100)}-${Math.round(high * 100)} %)`;

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/** `hangup.selftest/1` of the command line's documented output, with more beside it. */
export function selftestJson(result: SelftestResult): object {
  const { verdict, trials, faults, sound, sweeps, unmoved } = result;
  return {
    schema: 'hangup.selftest/1',
    verdict,
    trials,
    faults: faults.map(({ name, detected, breaks, red, strays }) => ({
      name,
      trials: detected.trials,
      detected: detected.hits,
      low: rounded(detected.low),
      high: rounded(detected.high),
      by: Object.keys(red).filter((metric) => breaks.includes(metric)),
      breaks,
      red,
      strays,
    })),
    sound: {
      calls: sound.alarmed.trials,
      alarms: sound.alarmed.hits,
      low: rounded(sound.alarmed.low),
      high: rounded(sound.alarmed.high),
      invalid: sound.invalid,
      of: sound.alarms,
    },
    sweeps: sweeps.map(({ fault, metric, points, line, u, ok }) => ({
      fault,
      metric,
      ok,
      n: points.length,
      u: rounded(u),
      ...(line ? { slope: rounded(line.slope), low: rounded(line.low), high: rounded(line.high) } : {}),
      points: points.map(({ programmed, measured }) => ({ programmed, measured: rounded(measured) })),
    })),
    unmoved,
  };
}

/** The matrix and what it comes to, for people. */
export function selftestText(result: SelftestResult): string {
  const { faults, sound, sweeps, unmoved, verdict } = result;
  const caught = faults.filter(({ ok }) => ok).length;
  const lines = [
    ...matrix(result),
    '',
    ...faults.filter(({ ok }) => !ok).map(troubleOf),
    ...sound.alarms.map(({ call, metric, value }) => `false alarm: ${metric} ${rounded(value)} in ${call}`),
    ...sweeps.map(sweepLine),
    ...(unmoved.length > 0 ? [`no fault moved: ${unmoved.join(', ')}`] : []),
    '',
    `Sound agent: alarms in ${share(sound.alarmed)} calls, ${sound.invalid} calls invalid.`,
    `${verdict === 'pass' ? 'Pass' : 'Fail'}: ${caught} of ${faults.length} faults caught in every trial and by nothing else than they may move.`,
  ];
  return `${lines.join('\n')}\n`;
}

function troubleOf({ name, detected, breaks, red, strays }: FaultResult): string {
  const missed = breaks.filter((metric) => (red[metric] ?? 0) < detected.trials);
  const parts = [
    ...missed.map((metric) => `${metric} turned red in ${red[metric] ?? 0} of ${detected.trials}`),
    ...strays.map((metric) => `${metric} turned red in ${red[metric]} and must stay`),
  ];
  return `not as it should be: ${name}: ${parts.join('; ')}`;
}

function sweepLine({ fault, metric, line, ok, u }: SweepResult): string {
  const slope = line
    ? `slope ${line.slope.toFixed(3)} (95 % interval ${line.low.toFixed(3)}-${line.high.toFixed(3)}), n ${line.n}, u ${rounded(u)}`
    : 'too little was seen';
  return `${ok ? 'follows' : 'does not follow'} its argument: ${fault} by ${metric}: ${slope}`;
}

/** Rows are faults, columns metrics by number; the legend below. */
function matrix({ faults, sound }: SelftestResult): readonly string[] {
  const columns = [
    ...new Set([
      ...faults.flatMap(({ red, breaks }) => [...breaks, ...Object.keys(red)]),
      ...sound.alarms.map(({ metric }) => metric),
    ]),
  ].sort();
  const width = Math.max(...faults.map(({ name }) => name.length), 'sound agent'.length);
  const head = columns.map((_, index) => String(index + 1).padStart(3)).join('');
  const alarmed = new Set(sound.alarms.map(({ metric }) => metric));
  const own = columns.map((metric) => (alarmed.has(metric) ? 'X' : sound.observed.includes(metric) ? '.' : ' '));
  return [
    `${''.padEnd(width)}${head}  caught`,
    ...faults.map((fault) => {
      const marks = columns.map((metric) => mark(fault, metric).padStart(3)).join('');
      return `${fault.name.padEnd(width)}${marks}  ${fault.detected.hits} of ${fault.detected.trials}`;
    }),
    `${'sound agent'.padEnd(width)}${own.map((one) => one.padStart(3)).join('')}  ${sound.alarmed.hits} alarms in ${sound.alarmed.trials}`,
    '',
    ...columns.map((metric, index) => `${String(index + 1).padStart(3)} ${metric}`),
    '# must turn red and did   o must and did not always   + turned red too, as it may   X red and must not   . stayed',
  ];
}

function mark({ breaks, red, strays, detected, observed }: FaultResult, metric: string): string {
  const times = red[metric] ?? 0;
  if (breaks.includes(metric)) return times === detected.trials && times > 0 ? '#' : 'o';
  if (strays.includes(metric)) return 'X';
  if (times > 0) return '+';
  return observed.includes(metric) ? '.' : '';
}
