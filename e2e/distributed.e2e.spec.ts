import { contracts } from '@cartage/contracts';
import { describeWith, eventually, kafka } from '@cartage/testkit';
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
import { distributedSystem, type DistributedSystem } from './distributed-system';
import { flowContract } from './flow.contract';
import { messagesWith } from './personal';
import { personalContract, secretOrder, secrets } from './personal.contract';
import { shipGroupsContract } from './ship-groups.contract';
import { orderOf, PATIENCE, shopOver, unique } from './shop';
import { breachesIn, gapsIn, messagesOn, repeatedIds, typesIn, withoutRepeats } from './topics';
import { stuckMoneyContract } from './stuck-money.contract';
import { webhooksContract } from './webhooks.contract';

describeWith(kafka, 'a process for each service, over Kafka', (broker) => {
  let system: DistributedSystem;
  const shop = shopOver(clientOf(() => system.url));

  const crash = async (names: readonly string[]): Promise<void> => {
    const dying = names.map((name) => system.process(name));
    await Promise.all(dying.map((each) => each.kill()));
    await Promise.all(dying.map((each) => each.start()));
  };

  beforeAll(async () => {
    system = await distributedSystem({ brokers: broker().brokers });
  }, 120_000);

  afterAll(() => system.remove(), 60_000);

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
    () => system.mails,
  );

  promisesContract(() => shop);

  backordersContract(() => shop);

  settlementsContract(() => shop);

  webhooksContract(() => shop);
  stuckMoneyContract(() => shop);

  shipGroupsContract(() => shop);

  personalContract(() => shop, {
    databaseUrl: () => system.databaseUrl,
    processes: () => system.processes,
    messages: () => messagesOn(broker().brokers),
    // Whoever looks need not have the master key.
    masterKey: () => ({}),
  });

  describe('a subscriber', () => {
    it('finds on the topics what the contracts promise: each event once, counted without gaps, in order, nothing personal', async () => {
      const orderId = await secretOrder(shop);
      const messages = await eventually(async () => {
        const found = await messagesOn(broker().brokers);
        const told = found.filter(({ key }) => key === orderId).map(({ headers }) => headers['ce_type']);
        expect(told).toEqual(expect.arrayContaining(['OrderPlaced', 'StockIssued', 'PaymentCaptured', 'OrderCompleted']));
        return found;
      }, PATIENCE);
      expect(breachesIn(messages)).toEqual([]);
      expect(repeatedIds(messages)).toEqual([]);
      expect(gapsIn(messages)).toEqual([]);
      expect(messagesWith(messages, [orderId]).length).toBeGreaterThan(10);
      expect(messagesWith(messages, secrets)).toEqual([]);
      expect(contracts.map(({ type }) => type)).toEqual(expect.arrayContaining([...typesIn(messages)]));
    }, 120_000);
  });

  crashContract(() => shop, { what: 'the order service', crash: () => crash(['order']) });
  crashContract(() => shop, { what: 'the inventory service', crash: () => crash(['inventory']) });

  auditContract(
    () => shop,
    () => system.databaseUrl,
  );

  it('tell a subscriber that passes over repeats everything once, without gaps, whoever was killed', async () => {
    const messages = withoutRepeats(await messagesOn(broker().brokers));
    expect(repeatedIds(messages)).toEqual([]);
    expect(gapsIn(messages)).toEqual([]);
  }, 60_000);

  it('have no dead letters, whoever was killed', async () => {
    await eventually(async () => expect(await deadLettersIn(system.databaseUrl)).toEqual(noDeadLetters));
  }, 60_000);

  it('all end by themselves when they are told to stop, and go on where they were', async () => {
    const orderId = await shop.place(orderOf([{ sku: unique('SKU'), quantity: 1 }]));
    await Promise.all(system.processes.map((each) => each.stop()));
    await Promise.all(system.processes.map((each) => each.start()));
    expect(await shop.reached(orderId, 'on-hold')).toMatchObject({ holds: [{ type: 'stock-short' }] });
  }, 120_000);
});
