import { join } from 'node:path';
import { eventually } from '@cartage/testkit';
import { auditContract } from './audit.contract';
import { backordersContract } from './backorders.contract';
import { balancesContract } from './balances.contract';
import { changesContract } from './changes.contract';
import { channelsContract } from './channels.contract';
import { collectContract } from './collect.contract';
import { dearerOrdersContract } from './dearer-orders.contract';
import { fulfillmentsContract } from './fulfillments.contract';
import { claimsContract } from './claims.contract';
import { kitsContract } from './kits.contract';
import { returnLabelsContract } from './return-labels.contract';
import { returnsContract } from './returns.contract';
import { handoversContract } from './handovers.contract';
import { promisesContract } from './promises.contract';
import { pickingContract } from './picking.contract';
import { rtoContract } from './rto.contract';
import { settlementsContract } from './settlements.contract';
import { suppliersContract } from './suppliers.contract';
import { clientOf } from './client';
import { crashContract } from './crash.contract';
import { deadLettersIn, noDeadLetters } from './dead-letters';
import { embeddedSystem, type EmbeddedSystem } from './embedded-system';
import { flowContract } from './flow.contract';
import { personalContract } from './personal.contract';
import { shipGroupsContract } from './ship-groups.contract';
import { orderOf, shopOver, unique } from './shop';
import { stuckMoneyContract } from './stuck-money.contract';
import { webhooksContract } from './webhooks.contract';

let system: EmbeddedSystem;
const shop = shopOver(clientOf(() => system.process.url));

beforeAll(async () => {
  system = await embeddedSystem();
  await system.process.start();
}, 90_000);

afterAll(() => system.remove(), 60_000);

describe('all services in one process', () => {
  flowContract(() => shop);

  changesContract(() => shop);
  channelsContract(() => shop);
  balancesContract(() => shop);
  fulfillmentsContract(() => shop);
  rtoContract(() => shop);
  suppliersContract(() => shop);
  pickingContract(() => shop);

  dearerOrdersContract(() => shop);

  kitsContract(() => shop);
  returnsContract(() => shop);
  returnLabelsContract(() => shop);
  claimsContract(() => shop);

  handoversContract(() => shop);
  collectContract(
    () => shop,
    () => join(system.folder, 'mail'),
  );

  promisesContract(() => shop);

  backordersContract(() => shop);

  settlementsContract(() => shop);

  webhooksContract(() => shop);
  stuckMoneyContract(() => shop);

  shipGroupsContract(() => shop);

  personalContract(() => shop, {
    databaseUrl: () => system.databaseUrl(),
    processes: () => [system.process],
    masterKey: () => ({ MASTER_KEY_FILE: join(system.folder, 'master.key') }),
  });

  crashContract(() => shop, {
    what: 'the process',
    crash: async () => {
      await system.process.kill();
      await system.process.start();
    },
  });

  auditContract(
    () => shop,
    () => system.databaseUrl(),
  );

  it('have no dead letters, though the process was killed', async () => {
    await eventually(async () => expect(await deadLettersIn(system.databaseUrl())).toEqual(noDeadLetters));
  }, 60_000);

  it('say what they found after a crash, and mended', () => {
    expect(system.process.current().output.all()).toMatch(/Found a Postgres \(process \d+\) that an earlier Cartage left behind/);
  });

  it('finish what is asked when they are told to stop, and find all data at the next start', async () => {
    const orderId = await shop.place(orderOf([{ sku: unique('SKU'), quantity: 1 }]));
    const before = await eventually(async () => {
      const found = await shop.order(orderId);
      expect(found).toMatchObject({ status: 'on-hold', payments: [{ outcome: 'authorized' }] });
      return found;
    });
    const asked = Array.from({ length: 20 }, () =>
      shop.ask('POST', '/orders', { key: unique('key'), body: orderOf([{ sku: 'X', quantity: 1 }]) }),
    );
    const answers = Promise.allSettled(asked);
    await Promise.any(asked);
    await system.process.stop();
    await system.process.start();

    expect(await shop.order(orderId)).toEqual(before);
    // Who came too late was not let in; who was let in was served, and not sent away.
    const placed = (await answers).flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    expect(placed.length).toBeGreaterThan(0);
    expect(new Set(placed.map(({ status }) => status))).toEqual(new Set([201]));
    for (const { body } of placed) expect(await shop.order(String(body['orderId']))).toMatchObject({ orderId: body['orderId'] });
  }, 60_000);
});
