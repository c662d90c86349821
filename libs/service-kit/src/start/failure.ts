/** Why a process does not start: one line for each reason, which names the thing and the fix. Printed without a stack; the exit code is not 0. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';

  constructor(
    readonly lines: readonly string[],
    options?: ErrorOptions,
  ) {
    super(lines.join('\n'), options);
  }
}
