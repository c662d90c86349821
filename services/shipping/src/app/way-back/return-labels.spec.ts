import { memoryDeadlines, memoryStore, type Deadlines, type Meta } from '@cartage/eventsourcing';
import { sampleOf } from '@cartage/testkit';
import { carriersOf } from '../../edge/carriers';
import { evenWeights } from '../../domain/scores';
import { carrierSettings, person, placed } from '../../edge/shipping.fixture';
import type { Booked, Carrier, Consignment } from '../carrier';
import { CarrierPolicyBook } from '../carrier-policies';
import type { Compliance } from '../compliance';
import { memoryRegisters } from '../memory-registers';
import { knownLine } from '../shipments';
import { createReturnCustoms } from './return-customs';
import { createReturnLabels } from './return-labels';
import { createReturnScans } from './return-scans';
import { createWayBackLog } from './way-back-log';

const [returnId, orderId] = ['0199a3c4-7b1e-7c3d-9f2a-000000000005', placed.orderId];
const allowed = {
  ...sampleOf('ReturnAuthorized'),
  ...{ returnId, orderId, receivingLocation: 'LEEDS', sendBack: { by: 'qr', carrier: 'simulated' } },
};
const booked: Booked = {
  status: 'booked',
  parcels: [{ parcelId: '1', trackingNumber: 'CTG1' }],
  service: 'standard',
  currency: 'GBP',
  cost: 345,
};
const DAY_MIN = 1_440;

const numbers = { find: async () => returnId, add: async () => undefined, behind: async () => returnId };
const patienceMs = { stuck: 10 * DAY_MIN * 60_000, lost: 30 * DAY_MIN * 60_000 };
const compliance: Pick<Compliance, 'carried' | 'blocked'> = {
  carried: async (_rules, _goods, way) => ({ ...way, location: 'LEEDS', skus: [], hazards: [], hsCodes: [] }),
  blocked: () => undefined,
};

const unread = (): never => {
  throw new Error('Of this order nothing was sent from here.');
};

/** Labels for the way back on memory, with a carrier and a clock that a case has in hand. */
const setUp = async ({
  does = {},
  isErased = false,
  order = placed,
}: { does?: Partial<Carrier>; isErased?: boolean; order?: typeof placed } = {}) => {
  let time = Date.parse('2026-11-23T12:00:00.000Z');
  const now = () => new Date(time);
  const asked: string[] = [];
  const told: Consignment[] = [];
  const [simulated] = [...carriersOf(carrierSettings).values()];
  if (!simulated) throw new Error('There is no simulated carrier.');
  const carrier: Carrier = {
    ...simulated,
    book: async (consignment) => {
      asked.push(`book ${consignment.reference}`);
      told.push(consignment);
      return booked;
    },
    void: async ({ reference }) => void asked.push(`void ${reference}`),
    ...does,
  };
  const carriers = new Map([['simulated', carrier]]);
  const registers = memoryRegisters();
  await registers.orders.learn({ ...order, lines: order.lines.map(knownLine) });
  await registers.items.record({ sku: allowed.lines[0]?.sku ?? '', title: 'Mug', weightGrams: 400 }, 1);
  let ids = 0;
  const log = createWayBackLog({ store: memoryStore(), newId: () => `e${(ids += 1)}`, isPublic: () => true });
  const deadlines = memoryDeadlines();
  const settings = { by: 'cost', carriers: ['simulated'], weights: evenWeights, exceptions: [], blocks: [] } as const;
  const policies = new CarrierPolicyBook({ store: memoryStore(), newId: () => `p${(ids += 1)}`, now, carriers, settings });
  const vault = { open: async <Content extends object>() => (isErased ? undefined : (person as Content)) };
  const labels = createReturnLabels({
    ...{ log, carriers, deadlines, now, vault, orders: registers.orders, items: registers.items, locations: registers.locations },
    customs: createReturnCustoms({ ...registers, shipments: { read: unread } }),
    policies,
    compliance,
    newToken: () => `t${(ids += 1)}`,
    linkOf: (token, format) => `https://shop.example.com/${token}/${format}`,
    newId: () => `l${(ids += 1)}`,
  });
  const scans = createReturnScans({
    log,
    numbers,
    deadlines,
    now,
    patienceMs,
  });
  const meta = (commandId = `c${(ids += 1)}`): Meta => ({ commandId, correlationId: 'c', actor: 'spec' });
  const pass = async (minutes: number): Promise<void> => {
    time += minutes * 60_000;
    const due = await deadlines.take({ now: now(), until: new Date(time + 60_000), limit: 10 });
    for (const deadline of due) for (const part of [labels, scans]) await part.onDue(deadline, meta());
    await deadlines.settle(due.map(({ id }) => id));
  };
  return { registers, labels, scans, log, asked, told, meta, pass, deadlines: deadlines as Deadlines, now };
};
const reason = { code: 'customer', by: 'customer' };

