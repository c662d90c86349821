import type { Figure } from './figure';
import { usageOf } from './machine';
import { rateOf } from './rate';
import { keptOf, makeEndpoint, onSubscribed, placeOrders, settled, until } from './subscribed';

const SENT = ['OrderPlaced', 'OrderConfirmed'];

/** Past events of many orders, sent to one endpoint on this machine as fast as it takes them: each order’s one after the other. */
export const sendingWebhooks = async (orders: number): Promise<readonly Figure[]> => {
  const figures: Figure[] = [];
  await onSubscribed(async ({ url, pids, received }, hooks) => {
    await placeOrders(url, orders);
    await settled(url, orders);
    const deliveries = await keptOf(url, SENT);
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
      },
      { name: 'webhooks: CPU a delivery', value: (cpuSeconds * 1_000) / count, unit: 'ms' },
    );
  });
  return figures;
};
