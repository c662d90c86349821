/**
 * Why a caller may not: it clashes with what is so (409), the thing is not known here, or not yet (404), the request itself is wrong (422),
 * the caller spoke of a version that is no longer the newest (412), or is not who it says (401).
 */
export type RefusalKind = 'conflict' | 'unknown' | 'invalid' | 'stale' | 'unproven';

/** Where and why a part of a request is wrong. `field` is a JSON path such as `lines[2].quantity`. */
export interface FieldError {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

/**
 * The caller may not. Thrown by `decide` before any event is built. Final for a listener, except `unknown`, which may only be early.
 * `code` is stable (`ORDER_EMPTY`); `message` says what to do instead.
 */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(
    readonly code: string,
    message: string,
    readonly kind: RefusalKind = 'conflict',
    readonly errors: readonly FieldError[] = [],
  ) {
    super(message);
  }
}