describe('a return that may be sent back with a label of ours', () => {
  it('has one, once, however often that is told: from the customer to the location, of what the goods weigh', async () => {
    const { labels, meta, asked, told } = await setUp();
    await labels.request(allowed, meta('allowed'));
    await labels.request(allowed, meta('allowed'));
    await labels.request(allowed, meta());
    expect(asked).toHaveLength(1);
    expect(told[0]).toMatchObject({ isReturn: true, origin: { location: 'LEEDS' }, recipient: { name: 'Ada Byron' } });
    expect(told[0]?.parcels[0]?.weightGrams).toBe(400 * (allowed.lines[0]?.quantity ?? 0));
    const [label] = (await labels.get(returnId)).labels.values();
    expect(label?.bought).toMatchObject({ trackingNumber: 'CTG1', cost: 345, format: 'qr', url: expect.stringMatching(/^https:.*qr$/) });
    expect(await labels.counterCode(returnId)).toBe('CTG1');
    expect(Buffer.from(await labels.print(returnId)).toString('latin1')).toContain('CTG1');
  });

  it.each([
    ['is brought to a store', { ...allowed, sendBack: { by: 'store' } }],
    ['comes as the customer likes', { ...allowed, sendBack: undefined }],
    ['is kept', { ...allowed, lines: allowed.lines.map((line) => ({ ...line, keep: true })) }],
  ])('has none where it %s', async (_, other) => {
    const { labels, meta, asked, log } = await setUp();
    const { sendBack, ...rest } = other;
    await labels.request(sendBack ? { ...rest, sendBack } : rest, meta());
    await labels.end(returnId, reason, meta());
    expect([asked, await log.read(returnId)]).toEqual([[], { labels: new Map() }]);
  });

  it('is told why it has none, and a person may ask again', async () => {
    let isOpen = false;
    const book: Carrier['book'] = async () => (isOpen ? booked : { status: 'refused', reason: { code: 'closed', by: 'carrier' } });
    const { labels, meta } = await setUp({ does: { book } });
    await labels.request(allowed, meta());
    expect(await labels.get(returnId)).toMatchObject({ failure: { code: 'closed' } });
    await expect(labels.print(returnId)).rejects.toMatchObject({ code: 'RETURN_NOT_LABELLED' });
    isOpen = true;
    const { labels: after, failure } = await labels.retry(returnId, { service: 'express' }, meta());
    expect([[...after.values()].at(-1)?.asked.service, failure]).toEqual(['express', undefined]);
  });

  it('is told by which policy there was no carrier for it; where none was looked at, none', async () => {
    const refused = { service: 'standard', reason: { code: 'too-heavy', by: 'carrier' } };
    const failureOf = async (setting: Parameters<typeof setUp>[0]) => {
      const { labels, meta, log } = await setUp(setting);
      const send = jest.spyOn(log, 'send');
      await labels.request(allowed, meta());
      return send.mock.lastCall?.[1];
    };
    const failed = await failureOf({ does: { quote: async () => [refused] } });
    expect(failed).toMatchObject({ type: 'FailReturnLabel', data: { policy: 'carriers@settings', reason: { code: 'too-heavy' } } });
    expect((await failureOf({ isErased: true }))?.data).not.toHaveProperty('policy');
  });

  it.each([
    ['whose customer was erased', { isErased: true }, 'personal-erased'],
    ['whose order nobody here knows', { order: { ...placed, orderId: 'another' } }, 'order-unknown'],
  ])('has none %s', async (_, setting, code) => {
    const { labels, meta, asked } = await setUp(setting);
    await labels.request(allowed, meta());
    expect([asked, (await labels.get(returnId)).failure?.code]).toEqual([[], code]);
  });

  it('crosses a border with a declaration, as soon as all that customs ask for is known', async () => {
    const { registers, labels, meta, told } = await setUp();
    await registers.locations.record({ location: 'LEEDS', country: 'CH' }, 1);
    await labels.request(allowed, meta());
    expect((await labels.get(returnId)).failure).toMatchObject({
      code: 'customs-missing',
      detail: expect.stringContaining('customs.hsCode'),
    });
    const customs = { hsCode: '691200', originCountry: 'CN' };
    await registers.items.record({ sku: allowed.lines[0]?.sku ?? '', title: 'Mug', weightGrams: 400, customs }, 2);
    await labels.retry(returnId, {}, meta());
    const declaration = { from: 'GB', to: 'CH', goods: 'returned', parcels: [{ lines: [{ hsCode: '691200', originCountry: 'CN' }] }] };
    expect(told).toMatchObject([{ isReturn: true, customs: declaration }]);
    expect([...(await labels.get(returnId)).labels.values()]).toMatchObject([
      { asked: { customs: declaration }, bought: { customsUrl: expect.stringMatching(/\/customs$/) } },
    ]);
  });

  it('has none of a carrier that nobody set up, and that is said rather than tried for ever', async () => {
    const { labels, meta } = await setUp();
    await labels.request({ ...allowed, sendBack: { by: 'label', carrier: 'pigeon' } }, meta());
    expect((await labels.get(returnId)).failure).toMatchObject({ code: 'policy-unusable', detail: expect.stringContaining('simulated') });
    await expect(labels.retry(returnId, { carrier: 'owl' }, meta())).rejects.toMatchObject({ code: 'CARRIER_UNKNOWN' });
  });
});

