import { sipContract } from './sip.ts';

sipContract('tls');
