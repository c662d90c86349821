import { Refused, specFor } from '@cartage/eventsourcing';
import { dueFor } from './due';
import type { EditRequest } from './editing';
import { wantedOf } from './edits';
import type { EventData } from './events';
import type { Fact } from './facts';
import { facts } from './facts.fixture';
import { order, type OrderCommand } from './order';
import { everything, id, minute, occasion, orderId, patience, placed, recording } from './order.fixture';
import { statusOf, type PlacedOrder } from './state';
import { history, stateAfter, stateOf, type Step } from './story.fixture';

const { given } = specFor(order);
const editId = id(72);
const reason = { code: 'wrong-size', by: 'operator', actor: 'user-17' };
const [lantern, mug] = everything;
const ready = [facts.reserved, facts.authorized] as const;

const editing = (asked: Partial<EditRequest>, by = editId): OrderCommand => ({
  type: 'EditOrder',
  data: { ...occasion(id(80)), editId: by, reason, ...asked },
});
const more = editing({ add: [{ sku: 'CUP', quantity: 2, unitPrice: 100, tax: 40 }] });
const fewer = editing({ change: [{ lineId: '2', quantity: 1 }] });
const reserved = (...lines: readonly { lineId: string; sku: string; quantity: number }[]): Fact => ({
  type: 'StockReserved',
  data: { ...facts.reserved.data, lines },
});
const authorized = (amount: number): Fact => ({
  type: 'PaymentAuthorized',
  data: { ...facts.authorized.data, authorizationId: id(31), amount },
});
const answer = (type: 'FulfillmentCancelled' | 'FulfillmentCancellationRefused', quantity: number): Fact =>
  ({
    type,
    data: {
      ...(type === 'FulfillmentCancelled' ? facts.fulfillmentCancelled : facts.cancellationTooLate).data,
      cancellationId: editId,
      lines: [{ ...mug, quantity }],
    },
  }) as Fact;
const editOf = (...steps: readonly Step[]): EventData<'OrderEdited'> => {
  const event = history(...steps).findLast(({ type }) => type === 'OrderEdited');
  if (event?.type !== 'OrderEdited') throw new Error('Nothing was edited.');
  return event.data;
};
const due = (state: PlacedOrder): number => dueFor(state, (lineId) => wantedOf(state, lineId));

describe('editing what nobody was given yet', () => {
  it('says each line before and after, and adds up to the cent', () => {
    const edit = editOf(editing({ change: [{ lineId: '2', quantity: 1 }], add: [{ sku: 'CUP', quantity: 2, unitPrice: 100, tax: 40 }] }));
    expect(edit).toMatchObject({
      ...{ orderId, editId, orderVersion: 2, reason },
      lines: [
        {
          lineId: '2',
          before: { quantity: 3, total: 840 },
          // A third of the discount of 50, and the tax of what is left: 140 × 233 / 700.
          after: { quantity: 1, unitPrice: 250, discounts: [{ code: 'WELCOME', amount: 17 }], taxLines: [{ amount: 47 }], total: 280 },
        },
        { lineId: '3', after: { sku: 'CUP', quantity: 2, total: 240, shipGroupId: '1' } },
      ],
      totalsBefore: { total: 2134 },
      totals: { goods: 1128, discount: 17, shipping: 400, tax: 303, total: 1814 },
    });
    const after = stateAfter(fewer);
    expect([after.version, due(after)]).toEqual([2, after.sold.totals.total]);
  });

  it('takes price, delivery, priority and instructions, and leaves what is not told', () => {
    const edit = editOf(
      editing({
        change: [{ lineId: '1', unitPrice: 300, tax: 120 }],
        delivery: [{ amount: 500, tax: 100, service: 'next-day' }],
        priority: 'expedited',
        instructions: 'Ring twice.',
      }),
    );
    expect(edit).toMatchObject({
      lines: [{ lineId: '1', after: { quantity: 2, unitPrice: 300, total: 720 } }],
      shipGroups: [{ shipGroupId: '1', before: { charge: 400, service: 'standard' }, after: { charge: 500, service: 'next-day' } }],
      priority: { before: 'standard', after: 'expedited' },
      instructions: { after: 'Ring twice.' },
      totals: { total: 720 + 840 + 600 },
    });
    expect(edit.shipGroups[0]?.after).not.toHaveProperty('personal');
    expect(history(editing({ priority: 'expedited' }), ...ready).at(-1)).toMatchObject({ data: { priority: 'expedited' } });
  });

  it('tells whoever ships a group what is said to its packers', () => {
    const edit = editing({ delivery: [{ instructions: 'Gift wrap.' }] });
    expect(history(edit, ...ready).at(-1)).toMatchObject({
      type: 'OrderConfirmed',
      data: { shipGroups: [{ instructions: 'Gift wrap.' }] },
    });
  });

  it('is quiet where nothing is different', () =>
    given(placed)
      .when(editing({ change: [{ lineId: '2', quantity: 3 }] }))
      .thenNothing());

  it('takes a line out, and goes on without it', () =>
    expect(history(editing({ remove: ['2'] }), ...ready).at(-1)).toMatchObject({ type: 'OrderConfirmed', data: { lines: [lantern] } }));
});

