/** Something that the person at the keyboard can mend: shown as its message alone, without a stack. */
export class Trouble extends Error {
  override readonly name = 'Trouble';
}

/** Says of a failed step on a path what a person can do, and keeps the cause. */
export const troubleWith = (what: string, fix: string, cause: unknown): Trouble =>
  new Trouble(`${what}: ${cause instanceof Error ? cause.message : String(cause)}. ${fix}`, { cause });
