/** The wall clock, for whoever looks things up by date: a run's manifest and id, and its hooks. Never in a score. ISO 8601, UTC. */
export const wallTime = (): string => new Date().toISOString();

/** The same in Unix seconds. */
export const unixTime = (): number => Math.floor(Date.now() / 1000);
/** Days between an ISO 8601 instant and now. */
export const daysSince = (instant: string): number => (Date.now() - Date.parse(instant)) / 86_400_000;
