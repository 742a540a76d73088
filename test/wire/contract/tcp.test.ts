import { sipContract } from './sip.ts';

sipContract('tcp');
