import type { OpenCall } from './views/provider-call-open';

export interface RecoveryNeeds {
  readonly decisions: { readonly resume: (orderId: string, actor: string) => Promise<unknown> };
  readonly openCalls: (
    until: string,
    slice: { readonly limit: number; readonly after?: OpenCall | undefined },
  ) => Promise<readonly OpenCall[]>;
  readonly now: () => Date;
  /** Calls younger than this are still in somebody's hands. */
  readonly patienceMs: number;
  /** Told of each payment that is still stuck. */
  readonly onStuck: (orderId: string, error: unknown) => void;
}

const pageSize = 100;

/** Goes once through the calls without an answer and asks again. One that stays silent does not stop the others. */
export const recovering =
  ({ decisions, openCalls, now, patienceMs, onStuck }: RecoveryNeeds) =>
  async (signal?: AbortSignal): Promise<void> => {
    const until = new Date(now().getTime() - patienceMs).toISOString();
    let page = await openCalls(until, { limit: pageSize });
    while (page.length > 0 && !signal?.aborted) {
      const orders = [...new Set(page.map(({ orderId }) => orderId))];
      await Promise.all(
        orders.map((orderId) => decisions.resume(orderId, 'payment.recovery').catch((error: unknown) => onStuck(orderId, error))),
      );
      page = await openCalls(until, { limit: pageSize, after: page.at(-1) });
    }
  };
