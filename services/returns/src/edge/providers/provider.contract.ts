import { returnsProviderMessageSchema, type ReturnsProviderMessage } from '@cartage/contracts';
import { isAway, Refused, Throttled } from '@cartage/eventsourcing';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { ProviderAdapter } from '../../app/providers/provider';
import { shapedNotice } from './shaping';

/** What a provider knows of us, in words that every one has. */
export interface SeenThere {
  readonly messageId: string;
  readonly type: string;
  readonly lines: readonly { readonly lineId: string; readonly sku: string; readonly units: number }[];
}

export interface ProviderOnTrial {
  readonly adapter: ProviderAdapter;
  /** Each message that it was told, once. */
  readonly seen: () => Promise<readonly SeenThere[]>;
  /** It can be away, has enough, or refuses by a field of its own. */
  readonly strike?: (fault: 'lost' | 'broken' | 'denied' | 'throttled' | 'refused') => void;
  /** Has it say these, in its own way; answers with what came in. */
  readonly say?: (notices: readonly object[]) => Promise<readonly unknown[]>;
}

const id = (n: number): string => `0199a3c4-7b1e-7c3d-9f2a-0000000000${10 + n}`;
const orderId = id(0);
const common = { provider: 'loop', orderId, asOf: '2026-11-23T10:00:00.000Z' };

const terms = { windowDays: 30, refundOn: 'receipt', restockingFeePercent: 0, wayBackPaidBy: 'merchant', exchange: 'after-return' };
export const returnable: ReturnsProviderMessage = {
  ...{ ...common, type: 'order.returnable', messageId: id(1) },
  order: {
    ...{ channel: 'web', placedAt: '2026-11-18T10:00:00.000Z', currency: 'GBP', policy: 'returns-2026-11', deliveryPaid: 594 },
    returnFee: [{ currency: 'GBP', amount: 250 }],
    lines: [
      {
        ...{ ...terms, lineId: '1', sku: 'MUG', title: 'Mug, "large"', quantity: 3, returnable: 2, paid: 3_000, tax: 500 },
        until: '2026-12-20T23:59:59.999Z',
      },
      { ...terms, lineId: '2', sku: 'CARD', quantity: 1, returnable: 0, obstacle: 'final-sale', paid: 200, tax: 0 },
    ],
  },
};
export const changed: ReturnsProviderMessage = {
  ...{ ...common, type: 'return.changed', messageId: id(2) },
  return: {
    ...{ returnId: id(3), reference: 'RMA-1', status: 'received', requestedAt: '2026-11-23T09:00:00.000Z', currency: 'GBP' },
    lines: [{ lineId: '1', sku: 'MUG', asked: 2, received: 1, graded: 0, standing: 'authorized' }],
    labels: [{ carrier: 'simulated', trackingNumber: 'BACK-1', format: 'label' }],
    refunds: [{ refundId: id(4), status: 'due', amount: 1_000, refunded: 0 }],
    ...{ owed: 1_000, refunded: 0, isOver: false },
  },
};
/** What providers say, in our form: each kind once, with all that it can hold. */
const said: readonly object[] = [
  {
    ...{ type: 'requested', reference: 'RMA-1', orderId, standing: 'approved', tender: 'store-credit' },
    lines: [
      { lineId: '1', quantity: 2, reason: 'too-small' },
      { lineId: '2', quantity: 1, reason: 'wrong' },
    ],
  },
  { type: 'decided', reference: 'RMA-1', decision: 'decline', note: 'Worn, "clearly"', lines: [{ lineId: '2' }] },
  { type: 'received', reference: 'RMA-1', id: 'R-7', location: 'LDN-1', lines: [{ sku: 'MUG', quantity: 2 }] },
  { type: 'graded', reference: 'RMA-1', id: 'G-7', lines: [{ lineId: '1', quantity: 2, grade: 'B', disposition: 'refurbish' }] },
  {
    ...{ type: 'refund-due', reference: 'RMA-1', refundId: 'F-7', amount: 1_800, currency: 'GBP', tender: 'original' },
    lines: [{ lineId: '1', quantity: 2 }],
  },
  { type: 'ended', reference: 'RMA-1', how: 'closed' },
];

const accepts = addFormats(new Ajv2020({ strict: true, allErrors: true })).compile(returnsProviderMessageSchema);
const shapedOf = (notices: readonly unknown[]) => notices.map((notice) => shapedNotice(notice));

interface Telling {
  readonly told: readonly ReturnsProviderMessage[];
  /** What is there after it was told all of it, twice. */
  readonly seen: readonly SeenThere[];
  /** A message that it has to do something about, and how it refuses it. */
  readonly struck: ReturnsProviderMessage;
  readonly refusal: { readonly field: string; readonly code: string };
}

/** Of a provider that is told in our form: all of it. */
const inOurForm: Telling = {
  told: [returnable, changed],
  seen: [
    {
      ...{ messageId: id(1), type: 'order.returnable' },
      lines: [
        { lineId: '1', sku: 'MUG', units: 2 },
        { lineId: '2', sku: 'CARD', units: 0 },
      ],
    },
    { messageId: id(2), type: 'return.changed', lines: [{ lineId: '1', sku: 'MUG', units: 2 }] },
  ],
  struck: { ...returnable, messageId: id(30) },
  refusal: { field: 'order.lines[0].sku', code: 'SKU_UNKNOWN' },
};

/**
 * What every way to speak to a returns provider promises. Run it in a spec of each adapter, with what can be tried with it; `telling`: what comes of which messages where it is
 * told in a form of its own.
 */
export const providerContract = (
  name: string,
  onTrial: () => ProviderOnTrial,
  can: readonly ('say' | 'strike')[] = [],
  { told, seen: expected, struck, refusal: refused }: Telling = inOurForm,
): void => {
  const failing = async (message: ReturnsProviderMessage): Promise<unknown> =>
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

    it.each(told)('has the form that is published: $type', (message) => {
      expect([accepts(message), accepts.errors]).toEqual([true, null]);
    });

    it('is what can be sent back, and what became of it, whole and once, however often it is told', async () => {
      const { adapter, seen } = onTrial();
      for (const message of told) for (let times = 0; times < 2; times += 1) await adapter.tell(message);
      const inOrder = (all: readonly SeenThere[]) => all.toSorted((a, b) => (a.messageId < b.messageId ? -1 : 1));
      expect(inOrder(await seen())).toEqual(inOrder(expected));
    });

    if (can.includes('strike')) {
      it('waits while it is away, lets nobody in, or has had enough; refused, it says by which field', async () => {
        for (const fault of ['broken', 'denied', 'lost'] as const) {
          onTrial().strike?.(fault);
          expect([fault, isAway(await failing(struck))]).toEqual([fault, true]);
        }
        onTrial().strike?.('throttled');
        expect(await failing(struck)).toBeInstanceOf(Throttled);
        onTrial().strike?.('refused');
        const refusal = await failing(struck);
        expect(refusal).toBeInstanceOf(Refused);
        expect((refusal as Refused).errors).toEqual([{ ...refused, message: expect.stringMatching(/\S/) as string }]);
      });
    }

    if (can.includes('say')) {
      it('is answered in our form, whichever way it speaks', async () => {
        expect(shapedOf((await onTrial().say?.(said)) ?? [])).toEqual(shapedOf(said));
      });
    }
  });
};
