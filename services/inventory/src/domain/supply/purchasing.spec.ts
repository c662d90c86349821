import { fold, specFor, type Named } from '@cartage/eventsourcing';
import fc from 'fast-check';
import { outstandingOf, statusOf, supplyOfPurchaseOrder, type OrderedLine, type PurchaseOrderEvent } from './purchase-order';
import { purchaseOrder, type PurchaseOrderCommand } from './purchasing';

const decider = purchaseOrder('PO-1');
const { given } = specFor(decider);
const now = '2026-11-23T09:15:30.000Z';
const reason = { code: 'supplier-late', by: 'operator', actor: 'clerk' } as const;
const expectedAt = '2026-12-01T00:00:00.000Z';
const mugs: OrderedLine = { lineId: '1', sku: 'MUG', location: 'LDN', quantity: 10, expectedAt };
const bowls: OrderedLine = { lineId: '2', sku: 'BOWL', location: 'LDN', quantity: 4 };
const about = { purchaseOrder: 'PO-1', now };

const order = (lines: readonly OrderedLine[], more: object = {}): PurchaseOrderCommand => ({
  type: 'OrderSupply',
  data: { ...about, supplier: 'ACME', lines, whole: true, reason, ...more },
});
const receive = (units: Readonly<Record<string, number>>, final = false): PurchaseOrderCommand => ({
  type: 'ReceiveSupply',
  data: { ...about, receiptId: 'r-1', lines: Object.entries(units).map(([lineId, quantity]) => ({ lineId, quantity })), final, reason },
});
const close = (lineIds?: readonly string[]): PurchaseOrderCommand => ({ type: 'CloseSupply', data: { ...about, lineIds, reason } });
const miss: PurchaseOrderCommand = { type: 'MissSupply', data: { ...about, expectedAt } };

const ordered = (...lines: readonly OrderedLine[]): PurchaseOrderEvent => ({
  type: 'PurchaseOrderChanged',
  data: { purchaseOrder: 'PO-1', supplier: 'ACME', lines, changedAt: now },
});
const units = ({ lineId, sku, location }: OrderedLine, quantity: number) => ({ lineId, sku, location, quantity });
const received = (...lines: readonly ReturnType<typeof units>[]): PurchaseOrderEvent => ({
  type: 'PurchaseOrderReceived',
  data: { purchaseOrder: 'PO-1', receiptId: 'r-1', lines, receivedAt: now },
});
const closed = (...lines: readonly ReturnType<typeof units>[]): PurchaseOrderEvent => ({
  type: 'PurchaseOrderClosed',
  data: { purchaseOrder: 'PO-1', lines, reason, closedAt: now },
});
const leftOut = (...lines: readonly ReturnType<typeof units>[]): PurchaseOrderEvent => ({
  type: 'PurchaseOrderClosed',
  data: { purchaseOrder: 'PO-1', lines, leftOut: true, reason, closedAt: now },
});
const overdueOf = (line: OrderedLine): PurchaseOrderEvent => ({
  type: 'SupplyOverdue',
  data: { source: 'purchase-order', reference: 'PO-1', ...units(line, line.quantity), expectedAt, overdueAt: now },
});
const overdue = overdueOf(mugs);

