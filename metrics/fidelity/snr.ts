import type { Metric } from '../../harness/model/metric.ts';
import { ms } from '../../harness/model/time.ts';
import { score } from '../turns/observe.ts';

const METRIC = 'snr';

/** Noise further than this from what was asked for is another place, dB. */
export const SNR_LIMIT = 1;
/** Above this the line's own floor decides, and the place is quiet, dB. */
const QUIET_DB = 35;

/** How far the caller's speech-to-noise ratio on the line was from the plan's, dB. Quiet places are not measured. */
const snr: Metric = {
  summary: "distance of the caller's speech-to-noise ratio, as sent, from the plan's",
  unit: 'dB',
  better: 'lower',
  kind: 'amount',
  version: 1,
  needs: ['wire'],
  measure(call) {
    const { callerDb, callerFloorDb } = call.activity;
    const { name, snrDb } = call.plan.place;
    if (callerDb === undefined || callerFloorDb === undefined || snrDb > QUIET_DB) return [];
    const measured = callerDb - callerFloorDb;
    const note = `${measured.toFixed(1)} dB where ${snrDb} dB was planned`;
    return [score(METRIC, Math.abs(measured - snrDb), { at: ms(0), of: name, class: name, note })];
  },
};

export default snr;
