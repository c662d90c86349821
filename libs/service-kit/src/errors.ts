interface ErrorLike {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly name?: unknown;
}

// By shape and not by class: errors of Node itself are of another realm's `Error` where code runs in a context of its own, as under Jest.
const isErrorLike = (error: unknown): error is ErrorLike => typeof error === 'object' && error !== null;

/** The code of a system, driver or server error, such as `ENOENT`. */
export const codeOf = (error: unknown): string | undefined =>
  isErrorLike(error) && typeof error.code === 'string' ? error.code : undefined;

/** What an error says, for a line of text. Errors that bundle others often say nothing but their code. */
export const messageOf = (error: unknown): string => {
  if (!isErrorLike(error)) return String(error);
  const { message, name } = error;
  return typeof message === 'string' && message !== '' ? message : (codeOf(error) ?? String(name));
};