describe('a purchase order', () => {
  it('brings its cost along in shares that add up, at the agreed price also beyond it, unless the receipt says another', () => {
    const vases: OrderedLine = { lineId: '3', sku: 'VASE', location: 'LDN', quantity: 3, cost: { amount: 1_000, currency: 'GBP' } };
    const came = (quantity: number, amount: number) => ({ ...units(vases, quantity), cost: { amount, currency: 'GBP' } });
    given(ordered(vases))
      .when(receive({ '3': 1 }))
      .then(received(came(1, 333)));
    given(ordered(vases), received(came(1, 333)))
      .when(receive({ '3': 2 }))
      .then(received(came(2, 667)));
    given(ordered(vases), received(came(3, 1_000)))
      .when(receive({ '3': 3 }))
      .then(received(came(3, 1_000)));
    const line = { lineId: '3', quantity: 1, cost: { amount: 90, currency: 'GBP' } };
    const receiving = (...lines: readonly object[]) =>
      ({ type: 'ReceiveSupply', data: { ...about, receiptId: 'r-1', lines, final: false, reason } }) as PurchaseOrderCommand;
    given(ordered(vases))
      .when(receiving(line, line))
      .then(received(came(2, 180)));
    given(ordered(vases))
      .when(receiving(line, { ...line, cost: { amount: 1, currency: 'USD' } }))
      .thenRefused('COST_UNCLEAR');
    const dearer = { ...vases, cost: { amount: 1_100, currency: 'GBP' } };
    given(ordered(vases))
      .when(order([dearer]))
      .thenOnce(ordered(dearer));
  });

  it('is what it was last said to be', () => {
    given()
      .when(order([mugs, bowls]))
      .thenOnce(ordered(mugs, bowls));
    const later = { ...mugs, expectedAt: '2026-12-09T00:00:00.000Z' };
    given(ordered(mugs, bowls))
      .when(order([later, bowls]))
      .thenOnce(ordered(later));
  });

  it('says what it is not to bring any more where a line is of another SKU now', () => {
    const jugs = { ...mugs, sku: 'JUG' };
    const { type, data } = ordered(jugs);
    given(ordered(mugs, bowls))
      .when(order([jugs, bowls]))
      .thenOnce({ type, data: { ...data, insteadOf: ['MUG'] } } as PurchaseOrderEvent);
  });

  it('is not to bring what is left out of it', () =>
    given(ordered(mugs, bowls), received(units(bowls, 1)))
      .when(order([mugs]))
      .thenOnce(leftOut(units(bowls, 3))));

  it('is to bring after all what was left out of it and is named again, as many units as it says then', () => {
    const past = [ordered(mugs, bowls), received(units(bowls, 1)), leftOut(units(bowls, 3))] as const;
    const { when } = given(...past);
    when(order([mugs])).thenNothing();
    when(order([mugs, bowls])).thenOnce(ordered(bowls));
    when(order([{ ...bowls, quantity: 3 }], { whole: false })).thenOnce(ordered({ ...bowls, quantity: 3 }));
    const supplied = (...more: readonly PurchaseOrderEvent[]) =>
      supplyOfPurchaseOrder(fold(decider, [...past, ...more])).map(({ lineId, units: left }) => [lineId, left]);
    expect([supplied(), supplied(ordered(bowls)), supplied(ordered({ ...bowls, quantity: 3 }))]).toEqual([
      [['1', 10]],
      [
        ['1', 10],
        ['2', 3],
      ],
      [
        ['1', 10],
        ['2', 2],
      ],
    ]);
  });

  it('is not to bring what somebody said would not come, though it is said again as it was', () =>
    given(ordered(mugs, bowls), closed(units(bowls, 4)))
      .when(order([mugs, bowls]))
      .thenNothing());

  it('keeps the lines that are not spoken of, if only some are', () => {
    given(ordered(mugs))
      .when(order([bowls], { whole: false, supplier: undefined }))
      .thenOnce(ordered(bowls));
    given(ordered(mugs))
      .when(order([mugs], { whole: false, supplier: undefined }))
      .thenNothing();
  });

  it('cannot unsay what came of it', () => {
    const { when } = given(ordered(mugs), received(units(mugs, 6)));
    when(order([{ ...mugs, quantity: 5 }])).thenRefused('PURCHASE_ORDER_INVALID');
    when(order([{ ...mugs, location: 'MAN' }])).thenRefused('PURCHASE_ORDER_INVALID');
    when(order([{ ...mugs, sku: 'BOWL' }])).thenRefused('PURCHASE_ORDER_INVALID');
    when(order([{ ...mugs, quantity: 6 }])).thenOnce(ordered({ ...mugs, quantity: 6 }));
  });

  it('names each line once', () =>
    given()
      .when(order([mugs, mugs]))
      .thenRefused('PURCHASE_ORDER_INVALID'));

  it('is changed only by who saw it as it is, if they say what they saw', () => {
    given(ordered(mugs))
      .when(order([bowls], { ifRevision: 2 }))
      .thenRefused('VERSION_MISMATCH');
    given(ordered(mugs))
      .when(order([mugs], { ifRevision: 1 }))
      .thenNothing();
  });
});

describe('what comes of it', () => {
  it('comes in parts, and also beyond what was ordered', () => {
    given(ordered(mugs))
      .when(receive({ '1': 6 }))
      .then(received(units(mugs, 6)));
    given(ordered(mugs), received(units(mugs, 6)))
      .when(receive({ '1': 7 }))
      .then(received(units(mugs, 7)));
    const [line] = fold(decider, [ordered(mugs), received(units(mugs, 13))]).lines;
    expect(line && [line.received, outstandingOf(line)]).toEqual([13, 0]);
  });

  it('may be the last that comes of its lines, and of no others', () =>
    given(ordered(mugs, bowls))
      .when(receive({ '1': 6 }, true))
      .then(received(units(mugs, 6)), closed(units(mugs, 4))));

  it('is of its lines, and of an order that is known', () => {
    given(ordered(mugs))
      .when(receive({ '9': 1 }))
      .thenRefused('LINE_UNKNOWN');
    given()
      .when(receive({ '1': 1 }))
      .thenRefused('PURCHASE_ORDER_UNKNOWN');
  });
});

