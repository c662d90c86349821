import { join } from 'node:path';
import type { Seller } from './carrier';
import { clientOf, sumOf } from './driving';
import { startEmbeddedProcess } from './embedded-process';
import type { Figure } from './figure';
import { postmasterOf, usageOf } from './machine';
import { withFolder } from './places';

export interface HttpOptions {
  readonly orders: number;
  /** Whether memory is watched over ten times as many orders. */
  readonly long: boolean;
}

const WARM_UP = 200;
const IN_FLIGHT = 400;
const MANY = 3_000;

const memoryFigures = (pid: number, orders: number): Figure => ({
  name: `memory of Node after ${orders.toLocaleString('en')} lifecycles`,
  value: usageOf([pid]).rssMb,
  unit: 'MB',
  goal: { must: 400, better: 'less' },
});

/** What is measured, as its figures are called, by who sells. */
const names: Readonly<Record<Seller, string>> = { shop: 'over HTTP', marketplace: 'over HTTP, of a marketplace' };

const soldBy = (of: Seller, { orders, long }: HttpOptions): Promise<readonly Figure[]> =>
  withFolder(async (folder) => {
    const as = names[of];
    const embedded = await startEmbeddedProcess(folder);
    const watched = { Node: [embedded.pid], Postgres: [postmasterOf(join(folder, 'postgres'))] };
    try {
      const client = await clientOf(embedded.url, watched, { units: (long ? MANY * 11 : orders + WARM_UP) * 4, of });
      await client.carry(WARM_UP, IN_FLIGHT);
      const { completed, cpuMs } = await client.carry(orders, IN_FLIGHT);
      const figures: Figure[] = [
        { name: `${as}: completed`, value: completed.perSecond, unit: 'orders/s', goal: { must: 150, aim: 250, better: 'more' } },
        { name: `${as}: CPU an order`, value: sumOf(cpuMs), unit: 'ms', goal: { must: 10, aim: 6, better: 'less' } },
        ...Object.entries(cpuMs).map(([name, value]): Figure => ({ name: `  ${name}, ${as}`, value, unit: 'ms' })),
        memoryFigures(embedded.pid, WARM_UP + orders),
      ];
      if (long) {
        await client.carry(MANY - WARM_UP - orders, IN_FLIGHT);
        figures.push(memoryFigures(embedded.pid, MANY));
        await client.carry(MANY * 9, IN_FLIGHT);
        figures.push(memoryFigures(embedded.pid, MANY * 10));
      }
      client.close();
      return figures;
    } finally {
      await embedded.stop();
    }
  });

/**
 * The embedded system as a warehouse drives it: a client on the same machine uses the public API, and what it costs itself is left out. Once of orders whose customers are
 * written to, and once of a marketplace's, which does that itself: what carrying alone costs.
 */
export const overHttp = async (options: HttpOptions): Promise<readonly Figure[]> => [
  ...(await soldBy('shop', options)),
  ...(await soldBy('marketplace', { ...options, long: false })),
];
