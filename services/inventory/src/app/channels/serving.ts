import { type Deadline, type Deadlines, type Meta } from '@cartage/eventsourcing';
import { append, journalOf, type DraftingNeeds } from '../drafting';
import type { Ledger, LedgerTransaction } from '../ledger';
import { lockingMore, type More } from '../locking';
import { OpenOrders } from '../open-orders';
import { againWhenRaced } from '../racing';
import type { ChannelTransaction, RuledStock } from './channels';

export const RULE_CHANGED = 'channel-rule-changed';

/** Whoever served those who wait is done long before; else it died, and this is done for it. */
const GRACE_MS = 60_000;

/** SKUs that are locked together. */
const PAGE = 200;

interface Needs extends DraftingNeeds {
  readonly ledger: Ledger<ChannelTransaction>;
  readonly deadlines: Pick<Deadlines, 'set' | 'cancel'>;
  readonly now: () => Date;
}

/** Those who wait in channels that a rule says something of. */
export interface RuledWaiters {
  /**
   * Changes a rule, then offers what it set free. In this order, in two transactions: whoever decided by the old rule is among those who wait once the new
   * one holds, and no order waits for another's offers. A crash in between is made good by a deadline, a repeat of the request, too.
   */
  readonly servedAfter: <Result>(rule: RuledStock, meta: Meta, change: () => Promise<Result>) => Promise<Result>;
  readonly serve: (rule: RuledStock, meta: Meta) => Promise<void>;
}

export const ruledWaiters = (needs: Needs): RuledWaiters => {
  const serve = async (rule: RuledStock, meta: Meta): Promise<void> => {
    for (let after: string | undefined = ''; after !== undefined;) after = await servePage(needs, { ...rule, after }, meta);
  };
  return {
    serve,
    servedAfter: async (rule, meta, change) => {
      const deadline = deadlineOf(rule, meta, needs.now());
      if (!meta.preview) await needs.deadlines.set(deadline);
      const result = await change();
      await serve(rule, meta);
      await needs.deadlines.cancel(deadline.id);
      return result;
    },
  };
};

const deadlineOf = ({ channel, sku }: RuledStock, { commandId, correlationId }: Meta, now: Date): Deadline => ({
  id: `${RULE_CHANGED}-${commandId}`,
  stream: `channel-${channel}`,
  name: RULE_CHANGED,
  dueAt: new Date(now.getTime() + GRACE_MS).toISOString(),
  data: { channel, ...(sku === undefined ? {} : { sku }) } satisfies RuledStock,
  correlationId,
});

type Page = RuledStock & { readonly after: string };

/** Answers with its last SKU, while there may be more. */
const servePage = (needs: Needs, page: Page, meta: Meta): Promise<string | undefined> =>
  againWhenRaced(() =>
    lockingMore((more) =>
      needs.ledger.transaction(async (transaction) => {
        const skus = await transaction.waitingUnder(page, page.after, PAGE);
        if (skus.length > 0) await offer(needs, transaction, { skus, more }, meta);
        return skus.length === PAGE ? skus.at(-1) : undefined;
      }),
    ),
  );

const offer = async (
  needs: Needs,
  transaction: LedgerTransaction,
  { skus, more }: { readonly skus: readonly string[]; readonly more: More },
  meta: Meta,
): Promise<void> => {
  const cells = [...skus.map((sku) => ({ sku })), ...more.cells];
  const journal = journalOf(await transaction.lock({ cells, making: more.making }));
  const orders = new OpenOrders(needs, transaction, journal);
  const cause = { meta, now: needs.now().toISOString() };
  await orders.offerAll(skus, cause);
  await orders.promise(cause, skus);
  await transaction.write({ ...journal, lines: orders.lines() });
  await append(transaction, orders.drafts());
};
