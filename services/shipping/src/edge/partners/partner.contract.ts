import { partnerMessageSchema, type PartnerMessage } from '@cartage/contracts';
import { isAway, Refused, Throttled } from '@cartage/eventsourcing';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { PartnerAdapter } from '../../app/partners/partner';
import type { ShapedNotice } from '../../app/partners/partner-notices';
import { shapedNotice } from './shaping';

/** What a partner knows of us, in words that every one has. */
export interface SeenThere {
  readonly messageId: string;
  readonly type: string;
  readonly reference: string;
  readonly lines: readonly { readonly lineId: string; readonly sku: string; readonly quantity: number }[];
  readonly recipient: string | undefined;
  readonly trackingNumbers: readonly string[];
}

export interface PartnerOnTrial {
  readonly adapter: PartnerAdapter;
  /** Each message that it was told, once. */
  readonly seen: () => Promise<readonly SeenThere[]>;
  /** It can be away, has enough, or refuses by a field of its own. */
  readonly strike?: (fault: 'lost' | 'broken' | 'denied' | 'throttled' | 'refused') => void;
  /** Has it say these, in its own way; answers with what came in. */
  readonly say?: (notices: readonly object[]) => Promise<readonly unknown[]>;
}

const reference = '0199a3c4-7b1e-7c3d-9f2a-000000000004';
const common = { partner: 'north-3pl', reference, orderId: '0199a3c4-7b1e-7c3d-9f2a-000000000001', location: 'LDN' };
const reason = { code: 'changed-mind', detail: 'She called, "please", she said', by: 'customer' };
const id = (n: number): string => `0199a3c4-7b1e-7c3d-9f2a-0000000000${10 + n}`;

const lines = [
  { lineId: '1', sku: 'MUG', title: 'Mug, "large"', quantity: 2, attributes: { giftText: 'Für Dich\nund mich' } },
  { lineId: '2', sku: 'SET', quantity: 1, parts: [{ sku: 'CUP', quantity: 4, share: 1 }], instructions: 'Upright.' },
];
const address = { lines: ['1 High Street', 'Flat 2'], city: 'London', postalCode: 'SW1A 1AA', country: 'GB' };
const request = {
  ...{ lines, recipient: { name: 'Ada Byron', phone: '+44 20 7946 0000', address } },
  ...{ method: 'ship', service: 'next-day', priority: 'expedited', shipBy: '2026-11-24T16:00:00.000Z', instructions: 'Ring twice.' },
  labels: 'own',
};
const label = {
  carrier: 'simulated',
  service: 'standard',
  parcels: [{ parcelId: '1', trackingNumber: 'CTG1' }],
  pdf: Buffer.from('%PDF-1.7').toString('base64'),
};

export const contractMessages: readonly PartnerMessage[] = [
  { type: 'fulfilment.request', messageId: id(1), ...common, request },
  { type: 'fulfilment.change', messageId: id(2), ...common, request: { ...request, instructions: 'Ring once.' } },
  { type: 'fulfilment.hold', messageId: id(3), ...common, holdId: id(9), reason },
  { type: 'fulfilment.release', messageId: id(4), ...common, holdId: id(9) },
  { type: 'fulfilment.label', messageId: id(5), ...common, label },
  { type: 'fulfilment.cancel', messageId: id(6), ...common, reason },
];
const [asked] = contractMessages;

/** What partners say, in our form: each kind once, with all that it can hold. */
const said: readonly object[] = [
  { type: 'accepted', reference },
  {
    type: 'rejected',
    reference,
    code: 'damaged',
    detail: 'Wet, all of them.',
    stockEffect: 'minus',
    lines: [{ lineId: '1', quantity: 1 }],
  },
  { type: 'picked', reference, lines: [{ lineId: '1', quantity: 1, short: 1 }, { lineId: '2' }] },
  {
    ...{ type: 'packed', reference, label: 'own', carrier: 'dhl' },
    parcels: [
      { parcelId: 'A', weightGrams: 900, lengthMm: 300, trackingNumber: 'JD01', lines: [{ lineId: '1', quantity: 1 }] },
      { parcelId: 'B', weightGrams: 1_900, trackingNumber: 'JD02', lines: [{ lineId: '2', quantity: 1 }] },
    ],
  },
  { type: 'dispatched', reference, occurredAt: '2026-11-23T15:00:00.000Z', carrier: 'dhl' },
  { type: 'cancelled', reference, code: 'as-asked' },
  { type: 'cancellation-refused', reference, detail: 'It has left.' },
  {
    type: 'stock',
    location: 'LDN',
    asOf: '2026-11-23T04:00:00.000Z',
    whole: true,
    stock: [
      { sku: 'MUG', onHand: 118 },
      { sku: 'A,"B"', onHand: 0 },
    ],
  },
];

