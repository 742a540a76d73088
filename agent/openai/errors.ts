/** A refusal, in the shape that OpenAI's clients read: `{error: {message, type, param, code}}`. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** HTTP status. */
  readonly status: number;
  readonly code: string;
  /** The parameter at fault, where there is one. */
  readonly param: string | null;

  constructor(status: number, code: string, message: string, param: string | null = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.param = param;
  }

  /** What `error` holds in a reply or an event. */
  get body(): {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string;
  } {
    return {
      message: this.message,
      type: TYPES[this.status] ?? 'invalid_request_error',
      param: this.param,
      code: this.code,
    };
  }
}

const TYPES: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  429: 'rate_limit_error',
  500: 'server_error',
};

/** A parameter that is missing, or is not what it should be. */
export const badRequest = (message: string, param: string | null = null): ApiError =>
  new ApiError(400, 'invalid_value', message, param);
