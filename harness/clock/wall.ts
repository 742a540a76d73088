/** The wall clock's only use: the date in a run's manifest and its id. Never in a score. ISO 8601, UTC. */
export const wallTime = (): string => new Date().toISOString();

/** Days between an ISO 8601 instant and now. */
export const daysSince = (instant: string): number => (Date.now() - Date.parse(instant)) / 86_400_000;