const accepts = addFormats(new Ajv2020({ strict: true, allErrors: true })).compile(partnerMessageSchema);
const defaults = { labels: 'ours', now: '2026-11-23T16:00:00.000Z' } as const;
const shapedOf = (notices: readonly unknown[]): readonly ShapedNotice[] => notices.map((notice) => shapedNotice(notice, defaults));
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** What every way to speak to a partner promises. Run it in a spec of each adapter, with what can be tried with it. */
export const partnerContract = (name: string, onTrial: () => PartnerOnTrial, can: readonly ('say' | 'strike')[] = []): void => {
  const failing = async (message: PartnerMessage): Promise<unknown> =>
    onTrial()
      .adapter.tell(message)
      .then(
        () => undefined,
        (error: unknown) => error,
      );

  describe(`what ${name} is told`, () => {
    it('is looked at in all that can be tried with it', () => {
      const { say, strike } = onTrial();
      expect({ say: say !== undefined, strike: strike !== undefined }).toEqual({
        say: can.includes('say'),
        strike: can.includes('strike'),
      });
    });

    it.each(contractMessages)('has the form that is published: $type', (message) => {
      expect([accepts(message), accepts.errors]).toEqual([true, null]);
    });

    it('is the request whole, once, however often it is told, and all that follows it', async () => {
      const { adapter, seen } = onTrial();
      for (const message of contractMessages) for (let times = 0; times < 2; times += 1) await adapter.tell(message);
      const there = await seen();
      expect(there.map(({ type }) => type).toSorted()).toEqual(contractMessages.map(({ type }) => type).toSorted());
      expect(there.find(({ type }) => type === 'fulfilment.request')).toEqual({
        ...{ messageId: id(1), type: 'fulfilment.request', reference, recipient: 'Ada Byron', trackingNumbers: [] },
        lines: lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity })),
      });
      expect(there.find(({ type }) => type === 'fulfilment.label')).toMatchObject({ trackingNumbers: ['CTG1'] });
    });

    it('can be asked for by our reference, where it answers at once', async () => {
      const { adapter } = onTrial();
      const status = (n: number, of: string): PartnerMessage => ({ type: 'fulfilment.status', messageId: id(n), ...common, reference: of });
      const before = await adapter.tell(status(20, id(99)));
      if (asked) await adapter.tell(asked);
      const after = await adapter.tell(status(21, reference));
      expect([before.known, after.known]).toEqual(adapter.answersAtOnce ? [false, true] : [undefined, undefined]);
    });

    if (asked && can.includes('strike')) {
      it('waits while it is away, lets nobody in, or has had enough; refused, it says by which field', async () => {
        for (const fault of ['broken', 'denied', 'lost'] as const) {
          onTrial().strike?.(fault);
          expect([fault, isAway(await failing(asked))]).toEqual([fault, true]);
        }
        onTrial().strike?.('throttled');
        expect(await failing(asked)).toBeInstanceOf(Throttled);
        onTrial().strike?.('refused');
        const refusal = await failing({ ...asked, messageId: id(30) });
        expect(refusal).toBeInstanceOf(Refused);
        expect((refusal as Refused).errors).toEqual([
          { field: 'request.lines[0].sku', code: 'SKU_UNKNOWN', message: expect.stringMatching(/\S/) as string },
        ]);
      });
    }

    if (can.includes('say')) {
      it('is answered in our form, whichever way it speaks', async () => {
        expect(plain(shapedOf((await onTrial().say?.(said)) ?? []))).toEqual(plain(shapedOf(said)));
      });
    }
  });
};
