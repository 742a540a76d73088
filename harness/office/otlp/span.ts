/** What an attribute may hold; lists and maps are left out. */
export type Attribute = string | number | boolean;

export type Attributes = Readonly<Record<string, Attribute>>;

/** A span as a stage is read from it. Times are Unix milliseconds by the clock of whoever made it. */
export interface OtlpSpan {
  /** Lower-case hexadecimal. */
  readonly traceId: string;
  readonly spanId: string;
  /** Undefined for a root. */
  readonly parentId: string | undefined;
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Attributes;
  /** Attributes of the process it comes from. */
  readonly resource: Attributes;
  /** Name of the library that made it. */
  readonly scope: string;
}

/** The first of `names` that holds a number above 0. Frameworks write 0 where they did not measure. */
export function measured(
  { attributes }: Pick<OtlpSpan, 'attributes'>,
  ...names: readonly string[]
): number | undefined {
  const values = names.map((name) => attributes[name]);
  return values.find((value) => typeof value === 'number' && Number.isFinite(value) && value > 0) as number | undefined;
}

/** The first of `names` that holds a text that is not empty. */
export function worded({ attributes }: Pick<OtlpSpan, 'attributes'>, ...names: readonly string[]): string | undefined {
  const values = names.map((name) => attributes[name]);
  return values.find((value) => typeof value === 'string' && value !== '') as string | undefined;
}
