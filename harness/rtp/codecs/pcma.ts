import { g711 } from '../g711-kind.ts';

/** G.711 A-law: 64 kbit/s, 3.4 kHz; the one of Europe. */
export default g711('PCMA', 8);