describe('what does not come', () => {
  it('is for the staff of a location what comes there: other lines are none of it, and nothing of it is booked with them', () => {
    const paris: OrderedLine = { ...bowls, location: 'PAR' };
    const at = (location: string, lineIds: Readonly<Record<string, number>>, final = false): PurchaseOrderCommand => {
      const { type, data } = receive(lineIds, final);
      return { type, data: { ...data, at: new Set([location]) } } as PurchaseOrderCommand;
    };
    given(ordered(mugs, paris))
      .when(at('LDN', { '1': 4 }))
      .then(received(units(mugs, 4)));
    given(ordered(mugs, paris))
      .when(at('LDN', { '1': 4 }, true))
      .then(received(units(mugs, 4)), closed(units(mugs, 6)));
    given(ordered(mugs, paris))
      .when(at('LDN', { '1': 4, '2': 1 }))
      .thenRefused('LINE_UNKNOWN');
    given(ordered(mugs, paris))
      .when(at('MAN', { '1': 4 }))
      .thenRefused('PURCHASE_ORDER_UNKNOWN');
  });

  it('is closed once: all of it, or some lines', () => {
    given(ordered(mugs, bowls), received(units(mugs, 6)))
      .when(close())
      .thenOnce(closed(units(mugs, 4), units(bowls, 4)));
    given(ordered(mugs, bowls))
      .when(close(['2']))
      .thenOnce(closed(units(bowls, 4)));
    given(ordered(mugs))
      .when(close(['9']))
      .thenRefused('LINE_UNKNOWN');
    given().when(close()).thenRefused('PURCHASE_ORDER_UNKNOWN');
  });

  it('is overdue once its day is over, once, until another day is told', () => {
    given(ordered(mugs)).when(miss).thenOnce(overdue);
    const jugs = { ...bowls, lineId: '3', expectedAt };
    given(ordered(mugs, bowls, jugs))
      .when(miss)
      .thenOnce(overdue, overdueOf(jugs));
    given(ordered(mugs), received(units(mugs, 10)))
      .when(miss)
      .thenNothing();
    given(ordered({ ...mugs, expectedAt: '2026-12-09T00:00:00.000Z' }))
      .when(miss)
      .thenNothing();
    const anew = fold(decider, [ordered(mugs), overdue, ordered({ ...mugs, expectedAt: '2026-12-09T00:00:00.000Z' })]);
    expect(anew.lines).toMatchObject([{ overdue: false }]);
  });
});

it('is open while something is to come, received when something came, and else cancelled', () => {
  const after = (...events: readonly PurchaseOrderEvent[]) => statusOf(fold(decider, events));
  expect([
    after(ordered(mugs)),
    after(ordered(mugs), received(units(mugs, 9))),
    after(ordered(mugs), received(units(mugs, 10))),
    after(ordered(mugs), received(units(mugs, 9)), closed(units(mugs, 1))),
    after(ordered(mugs), closed(units(mugs, 10))),
  ]).toEqual(['open', 'open', 'received', 'received', 'cancelled']);
});

describe('any history of a purchase order', () => {
  const line = fc.record({ lineId: fc.constantFrom('1', '2'), quantity: fc.integer({ min: 1, max: 9 }) });
  const command: fc.Arbitrary<PurchaseOrderCommand> = fc.oneof(
    fc
      .uniqueArray(line, { selector: ({ lineId }) => lineId })
      .map((lines) => order(lines.map((each) => ({ ...each, sku: 'MUG', location: 'LDN', expectedAt })))),
    fc.tuple(line, fc.boolean()).map(([{ lineId, quantity }, final]) => receive({ [lineId]: quantity }, final)),
    fc.constantFrom(close(), close(['1']), miss),
  );
  const quietly = (each: PurchaseOrderCommand, past: readonly PurchaseOrderEvent[]): readonly PurchaseOrderEvent[] => {
    try {
      return decider.decide(each, fold(decider, past));
    } catch {
      return [];
    }
  };
  const historyOf = (commands: readonly PurchaseOrderCommand[]): readonly PurchaseOrderEvent[] =>
    commands.reduce<readonly PurchaseOrderEvent[]>((past, each) => [...past, ...quietly(each, past)], []);

  it('takes no command twice but a receipt, which is known by its request', () =>
    fc.assert(
      fc.property(
        fc.array(command, { maxLength: 10 }),
        command.filter(({ type }: Named) => type !== 'ReceiveSupply'),
        (commands, last) => {
          const past = historyOf([...commands, last]);
          expect(quietly(last, past)).toEqual([]);
        },
      ),
    ));

  it('has nothing to come of what came, was closed, or was never ordered', () =>
    fc.assert(
      fc.property(fc.array(command, { maxLength: 12 }), (commands) => {
        const state = fold(decider, historyOf(commands));
        const toCome = new Map(supplyOfPurchaseOrder(state).map(({ lineId, units: left }) => [lineId, left]));
        for (const { lineId, quantity, received: came, closed: gone } of state.lines)
          expect(toCome.get(lineId) ?? 0).toBe(Math.max(0, quantity - came - gone));
      }),
    ));
});