describe('what an edit adds to a confirmed order', () => {
  const cup = { lineId: '3', sku: 'CUP', quantity: 2 };

  it('is held until somebody stands for the money, then confirmed by itself', () => {
    const added = stateAfter(...ready, more, reserved(cup));
    expect(added.holds).toMatchObject([{ type: 'payment-due', lines: [cup], until: expect.any(String) }]);
    expect(history(...ready, more, reserved(cup), authorized(240)).slice(-2)).toMatchObject([
      { type: 'HoldReleased', data: { type: 'payment-due', resolution: 'resolved' } },
      { type: 'OrderConfirmed', data: { lines: [cup] } },
    ]);
  });

  it('ends the same whichever of stock and money is heard first', () => {
    const state = (...told: readonly Fact[]) => stateAfter(...ready, more, ...told).progress;
    expect(state(reserved(cup), authorized(240))).toEqual(state(authorized(240), reserved(cup)));
  });

  it('is cancelled when nobody pays for it in time', () => {
    const late: OrderCommand = { type: 'MeetDeadline', data: occasion(id(95), minute(49 * 60)) };
    expect(history(...ready, more, reserved(cup), late).slice(-2)).toMatchObject([
      { type: 'LineCancelled', data: { lines: [cup], reason: { code: 'payment-due', by: 'policy' } } },
      { type: 'HoldReleased', data: { type: 'payment-due' } },
    ]);
  });

  const raise = { orderVersion: 2, amount: 240, paymentId: id(2) };
  const doubted: Fact = { type: 'ReviewRequired', data: { ...facts.review.data, ...raise } };
  const refused = (retryable: boolean): Fact => ({ type: 'PaymentDeclined', data: { ...facts.declined.data, ...raise, retryable } });
  const after = (hours: number): OrderCommand => ({ type: 'MeetDeadline', data: occasion(id(95), minute(hours * 60)) });

  it('is held by its name, and alone, while a person looks at its price, however long that takes', () => {
    const steps = [...ready, more, reserved(cup), doubted] as const;
    expect(stateAfter(...steps, after(49)).holds).toMatchObject([{ type: 'payment-review', lines: [cup] }]);
    expect(history(...steps, after(49), authorized(240)).at(-1)).toMatchObject({ type: 'OrderConfirmed', data: { lines: [cup] } });
  });

  it('is cancelled when its price is refused for good, and what was confirmed before goes its way', () => {
    for (const told of [
      [doubted, refused(false)],
      [refused(false), doubted],
    ]) {
      const events = history(...ready, more, reserved(cup), ...told);
      expect(events).toContainEqual(
        expect.objectContaining({ type: 'LineCancelled', data: expect.objectContaining({ lines: [cup] }) as unknown }),
      );
      expect(stateOf(events)).toMatchObject({ holds: [], confirmedAt: expect.any(String) });
    }
  });

  it('waits for another way to pay when its price is refused and one may do', () =>
    expect(stateAfter(...ready, more, reserved(cup), refused(true)).holds).toMatchObject([
      { type: 'payment-due', until: expect.any(String) },
    ]));

  it('waits for whoever judges and promises it even where no other way to pay is waited for', () => {
    const hasty = { ...occasion(id(80)), patience: { ...patience, paymentMs: 0 } };
    const edit: OrderCommand = { type: 'EditOrder', data: { ...more.data, ...hasty } as EditRequest & typeof hasty };
    expect(stateAfter(...ready, edit).holds).toMatchObject([{ type: 'payment-due' }]);
    expect(history(...ready, edit).filter(({ type }) => type === 'LineCancelled')).toEqual([]);
  });

  it('to cash at the door is added to what the carrier collects', () => {
    const cod = (authorizationId: string, amount: number): Fact => ({
      type: 'CodAccepted',
      data: { ...facts.codAccepted.data, authorizationId, amount },
    });
    const steps = [facts.reserved, cod(id(9), 2134), more, reserved(cup)] as const;
    expect(history(...steps, cod(id(31), 240)).at(-1)).toMatchObject({ type: 'OrderConfirmed', data: { lines: [cup] } });
  });

  it('may be more of a line that was confirmed: only the new units are confirmed again', () => {
    const two = editing({ change: [{ lineId: '2', quantity: 5 }] });
    const units = { ...mug, quantity: 2 };
    expect(history(...ready, two, authorized(700), reserved(units)).at(-1)).toMatchObject({
      type: 'OrderConfirmed',
      data: { lines: [units] },
    });
  });
});

