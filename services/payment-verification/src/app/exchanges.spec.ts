import { randomUUID } from 'node:crypto';
import { EXCHANGE, type OrderEvent } from '@cartage/contracts';
import { memoryDeadlines, memoryStore, Refused, type DataOf, type Meta, type StoredEvent } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { BalanceEvent } from '../domain/balances/balance';
import { limits } from '../domain/payment.fixture';
import { published } from '../domain/published';
import { CREDIT, isCredit } from '../domain/terms';
import { memoryOfProcess } from '../edge/providers/call-memory';
import { creditOn } from '../edge/providers/credit.fixture';
import { simulatedProvider } from '../edge/providers/simulated';
import { noPast } from './customer-history';
import { Decisions } from './decisions';
import { Exchanges } from './exchanges';
import { accountOf } from './payment-account';
import { Payments } from './payments';

const clock = () => new Date('2026-11-02T10:00:00Z');
const meta = (commandId: string = randomUUID()): Meta => ({ commandId, correlationId: 'c', actor: 'spec' });
const of = (
  orderId: string,
  total: number,
  payments: DataOf<OrderEvent, 'OrderPlaced'>['payments'],
): DataOf<OrderEvent, 'OrderPlaced'> => ({
  ...{ orderId, channel: 'shop', placedAt: clock().toISOString(), currency: 'GBP', taxIncluded: true },
  lines: [{ lineId: '1', sku: 'MUG', quantity: 1, unitPrice: total, discounts: [], taxLines: [], total, shipGroupId: '1' }],
  shipGroups: [{ shipGroupId: '1', method: 'ship', destination: { country: 'GB' }, charge: 0, taxLines: [] }],
  totals: { goods: total, discount: 0, shipping: 0, tax: 0, total },
  ...{ payments, priority: 'standard', personal: { key: 'guest', box: '' }, policies: {} },
});
const one = [{ lineId: '1', sku: 'MUG', quantity: 1 }];

/** An order of 10.00 that was paid by card and shipped, and one of other goods for it. */
const exchange = async (price: number, credit = 1_000) => {
  const store = memoryStore();
  const provider = simulatedProvider(memoryOfProcess(), clock);
  const { provider: creditProvider, balances } = creditOn(store);
  const decisions = new Decisions({
    silenceMinutes: 120,
    clock: { pause: async () => undefined },
    ...{ store, newId: randomUUID, now: clock, isPublic: (type: string) => type in published, deadlines: memoryDeadlines() },
    providers: new Map([provider, creditProvider].map((each) => [each.name, each])),
    ...{
      pauses: [15],
      sealAction: async (key: string, details: object) => ({ key, box: JSON.stringify(details) }),
      openToken: async ({ box }: { readonly box: string }) => box,
    },
  });
  const policy = {
    providerFor: (method: string) => (isCredit(method) ? CREDIT : provider.name),
    capture: 'shipment' as const,
    prepaidChannels: [],
  };
  const payments = new Payments({ decisions, history: { remember: async () => noPast }, limits: async () => limits, policy });
  const exchanges = new Exchanges({ decisions, balances });
  const [first, other] = [randomUUID(), randomUUID()];
  const byCard = of(first, 1_000, [{ paymentId: randomUUID(), method: 'card', amount: 1_000, token: { key: 'guest', box: 'tok_ok' } }]);
  await payments.verify({ order: byCard, recordedAt: byCard.placedAt }, meta());
  await payments.charge({ orderId: first, shipmentId: randomUUID(), lines: one }, meta());
  const paid = Math.min(price, credit);
  const difference =
    price > paid ? [{ paymentId: randomUUID(), method: 'card', amount: price - paid, token: { key: 'guest', box: 'tok_ok' } }] : [];
  const creditId = randomUUID();
  const replacing = of(other, price, [{ paymentId: creditId, method: EXCHANGE, amount: paid }, ...difference]);
  const account = async (orderId: string) => accountOf(await payments.read(orderId));
  const moneyOf = async (orderId: string) => {
    const { money } = await account(orderId);
    if (!money) throw new Error('No money was promised for it.');
    return money;
  };
  const balanceOf = async () => {
    const { balanceId } = balances.exchangeFor(other, 'GBP');
    return (await balances.read(balanceId)).balance;
  };
  const returned = async (): Promise<readonly StoredEvent<Extract<BalanceEvent, { type: 'BalanceDebited' }>>[]> => {
    const [stream] = await store.readMany([`balance-${balances.exchangeFor(other, 'GBP').balanceId}`]);
    const events = (stream?.events ?? []) as readonly StoredEvent<BalanceEvent>[];
    return events.flatMap((event) => (event.type === 'BalanceDebited' && event.data.cause === 'returned' ? [event] : [])) as never;
  };
  const placing = meta();
  return {
    ...{ first, other, creditId, account, moneyOf, balanceOf, payments, decisions, exchanges, balances },
    /** What the service hears of itself. */
    listens: async () => {
      for (const { id, data } of await returned()) await exchanges.givesBack(data, meta(id));
    },
    place: () => payments.verify({ order: replacing, recordedAt: replacing.placedAt }, placing),
    credit: (amount: number, by = meta(), refundId: string = randomUUID()) =>
      payments.refund(
        { ...{ orderId: first, refundId, returnId: randomUUID(), currency: 'GBP', amount, tender: EXCHANGE }, exchangeOrderId: other },
        by,
      ),
    settle: (amount: number, by = meta()) =>
      exchanges.settled(
        {
          ...{ orderId: first, exchangeId: randomUUID(), returnId: randomUUID(), replacementOrderId: other, currency: 'GBP', amount },
          ...{ outcome: 'credited', expected: credit, settledAt: clock().toISOString() },
        },
        by,
      ),
    ship: (by = meta(), shipmentId: string = randomUUID()) => payments.charge({ orderId: other, shipmentId, lines: one }, by),
    cancel: async (by = meta()) => {
      const reason = { code: 'customer', by: 'customer' };
      await payments.cancelLines({ orderId: other, lines: one, reason }, by);
      await exchanges.ended(other, await decisions.stateOf(other), by);
    },
    comesBack: (amount: number) =>
      payments.refund(
        { orderId: other, refundId: randomUUID(), returnId: randomUUID(), currency: 'GBP', amount, tender: 'original' },
        meta(),
      ),
  };
};

