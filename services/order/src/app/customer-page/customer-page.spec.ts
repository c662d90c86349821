import { facts } from '../../domain/facts.fixture';
import type { Fact } from '../../domain/facts';
import { id, minute, placing } from '../../domain/order.fixture';
import { backorderedTo } from '../../domain/trouble.fixture';
import { orderPageOf, type ShopOptions } from './customer-page.fixture';
import { maskedEmail } from './opened';

const { reserved, authorized, allocated, packed, handedOver, captured, inTransit, delivered } = facts;
const confirmed = [reserved, authorized];
const inHand = [...confirmed, allocated, packed];
const gone = [...inHand, handedOver, captured, inTransit];

const pageOf = async (told: readonly Fact[], options: ShopOptions = {}) => {
  const { page, token } = await orderPageOf(told, options);
  const opened = await page.open(token);
  if (opened.kind !== 'open') throw new Error(`The page is ${opened.kind}.`);
  return opened.order;
};

const unitsOf = async (told: readonly Fact[], options: ShopOptions = {}) =>
  (await pageOf(told, options)).groups.flatMap(({ lines }) => lines.map(({ units }) => units));

const due = minute(2_000);
const [group] = placing.shipGroups;
const promised = { order: { shipGroups: group ? [{ ...group, deliverBy: due }] : [] } };

describe('where the units of an order are', () => {
  it.each([
    ['placed', [], 'received', due],
    ['confirmed', confirmed, 'preparing', due],
    ['packed', inHand, 'packed', due],
    ['with the carrier', gone, 'on-its-way', due],
    ['delivered', [...gone, delivered], 'delivered', undefined],
  ] as const)('says of one that is %s when it is expected, while it is', async (_, told, state, at) =>
    expect(await unitsOf(told, promised)).toEqual([2, 3].map((quantity) => [{ state, quantity, ...(at === undefined ? {} : { at }) }])),
  );

  it('counts each unit once, whatever is told of its line', async () => {
    for (const told of [
      [],
      confirmed,
      inHand,
      gone,
      [...gone, delivered, facts.returned],
      [facts.short],
      [facts.short, facts.readyForPickup],
    ])
      expect((await unitsOf(told)).map((units) => units.reduce((sum, { quantity }) => sum + quantity, 0))).toEqual([2, 3]);
  });

  it('tells what waits for stock, and when that is expected', async () => {
    expect((await unitsOf([facts.short, backorderedTo(due)]))[1]).toEqual([{ state: 'waiting', quantity: 3, at: due }]);
  });

  it('tells where and until when something waits to be fetched, as long as it does', async () => {
    const atStore = { order: { shipGroups: group ? [{ ...group, method: 'pickup', pickupLocation: 'LON-1' }] : [] } };
    const ready = [...inHand, facts.readyForPickup];
    const waiting = (quantity: number) => [{ state: 'to-fetch', quantity, at: minute(100), place: 'Covent Garden' }];
    expect(await unitsOf(ready, atStore)).toEqual([waiting(2), waiting(3)]);
    expect((await unitsOf([...ready, facts.pickupExtended], atStore))[0]).toMatchObject([{ at: minute(200) }]);
    expect((await unitsOf([...ready, facts.notCollected], atStore)).flat().map(({ state }) => state)).not.toContain('to-fetch');
  });

  it('tells what was sent back, and keeps the rest', async () =>
    expect((await unitsOf([...gone, delivered, facts.returned]))[0]).toEqual([
      { state: 'delivered', quantity: 1 },
      { state: 'returned', quantity: 1 },
    ]));
});

describe('the money of an order', () => {
  it.each([
    ['nothing is charged', confirmed, { total: 2_134, charged: 0, refunded: 0, open: 2_134, owed: 0 }],
    ['all is charged', gone, { total: 2_134, charged: 2_134, refunded: 0, open: 0, owed: 0 }],
    ['some is refunded', [...gone, delivered, facts.refunded], { total: 2_134, charged: 2_134, refunded: 407, open: 0, owed: 0 }],
  ] as const)('adds up when %s', async (_, told, money) => expect((await pageOf(told)).money).toMatchObject(money));
});

describe('what is offered, and why not', () => {
  it.each([
    ['placed', [], [undefined, undefined, 'nothing-there']],
    ['packed', inHand, [undefined, undefined, 'nothing-there']],
    ['with the carrier', gone, ['left', 'left', 'nothing-there']],
    ['delivered', [...gone, delivered], ['left', 'ended', undefined]],
  ] as const)('of an order that is %s', async (_, told, expected) => {
    const order = await pageOf(told);
    expect([order.cancel.obstacle, order.groups[0]?.move?.obstacle, order.sendBack.obstacle]).toEqual(expected);
  });

  it('is what the shop lets its customers do', async () => {
    const order = await pageOf([...gone, delivered], { offered: [] });
    expect([order.cancel, order.groups[0]?.move, order.sendBack]).toEqual([1, 2, 3].map(() => ({ obstacle: 'ask-us' })));
  });

  it('is no other address of what customers fetch, nor of whom nobody knows any more', async () => {
    const fetched = await pageOf([], { order: { shipGroups: group ? [{ ...group, method: 'pickup', pickupLocation: 'LON-1' }] : [] } });
    expect(fetched.groups[0]).not.toHaveProperty('move');
    expect(fetched.groups[0]).not.toHaveProperty('address');
    const erased = await pageOf([], { erased: true });
    expect(erased).not.toHaveProperty('contact');
    expect(erased.groups[0]).toMatchObject({ move: { obstacle: 'erased' } });
  });

  it('is not asked for again while it is asked for', async () => {
    const { page, token } = await orderPageOf(inHand);
    const opened = await page.open(token);
    if (opened.kind !== 'open') throw new Error('It is there.');
    const lines = ['1', '2'].map((lineId) => ({ lineId }));
    const sent = { form: opened.form, meta: { commandId: id(1), correlationId: 'c', actor: 'anybody' } };
    expect(await page.cancel(opened, lines, sent)).toEqual([]);
    const again = await page.open(token);
    expect(again).toMatchObject({
      order: { cancel: { obstacle: 'asked' }, groups: [{ lines: [{ units: [{ state: 'cancelling', quantity: 2 }] }, {}] }] },
    });
  });
});

it.each([
  ['ada@example.org', 'a•••@example.org'],
  ['a@b', 'a•••@b'],
  ['"x@y"@example.org', '"•••@example.org'],
])('an e-mail address is told so that only its owner knows it: %s', (email, masked) => expect(maskedEmail(email)).toBe(masked));
