import { g711 } from '../g711-kind.ts';

/** G.711 mu-law: 64 kbit/s, 3.4 kHz; every telephone has it. */
export default g711('PCMU', 0);