const total = (moves: readonly { readonly amount: number }[]): number => moves.reduce((sum, { amount }) => sum + amount, 0);
const movedBy =
  (way: string) =>
  (moves: readonly { readonly paymentId: string; readonly status: string; readonly amount: number }[] = []): number =>
    total(moves.filter(({ paymentId, status }) => paymentId === way && status !== 'failed'));

describe('the money of an exchange', () => {
  it('goes from the one order to the other by what came back, each cent with its event', async () => {
    const { first, other, account, balanceOf, place, credit, settle, ship } = await exchange(1_000);
    await place();
    await credit(1_000);
    await settle(1_000);
    await ship();
    expect(await account(first)).toMatchObject({
      money: { captured: 1_000, refunded: 1_000, discrepancies: [], refunds: [{ tender: EXCHANGE, status: 'issued' }] },
    });
    expect(await account(other)).toMatchObject({ status: 'authorized', money: { captured: 1_000, refunded: 0, discrepancies: [] } });
    expect(await balanceOf()).toMatchObject({ kind: 'exchange', owed: 0, orderId: other });
  });

  it('gives back as it was paid what the other goods do not cost', async () => {
    const { first, account, balanceOf, place, credit, listens } = await exchange(700);
    await place();
    await credit(1_000);
    await listens();
    expect(await account(first)).toMatchObject({
      money: {
        ...{ captured: 1_000, refunded: 1_000, discrepancies: [] },
        refunds: [
          { tender: EXCHANGE, amount: 700 },
          { tender: 'original', amount: 300, cause: 'exchange', status: 'issued' },
        ],
      },
    });
    expect(await balanceOf()).toMatchObject({ owed: 700 });
  });

  it('lets the customer pay what they cost more', async () => {
    const { other, account, place, credit, settle, ship } = await exchange(1_200);
    await place();
    await credit(1_000);
    await settle(1_000);
    await ship();
    expect(await account(other)).toMatchObject({ money: { promised: 1_200, captured: 1_200, discrepancies: [] } });
  });

  it('is lent in advance, and owed until the goods are back', async () => {
    const { other, account, balanceOf, place, credit, settle, ship } = await exchange(1_000);
    await place();
    await ship();
    expect(await account(other)).toMatchObject({ money: { captured: 1_000, discrepancies: [] } });
    expect(await balanceOf()).toMatchObject({ owed: -1_000 });
    await credit(600);
    await settle(600);
    expect(await balanceOf()).toMatchObject({ owed: -400 });
  });

  it('is promised no more once less came back: the rest is due from the customer', async () => {
    const { other, account, balanceOf, place, credit, settle } = await exchange(1_000);
    await place();
    await credit(500);
    await settle(500);
    expect(await account(other)).toMatchObject({
      money: { promised: 1_000, voided: 500, uncharged: 500, discrepancies: [], voids: [{ reason: { code: 'exchange-short' } }] },
    });
    expect(await balanceOf()).toMatchObject({ owed: 500 });
  });

  it('goes back whole where the other order is cancelled, before or after it came', async () => {
    const early = await exchange(1_000);
    await early.place();
    await early.cancel();
    await early.credit(1_000);
    await early.listens();
    const late = await exchange(1_000);
    await late.place();
    await late.credit(1_000);
    await late.cancel();
    await late.listens();
    for (const { first, account, balanceOf } of [early, late]) {
      expect(await account(first)).toMatchObject({ money: { refunded: 1_000, discrepancies: [] } });
      expect((await account(first)).money?.refunds.filter(({ amount }) => amount > 0)).toMatchObject([
        { tender: 'original', amount: 1_000 },
      ]);
      expect(await balanceOf()).toMatchObject({ owed: 0 });
    }
  });

  it('goes to the way that the first order was paid in where what was exchanged comes back, too', async () => {
    const { first, other, account, balanceOf, place, credit, settle, ship, comesBack, listens } = await exchange(1_200);
    await place();
    await credit(1_000);
    await settle(1_000);
    await ship();
    await comesBack(1_200);
    await listens();
    expect(await account(other)).toMatchObject({ money: { captured: 1_200, refunded: 1_200, discrepancies: [] } });
    expect((await account(first)).money?.refunds.filter(({ amount }) => amount > 0)).toMatchObject([{ tender: 'original', amount: 1_000 }]);
    expect(await balanceOf()).toMatchObject({ owed: 0 });
  });

  it('waits for the refund that it comes from, whichever is heard first', async () => {
    const { first, exchanges } = await exchange(1_000);
    const debited = { balanceId: randomUUID(), movementId: randomUUID(), currency: 'GBP', amount: 10, cause: 'returned', orderId: first };
    await expect(exchanges.givesBack({ ...debited, debitedAt: '' }, meta())).rejects.toMatchObject({
      code: 'CREDIT_EARLY',
      kind: 'unknown',
    });
  });

  it('is not asked of an order that nobody exchanged', async () => {
    const { first, decisions, exchanges, balances } = await exchange(1_000);
    await exchanges.ended(first, await decisions.stateOf(first), meta());
    await expect(balances.read(balances.exchangeFor(first, 'GBP').balanceId)).rejects.toThrow('No balance');
  });

  it('explains every cent, whatever is told in whatever order, and twice', async () => {
    const step = fc.constantFrom('place', 'credit', 'settle', 'ship', 'cancel', 'listens');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(400, 1_000, 1_300),
        fc.constantFrom(0, 250, 1_000),
        fc.array(step, { minLength: 4, maxLength: 14 }),
        async (price, worth, steps) => {
          const told = { credit: meta(), settle: meta(), ship: meta(), cancel: meta() };
          const [refundId, shipmentId] = [randomUUID(), randomUUID()];
          const system = await exchange(price);
          const acts: { readonly [Step in (typeof steps)[number]]: () => Promise<unknown> } = {
            place: system.place,
            credit: async () => (worth > 0 ? system.credit(worth, told.credit, refundId) : undefined),
            settle: () => system.settle(worth, told.settle),
            ship: () => system.ship(told.ship, shipmentId),
            cancel: () => system.cancel(told.cancel),
            listens: system.listens,
          };
          for (const name of [...steps, 'place', 'credit', 'settle', 'listens'] as const)
            await acts[name]().catch((error: unknown) => {
              if (!(error instanceof Refused)) throw error;
            });
          const [from, to] = [await system.moneyOf(system.first), await system.moneyOf(system.other)];
          expect([from.discrepancies, to.discrepancies]).toEqual([[], []]);
          const into = total(from.refunds.filter(({ tender }) => tender === EXCHANGE));
          const sumOf = movedBy(system.creditId);
          const { owed, reservations } = await system.balanceOf();
          expect(from.refunded).toBe(worth);
          expect(into - owed).toBe(sumOf(to.captures) - sumOf(to.refunds));
          const promised = [...reservations.values()].reduce((sum, each) => sum + each.amount - each.captured - each.released, 0);
          expect(owed).toBeLessThanOrEqual(promised);
        },
      ),
      { numRuns: 40 },
    );
  });
});
