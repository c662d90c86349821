interface ErrorLike {
  readonly name: string;
  readonly message: string;
  readonly stack?: unknown;
  readonly code?: unknown;
}

/**
 * Whether something that was thrown is an error, told by its shape and not by its class: what Node itself throws is of another realm's `Error`
 * wherever code runs in a context of its own, as under Jest, and there `instanceof Error` says no.
 */
export const isError = (thrown: unknown): thrown is ErrorLike =>
  typeof thrown === 'object' && thrown !== null && 'name' in thrown && typeof thrown.name === 'string' && hasMessage(thrown);

const hasMessage = (thrown: object): boolean => 'message' in thrown && typeof thrown.message === 'string';

/** The code of a system, driver or server error, such as `ENOENT`. */
export const codeOf = (thrown: unknown): string | undefined => {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
};

/** What was thrown, for a line of text. Errors that bundle others often say nothing but their code. */
export const messageOf = (thrown: unknown): string => {
  if (!isError(thrown)) return String(thrown);
  return thrown.message || (codeOf(thrown) ?? thrown.name);
};

/** What was thrown with where it came from, for whoever has to find out why. */
export const stackOf = (thrown: unknown): string =>
  isError(thrown) && typeof thrown.stack === 'string' ? thrown.stack : messageOf(thrown);
