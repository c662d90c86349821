import { Refused } from '@cartage/eventsourcing';
import { drawnUp } from './drawing-up';
import type { Placement, PlacementGroup, PlacementLine } from './placement';

const now = '2026-11-23T10:00:00.000Z';
const london = { lines: ['1 High Street'], city: 'London', postalCode: 'EC1A 1BB', country: 'GB' };
const paris = { lines: ['Rue 1'], city: 'Paris', postalCode: '75001', country: 'FR' };
const customer = { name: 'A. Customer', email: 'a@example.org' };
const friend = { name: 'B. Friend', phone: '+33 1 23' };

const line = (shipGroupId?: string): PlacementLine => ({
  sku: 'MUG',
  quantity: 1,
  unitPrice: 100,
  ...(shipGroupId === undefined ? {} : { shipGroupId }),
});
const gift: PlacementGroup = {
  shipGroupId: 'gift',
  shipTo: paris,
  recipient: friend,
  shipping: { amount: 900, taxLines: [{ name: 'TVA 20 %', rate: 20, amount: 180 }], service: 'express', deliverBy: '2026-12-24T12:00:00Z' },
  instructions: 'Wrap it.',
};
const home: PlacementGroup = { shipGroupId: 'home', shipping: { amount: 400, tax: 80 } };
const fetched: PlacementGroup = { shipGroupId: 'shop', method: 'pickup', pickupLocation: 'LDN-1' };

const placement: Placement = {
  channel: 'web',
  currency: 'GBP',
  customer,
  shipTo: london,
  lines: [line('home'), line('gift'), line('gift')],
  shipGroups: [home, gift],
  payment: { method: 'card' },
};

const taken = (more: Partial<Placement> = {}) => drawnUp({ ...placement, ...more }, now);
const faults = (wrong: Partial<Placement>): readonly string[] => {
  try {
    taken(wrong);
  } catch (error) {
    if (error instanceof Refused) return error.errors.map(({ field, code }) => `${field} ${code}`);
    throw error;
  }
  throw new Error('The order was taken.');
};

describe('an order that goes to several places', () => {
  it('has a ship group for each, with a delivery charge, dates and words of its own, and counts them all', () => {
    const { order, payments } = taken();
    expect(order).toMatchObject({
      lines: [{ shipGroupId: 'home' }, { shipGroupId: 'gift' }, { shipGroupId: 'gift' }],
      totals: { goods: 300, discount: 0, shipping: 1300, tax: 260, total: 1860 },
    });
    expect(order.shipGroups).toEqual([
      {
        shipGroupId: 'home',
        method: 'ship',
        destination: { country: 'GB', postalArea: 'EC1A' },
        charge: 400,
        taxLines: [{ name: 'Tax', amount: 80 }],
      },
      {
        shipGroupId: 'gift',
        method: 'ship',
        destination: { country: 'FR', postalArea: '75001' },
        service: 'express',
        deliverBy: '2026-12-24T12:00:00.000Z',
        instructions: 'Wrap it.',
        charge: 900,
        taxLines: [{ name: 'TVA 20 %', rate: 20, amount: 180 }],
      },
    ]);
    expect(payments).toEqual([{ method: 'card', amount: 1860 }]);
  });

  it('keeps who receives each out of what is not sealed; what is as it is of the order is kept once', () => {
    const { order, personal, recipients } = taken();
    expect(personal).toEqual({ ...customer, address: london });
    expect([...recipients]).toEqual([['gift', { ...friend, address: paris }]]);
    for (const secret of ['Customer', 'Friend', 'Rue', '+33', 'High Street']) expect(JSON.stringify(order)).not.toContain(secret);
  });

  it('goes to who bought it, wherever nobody else is named', () =>
    expect([...taken({ shipGroups: [home, { shipGroupId: 'gift', shipTo: paris }] }).recipients]).toEqual([
      ['gift', { ...customer, address: paris }],
    ]));

  it('is the same thing with one ship group as without', () => {
    const one = { lines: [line()], shipGroups: [{ shipGroupId: '1', shipping: { amount: 5 } }] };
    expect(taken(one)).toEqual(taken({ lines: [line()], shipGroups: null, shipping: { amount: 5 } }));
    expect(taken({ ...one, shipTo: null, shipGroups: [{ shipGroupId: '1', shipTo: london, shipping: { amount: 5 } }] })).toEqual(
      taken(one),
    );
  });
});

