/** Bad input: what is wrong, where, and what to do, in one sentence. The CLI prints it and exits with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Our own fault inside one call: the call is invalid, the run goes on. */
export class CallFault extends Error {
  override readonly name = 'CallFault';
  readonly reason: string;
  constructor(reason: string, detail?: string) {
    super(detail ?? reason);
    this.reason = reason;
  }
}