describe('taking confirmed units away', () => {
  it('asks whoever holds the goods first, and keeps what it will come to for itself', () =>
    given(...history(...ready))
      .when(fewer)
      .then({
        type: 'CancellationRequested',
        data: {
          ...{ orderId, cancellationId: editId, lines: [{ ...mug, quantity: 2 }], reason, requestedAt: occasion().now },
          edit: { editId, reason, added: [], changed: [{ lineId: '2', by: -2 }], shipGroups: [] },
        },
      }));

  it('comes about as a whole when that is answered; no line is told to be cancelled', () => {
    const told = history(...ready, fewer, answer('FulfillmentCancelled', 2));
    expect(told.slice(-2)).toMatchObject([{ type: 'FulfillmentCancelled' }, { type: 'OrderEdited', data: { totals: { total: 1574 } } }]);
    const state = stateAfter(...ready, fewer, answer('FulfillmentCancelled', 2));
    expect(state.progress.get('2')).toMatchObject({ quantity: 1, confirmed: 1, cancelled: 0 });
  });

  it('leaves in the order what is on its way', () => {
    const told = history(...ready, fewer, answer('FulfillmentCancelled', 1), answer('FulfillmentCancellationRefused', 1));
    expect(told.slice(-2)).toMatchObject([
      { type: 'OrderEdited', data: { lines: [{ after: { quantity: 2 } }] } },
      { type: 'OrderCancellationRefused', data: { lines: [{ lineId: '2', quantity: 1 }] } },
    ]);
    const refused = history(...ready, fewer, answer('FulfillmentCancellationRefused', 2));
    expect(refused.slice(-2).map(({ type }) => type)).toEqual(['FulfillmentCancellationRefused', 'OrderCancellationRefused']);
  });

  it('keeps other edits out, and the order open, until then', () => {
    given(...history(...ready, fewer))
      .when(editing({ priority: 'expedited' }, id(73)))
      .thenRefused('EDIT_PENDING');
    const delivered = stateAfter(...ready, fewer, facts.allocated, facts.handedOver, facts.delivered);
    expect(statusOf(delivered)).toBe('shipped');
    const end = stateAfter(
      ...ready,
      fewer,
      facts.allocated,
      facts.handedOver,
      facts.delivered,
      answer('FulfillmentCancellationRefused', 2),
    );
    expect(statusOf(end)).toBe('completed');
  });
});