describe('what the customer fetches', () => {
  const shop = { lines: [line('shop')], shipGroups: [fetched] };

  it('says where, and needs no address', () => {
    const { order, personal, recipients } = taken({ ...shop, shipTo: null });
    expect(order.shipGroups).toEqual([{ shipGroupId: 'shop', method: 'pickup', pickupLocation: 'LDN-1', charge: 0, taxLines: [] }]);
    expect(personal).toEqual(customer);
    expect(recipients.size).toBe(0);
  });

  it('may be fetched by somebody else', () =>
    expect(taken({ ...shop, shipGroups: [{ ...fetched, recipient: friend }] }).recipients.get('shop')).toEqual(friend));

  it('may have to be sent to the store first', () =>
    expect(taken({ ...shop, shipGroups: [{ ...fetched, method: 'ship-to-store', shipTo: paris }] }).order.shipGroups).toMatchObject([
      { method: 'ship-to-store', pickupLocation: 'LDN-1', destination: { country: 'FR' } },
    ]));
});

describe('ship groups that are wrong', () => {
  const of = (groups: readonly PlacementGroup[], ...lines: readonly string[]): Partial<Placement> => ({
    shipGroups: groups,
    lines: (lines.length > 0 ? lines : groups.map(({ shipGroupId }) => shipGroupId)).map(line),
  });

  it.each<[string, Partial<Placement>, readonly string[]]>([
    ['a line that names none of several', { lines: [line(), line('home'), line('gift')] }, ['lines[0].shipGroupId SHIP_GROUP_REQUIRED']],
    ['a line that names another', { lines: [line('home'), line('gift'), line('Gift')] }, ['lines[2].shipGroupId SHIP_GROUP_UNKNOWN']],
    ['one that no line names', { lines: [line('home')] }, ['shipGroups[1] SHIP_GROUP_EMPTY']],
    ['one that is there twice', of([home, { ...gift, shipGroupId: ' home' }]), ['shipGroups[1].shipGroupId SHIP_GROUP_ID_DUPLICATE']],
    ['none', { ...of([]), lines: [line()] }, ['shipGroups SHIP_GROUPS_MISSING']],
    ['a method that nobody knows', of([{ ...home, method: 'drone' }]), ['shipGroups[0].method METHOD_UNKNOWN']],
    ['pickup at no location', of([{ ...fetched, pickupLocation: null }]), ['shipGroups[0].pickupLocation REQUIRED']],
    [
      'pickup at a place that is no location',
      of([{ ...fetched, pickupLocation: 'the shop' }]),
      ['shipGroups[0].pickupLocation CODE_INVALID'],
    ],
    ['pickup that is sent', of([{ ...fetched, shipTo: paris }]), ['shipGroups[0].shipTo NOT_SENT']],
    ['a shipment that is fetched', of([{ ...home, pickupLocation: 'LDN-1' }]), ['shipGroups[0].pickupLocation NOT_FETCHED']],
    ['a shipment to nowhere', { ...of([home]), shipTo: null }, ['shipGroups[0].shipTo REQUIRED']],
    ['an order to nowhere', { lines: [line()], shipGroups: null, shipTo: null }, ['shipTo REQUIRED']],
    ['a delivery told of all, too', { shipping: { amount: 1 } }, ['shipping TOLD_TWICE']],
    [
      'wrong details',
      of([
        home,
        {
          ...gift,
          shipTo: { ...paris, country: 'XX', latitude: 91 },
          recipient: { name: ' ' },
          shipping: { amount: -1, deliverBy: 'soon' },
        },
      ]),
      [
        'shipGroups[1].shipTo.country COUNTRY_UNKNOWN',
        'shipGroups[1].shipTo.latitude LATITUDE_INVALID',
        'shipGroups[1].shipping.deliverBy TIME_INVALID',
        'shipGroups[1].shipping.amount AMOUNT_INVALID',
        'shipGroups[1].recipient.name REQUIRED',
      ],
    ],
  ])('are refused, and the field named: %s', (_, wrong, told) => expect(faults(wrong)).toEqual(told));
});
