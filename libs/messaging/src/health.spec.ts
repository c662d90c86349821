import { troublesOf } from './health';
import type { GroupHealth } from './transport';

const now = new Date('2026-01-01T01:00:00.000Z');
const well: GroupHealth = { group: 'order.payment', status: 'listening', deadKeys: 0, earlyKeys: 0 };
const since = '2026-01-01T00:00:00.000Z';

it('has nothing to say of groups that listen, dead letters or not', () =>
  expect(troublesOf([well, { ...well, deadKeys: 3 }, { ...well, earlyKeys: 1, earlySince: '2026-01-01T00:59:30.000Z' }], now)).toEqual([]));

it.each([
  [
    { status: 'waiting', since, why: 'connect ECONNREFUSED' },
    `order.payment waits since ${since} for something that is away: connect ECONNREFUSED`,
  ],
  [{ status: 'connecting', since, why: 'no broker' }, `order.payment has no Kafka since ${since}: no broker`],
  [{ earlyKeys: 2, earlySince: since }, `order.payment: 2 keys wait, the first since ${since}, for what a neighbour has not told yet`],
] as const)('says which group waits, since when and why: %j', (health, line) =>
  expect(troublesOf([{ ...well, ...health }], now)).toEqual([line]),
);
