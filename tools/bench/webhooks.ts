import type { Figure } from './figure';
import { usageOf } from './machine';
import { orderBody } from './bodies';
import { during, rateOf, type Rate } from './rate';
import { keptOf, makeEndpoint, onSubscribed, placeOrders, settled, until } from './subscribed';

const SENT = ['OrderPlaced', 'OrderConfirmed'];
/** So many are under way to an endpoint at once, where nobody has said otherwise. */
const PARALLEL = 10;

/** What the receiver takes at best: posts of this size, nothing looked up before and nothing noted after. */
const barePosts = (to: string): Promise<Rate> => {
  const body = JSON.stringify(orderBody(1));
  return during(2, PARALLEL, async () => {
    const { ok } = await fetch(to, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    if (!ok) throw new Error('The receiver does not take what it is sent.');
    return 1;
  });
};

/** Past events of many orders, sent to one endpoint on this machine as fast as it takes them: each order’s one after the other. */
export const sendingWebhooks = async (orders: number): Promise<readonly Figure[]> => {
  const figures: Figure[] = [];
  await onSubscribed(async ({ url, pids, received }, hooks) => {
    await placeOrders(url, orders);
    await settled(url, orders);
    const deliveries = await keptOf(url, SENT);
    const bare = await barePosts(hooks);
    const before = usageOf(pids).cpuSeconds;
    await makeEndpoint(url, hooks, { type: SENT, after: '0' });
    await until(`${deliveries} deliveries`, async () => (await received()).count >= deliveries);
    const cpuSeconds = usageOf(pids).cpuSeconds - before;
    const { count, again, firstMs = 0, lastMs = 0 } = await received();
    figures.push(
      {
        name: 'webhooks delivered',
        value: rateOf(count, lastMs - firstMs).perSecond,
        unit: 'a second',
        note: `${count}, ${again} of them twice`,
        limit: { name: 'bare posts', value: bare.perSecond },
        goal: { must: 0.1, aim: 0.3, better: 'more' },
      },
      {
        name: 'webhooks: CPU a delivery',
        value: (cpuSeconds * 1_000) / count,
        unit: 'ms',
        goal: { must: 3, aim: 1.5, better: 'less' },
      },
    );
  });
  return figures;
};
