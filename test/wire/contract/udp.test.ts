import { sipContract } from './sip.ts';

sipContract('udp');
