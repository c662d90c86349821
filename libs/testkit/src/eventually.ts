import { setTimeout as pause } from 'node:timers/promises';

export interface EventuallyOptions {
  /** Give up after this long, where the machine does nothing else. */
  readonly withinMs?: number;
  readonly everyMs?: number;
}

/** On a busy machine everything may take a multiple of what a limit names. As the limits of tests (libs/testkit/jest/shared-environment.cjs). */
const PATIENCE = 4;

/** Tries an assertion until it holds; fails with its last error. The only waiting that tests do. */
export const eventually = async <Result>(
  attempt: () => Result | Promise<Result>,
  { withinMs = 15_000, everyMs = 25 }: EventuallyOptions = {},
): Promise<Result> => {
  const deadline = performance.now() + PATIENCE * withinMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await pause(everyMs);
    }
  }
};

interface Answered {
  readonly body: Readonly<Record<string, unknown>>;
}

/** Asks again for as long as the view that answers is behind, as clients are told to. */
export const onceShown = <Answer extends Answered>(ask: () => Promise<Answer>): Promise<Answer> =>
  eventually(async () => {
    const answer = await ask();
    if (answer.body['code'] === 'VIEW_BEHIND') throw new Error(String(answer.body['detail']));
    return answer;
  });
