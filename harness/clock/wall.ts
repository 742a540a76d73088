/** The wall clock's only use: the date in a run's manifest and its id. Never in a score. ISO 8601, UTC. */
export const wallTime = (): string => new Date().toISOString();