it.each([
  ['it was asked for', 'RequestReturnLabel', true],
  ['its carrier gave it', 'RecordReturnLabel', false],
])('a label is bought though the connection is lost once %s, and nobody asks again', async (_, type, isWritten) => {
  const { labels, log, meta, pass } = await setUp();
  const { send } = log;
  const losing = jest.spyOn(log, 'send').mockImplementation(async (...sent) => {
    if (sent[1].type !== type) return send(...sent);
    losing.mockRestore();
    if (isWritten) await send(...sent);
    throw new Error('the connection was lost');
  });
  await expect(labels.request(allowed, meta())).rejects.toThrow('the connection was lost');
  await pass(1);
  expect([...(await labels.get(returnId)).labels.values()]).toMatchObject([{ bought: { trackingNumber: 'CTG1' } }]);
});

describe('a carrier that gives no answer', () => {
  const silentOnce = () => {
    let calls = 0;
    const references: string[] = [];
    const book: Carrier['book'] = async ({ reference }) => {
      references.push(reference);
      if ((calls += 1) === 1) throw new Error('timeout');
      return booked;
    };
    return { book, references };
  };

  it('is asked again by the same reference until it does', async () => {
    const { book, references } = silentOnce();
    const { labels, meta, pass } = await setUp({ does: { book } });
    await labels.request(allowed, meta());
    await pass(1);
    expect([references.length, new Set(references).size]).toEqual([2, 1]);
    expect([...(await labels.get(returnId)).labels.values()][0]?.bought).toBeDefined();
  });

  it('about a label that nobody wants any more is told to void it, by our reference, once its call is over', async () => {
    const { book, references } = silentOnce();
    const { labels, meta, pass, asked } = await setUp({ does: { book } });
    await labels.request(allowed, meta());
    await labels.end(returnId, reason, meta());
    expect(asked).toEqual([]);
    await pass(6);
    expect(asked).toEqual([`void ${references[0]}`]);
    await pass(6);
    expect(asked).toHaveLength(1);
  });
});

describe('a label that nobody uses', () => {
  it('is void when the return is cancelled or over, again until the carrier has heard it', async () => {
    let isAway = true;
    const voids: string[] = [];
    const { labels, meta, pass } = await setUp({
      does: {
        void: async ({ reference }) => {
          if (isAway) throw new Error('away');
          voids.push(reference);
        },
      },
    });
    await labels.request(allowed, meta());
    await labels.end(returnId, reason, meta('end'));
    isAway = false;
    await pass(1);
    await pass(10);
    expect(voids).toHaveLength(1);
    expect([...(await labels.get(returnId)).labels.values()][0]?.voidedAt).toBeDefined();
    await expect(labels.retry(returnId, {}, meta())).rejects.toMatchObject({ code: 'RETURN_ENDED' });
  });

  it('is void also when the return was cancelled while the carrier was being asked', async () => {
    const held: { cancel?: () => Promise<void> } = {};
    const { labels, meta, asked } = await setUp({
      does: {
        book: async () => {
          await held.cancel?.();
          return booked;
        },
      },
    });
    held.cancel = () => labels.end(returnId, reason, meta());
    await labels.request(allowed, meta());
    expect(asked).toEqual([expect.stringMatching(/^void l/)]);
  });
});

it('a parcel that nobody hears of is stuck, and then lost, until it is scanned again', async () => {
  const { labels, scans, meta, pass, now } = await setUp();
  await labels.request(allowed, meta());
  const scanned = async (eventId: string) => {
    const scan = { eventId, trackingNumber: 'CTG1', milestone: 'in-transit' as const, occurredAt: now().toISOString() };
    await scans.record({ ...scan, scanId: eventId, carrier: 'simulated', waitsFor: 'number-unknown', parkedAt: scan.occurredAt }, meta());
    await scans.watch({
      ...sampleOf('ReturnParcelScanned'),
      returnId,
      trackingNumber: 'CTG1',
      milestone: 'in-transit',
      occurredAt: scan.occurredAt,
    });
  };
  const overdue = async () => [...(await labels.get(returnId)).labels.values()][0]?.overdue;
  await scanned('s-1');
  await pass(11 * DAY_MIN);
  expect(await overdue()).toBe('stuck');
  await pass(20 * DAY_MIN);
  expect(await overdue()).toBe('lost');
  await scanned('s-2');
  expect(await overdue()).toBeUndefined();
});