describe('an edit that is wrong', () => {
  const faultsOf = (steps: readonly Step[], asked: Partial<EditRequest>): readonly string[] => {
    try {
      order.decide(editing(asked), stateAfter(...steps));
    } catch (error) {
      if (error instanceof Refused) return [error.code, ...error.errors.map(({ field, code }) => `${field} ${code}`)];
    }
    return [];
  };
  const left = [...ready, facts.allocated, { type: 'ShipmentDispatched', data: { ...facts.handedOver.data, lines: [mug] } } as Fact];

  it.each<[string, Partial<EditRequest>, readonly string[]]>([
    ['a line that is not there', { change: [{ lineId: '9', quantity: 1 }] }, ['change[0].lineId LINE_UNKNOWN']],
    ['a line twice', { change: [{ lineId: '2', quantity: 1 }], remove: ['2'] }, ['remove[0].lineId LINE_ID_DUPLICATE']],
    ['a half', { change: [{ lineId: '2', quantity: 0.5 }] }, ['change[0].quantity UNITS_NOT_REMOVABLE']],
    [
      'half a penny',
      { change: [{ lineId: '2', unitPrice: 12.5 }] },
      ['change[0].unitPrice AMOUNT_INVALID', 'change[0].unitPrice AMOUNT_TOO_LARGE'],
    ],
    [
      'a price beyond all counting',
      { change: [{ lineId: '2', unitPrice: Number.MAX_VALUE }] },
      ['change[0].unitPrice AMOUNT_INVALID', 'change[0].unitPrice AMOUNT_TOO_LARGE', 'lines AMOUNT_TOO_LARGE'],
    ],
    ['an id that was used', { add: [{ lineId: '1', sku: 'CUP', quantity: 1, unitPrice: 1 }] }, ['add[0].lineId LINE_ID_DUPLICATE']],
    ['a ship group that is not there', { delivery: [{ shipGroupId: '7', amount: 1 }] }, ['delivery[0].shipGroupId SHIP_GROUP_UNKNOWN']],
    ['a price below zero', { change: [{ lineId: '2', unitPrice: -1 }] }, ['change[0].unitPrice AMOUNT_INVALID']],
    ['none of something new', { add: [{ sku: 'CUP', quantity: 0, unitPrice: 1 }] }, ['add[0].quantity QUANTITY_INVALID']],
  ])('is refused with its field, and nothing is changed: %s', (_, asked, told) =>
    expect(faultsOf([], asked)).toEqual(['EDIT_INVALID', ...told]),
  );

  it('touches neither what has left nor what has ended, and leaves something', () => {
    expect(faultsOf(left, { remove: ['2'] })).toEqual(['EDIT_INVALID', 'remove[0] UNITS_NOT_REMOVABLE']);
    expect(faultsOf(left, { change: [{ lineId: '2', unitPrice: 1 }] })).toEqual(['EDIT_INVALID', 'change[0].unitPrice LINE_SHIPPED']);
    expect(faultsOf([facts.declined], { remove: ['2'] })).toEqual(['ORDER_ENDED']);
    expect(faultsOf([], { remove: ['1', '2'] })).toEqual(['EDIT_EMPTIES_ORDER']);
  });
});

describe('sending an order elsewhere', () => {
  const personal = { key: 'c-17', box: 'b3RoZXI=' };
  const redirecting = (shipGroupId = '1'): OrderCommand => ({
    type: 'RedirectOrder',
    data: { ...occasion(), shipGroupId, destination: { country: 'FR' }, personal, reason },
  });

  it('is told with the sealed person, and is where the order goes from then on', () => {
    given(placed)
      .when(redirecting())
      .then({
        type: 'DestinationChanged',
        data: { orderId, shipGroupId: '1', isFirst: true, destination: { country: 'FR' }, personal, reason, changedAt: occasion().now },
      });
    expect(history(redirecting(), ...ready).at(-1)).toMatchObject({ data: { shipGroups: [{ destination: { country: 'FR' } }] } });
    expect(JSON.stringify(history(redirecting(), ...ready).at(-1))).not.toContain(personal.box);
  });

  it('comes too late when all has left', () => {
    given(...history(...ready, facts.allocated, facts.handedOver))
      .when(redirecting())
      .thenRefused('DESTINATION_FIXED');
    given(placed).when(redirecting('9')).thenRefused('SHIP_GROUP_UNKNOWN');
    given(...history(facts.declined))
      .when(redirecting())
      .thenRefused('ORDER_ENDED');
    expect(order.decide(recording(facts.destinationTooLate), stateAfter(...ready))).toEqual([facts.destinationTooLate]);
  });
});
