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

/** One field of a request is not as it has to be. */
export const invalidField = (field: string, code: string, message: string): Refused =>
  new Refused(code, message, 'invalid', [{ field, code, message }]);

/** The key of a request says that it was sent before, and it was another one: `what`, such as `replay`, says of which kind both are. */
export const keyReused = (what = 'request'): Refused =>
  invalidField('idempotency-key', 'IDEMPOTENCY_KEY_REUSED', `It was used before for another ${what}. Send this one with a key of its own.`);

/** The caller speaks of what is no longer the newest: `stands` says what is, such as `The location is at revision 3`. */
export const staleVersion = (stands: string, wanted: number): Refused =>
  new Refused('VERSION_MISMATCH', `${stands}, and the request speaks of ${wanted}. Read it again and decide anew.`, 'stale');

/** For what counts revisions of its own. A caller who speaks of none means whichever there is. */
export const requireRevision = (what: string, actual: number, wanted: number | undefined): void => {
  if (wanted !== undefined && wanted !== actual) throw staleVersion(`${what} is at revision ${actual}`, wanted);
};
