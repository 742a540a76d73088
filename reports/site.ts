export { buildSite } from './site/build.ts';
