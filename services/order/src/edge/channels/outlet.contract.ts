import { createHash } from 'node:crypto';
import type { LineQuantity } from '@cartage/contracts';
import { isAway, Refused, Throttled } from '@cartage/eventsourcing';
import type { VendorFault } from '@cartage/testkit';
import type { ChannelOutlet, ClaimedUpdate, UpdateContent } from '../../app/channels/channel-update';

/** What a channel knows of an order and of stock, in words that every channel has. */
export interface KnownThere {
  readonly parcels: readonly { readonly trackingNumber: string | undefined; readonly units: Readonly<Record<string, number>> }[];
  readonly cancelledUnits: Readonly<Record<string, number>>;
  readonly cancelled: number;
  /** In minor units, all refunds together. */
  readonly refunded: number;
  readonly stock: Readonly<Record<string, number>>;
  /** Minor units. */
  readonly prices: Readonly<Record<string, number>>;
}

export interface OutletOnTrial {
  readonly outlet: ChannelOutlet;
  /** An order at the channel of three units of line 1 (A) and two of line 2 (B), 50.00 EUR paid. */
  readonly externalOrderId: string;
  readonly known: () => KnownThere;
  /** By its own people, in minor units. */
  readonly giveBack: (amount: number) => void;
  readonly strike: (...faults: readonly VendorFault[]) => void;
  /** How a return stands there, if the channel is told of returns. */
  readonly returnAt?: (channelReturnId: string) => string | undefined;
  /** A customer asks the channel to send something back. */
  readonly askReturn?: (channelReturnId: string) => void;
}

export const contractLines = [
  { lineId: '1', sku: 'A', quantity: 3 },
  { lineId: '2', sku: 'B', quantity: 2 },
] as const satisfies readonly LineQuantity[];

const [a, b] = contractLines;
const parcel = (trackingNumber: string, ...lines: readonly LineQuantity[]): UpdateContent => ({
  ...{ kind: 'dispatched', carrier: 'DHL', trackingNumber, lines, dispatchedAt: '2026-11-27T10:00:00.000Z' },
});
const cancelled = (...lines: readonly LineQuantity[]): UpdateContent => ({ kind: 'units-cancelled', lines, reason: 'stock-short' });
const refund = (amount: number): UpdateContent => ({ kind: 'refunded', refundId: 'r-1', amount, currency: 'EUR' });

/** The same for the same fact. */
const updateIdOf = (content: UpdateContent): string => createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32);

/** What every channel promises that can be told. Run it in a spec of each adapter. */
export const outletContract = (name: string, onTrial: () => OutletOnTrial): void => {
  describe(`what ${name} is told`, () => {
    const tell = (content: UpdateContent, attempts = 1, before = 0): Promise<unknown> => {
      const { outlet, externalOrderId } = onTrial();
      const backInAll = before + (content.kind === 'refunded' ? content.amount : 0);
      const update: ClaimedUpdate = { updateId: updateIdOf(content), channel: 'shop', externalOrderId, content, attempts, backInAll };
      return outlet.tell(update);
    };
    const failing = (content: UpdateContent): Promise<unknown> => tell(content).catch((error: unknown) => error);
    const once = async (content: UpdateContent): Promise<void> => {
      onTrial().strike('broken');
      expect(isAway(await failing(content))).toBe(true);
      await tell(content, 2);
      await tell(content, 3);
    };

    it('is that an order was taken over, or cannot be, as often as it is said', async () => {
      for (const attempts of [1, 2]) await tell({ kind: 'rejected', code: 'MESSAGE_INVALID', faults: [] }, attempts);
      for (const attempts of [1, 2]) expect(await tell({ kind: 'accepted' }, attempts)).toHaveProperty('status');
    });

    it('is each parcel with its number and its units, once, however often it is told', async () => {
      await once(parcel('T-1', { ...a, quantity: 2 }, b));
      await tell(parcel('T-2', { ...a, quantity: 1 }));
      expect(onTrial().known().parcels).toEqual([
        { trackingNumber: 'T-1', units: { 1: 2, 2: 2 } },
        { trackingNumber: 'T-2', units: { 1: 1 } },
      ]);
    });

    it('is done once where the answer was lost: what is unknown is asked for first', async () => {
      for (const [content, requests] of [
        [parcel('T-1', { ...a, quantity: 1 }), 6],
        [cancelled(b), 6],
        [refund(1_234), 6],
      ] as const)
        for (let at = 0; at < requests; at += 1) {
          onTrial().strike(...Array.from({ length: at }, () => 'none' as const), 'lost');
          await tell(content, at + 1).catch((error: unknown) => expect(isAway(error)).toBe(true));
        }
      const { parcels, cancelledUnits, refunded } = onTrial().known();
      expect({ parcels, cancelledUnits, refunded }).toEqual({
        parcels: [{ trackingNumber: 'T-1', units: { 1: 1 } }],
        ...{ cancelledUnits: { 2: 2 }, refunded: 1_234 },
      });
    });

    it('is what will not ship, by units or as a whole, once', async () => {
      await once(cancelled({ ...a, quantity: 1 }));
      expect(onTrial().known()).toMatchObject({ cancelledUnits: { 1: 1 }, cancelled: 0, refunded: 0 });
      await once({ kind: 'cancelled', reason: 'stock-short' });
      expect(onTrial().known()).toMatchObject({ cancelled: 1, refunded: 0 });
    });

    it('is money that it is to give back, once; another refund is another one', async () => {
      await once(refund(2_000));
      expect(await tell(refund(2_000), 4)).toMatchObject({ given: 2_000 });
      await tell({ kind: 'refunded', refundId: 'r-2', amount: 3_000, currency: 'EUR' }, 1, 2_000);
      expect(onTrial().known().refunded).toBe(5_000);
    });

    it('is no money that it gave back by itself before', async () => {
      onTrial().giveBack(1_500);
      expect(await tell(refund(2_000))).toMatchObject({ given: 500 });
      expect(onTrial().known().refunded).toBe(2_000);
      await tell({ kind: 'refunded', refundId: 'r-2', amount: 500, currency: 'EUR' }, 1, 1_500);
      expect(onTrial().known().refunded).toBe(2_000);
    });

    it('is that what a customer asked it to send back may come, or may not, and that it is over, once', async () => {
      const { askReturn, returnAt } = onTrial();
      if (!askReturn || !returnAt) {
        const answer = tell({ kind: 'return-approved', channelReturnId: '71' });
        return expect(answer).resolves.toMatchObject({ status: 'passed-over' });
      }
      for (const id of ['71', '72', '73']) askReturn(id);
      await once({ kind: 'return-approved', channelReturnId: '71' });
      await once({ kind: 'return-closed', channelReturnId: '71', how: 'closed' });
      await once({ kind: 'return-approved', channelReturnId: '72' });
      await once({ kind: 'return-declined', channelReturnId: '73', reason: 'final-sale' });
      expect(['71', '72', '73'].map((id) => returnAt(id))).toEqual(['closed', 'approved', 'declined']);
    });

    it('is refused with its own field and words where it cannot be', async () => {
      const refusal = await failing(parcel('T-1', { ...a, lineId: '3' }));
      expect(refusal).toBeInstanceOf(Refused);
      expect((refusal as Refused).errors).toEqual([
        { field: expect.any(String), code: expect.any(String), message: expect.stringMatching(/\S/) },
      ]);
      expect(onTrial().known().parcels).toEqual([]);
    });

    it('waits while it is away, lets nobody in, or has had enough, and for as long as it says', async () => {
      const { strike } = onTrial();
      for (const fault of ['broken', 'denied', 'lost'] as const) {
        strike(fault);
        expect(isAway(await failing(parcel('T-1', b)))).toBe(true);
      }
      strike('throttled');
      const enough = await failing(parcel('T-1', b));
      expect(enough).toBeInstanceOf(Throttled);
      expect((enough as Throttled).forMs).toBe(2_000);
    });

    it('is what it may sell: as it is now, nothing where there is less than nothing; what it does not know keeps nothing else', async () => {
      const { outlet, known } = onTrial();
      const level = (sku: string, atp: number) => ({ sku, network: atp, locations: { LDN: atp } });
      expect(await outlet.setStock?.([level('A', 5), level('NOWHERE', 1), level('B', -3)], 'key-1')).toEqual([
        undefined,
        {
          code: expect.any(String),
          faults: [expect.objectContaining({ field: expect.any(String), message: expect.stringMatching(/NOWHERE/) })],
        },
        undefined,
      ]);
      expect(await outlet.setStock?.([level('A', 4)], 'key-2')).toEqual([undefined]);
      expect(known().stock).toEqual({ A: 4, B: 0 });
    });

    it('is asked for what it offers, if it can be: of many SKUs at once, and nothing of what it does not know', async () => {
      const { outlet } = onTrial();
      if (!outlet.readStock) return;
      await outlet.setStock?.([{ sku: 'A', network: 5, locations: { LDN: 5 } }], 'key-7');
      const many = Array.from({ length: 60 }, (_, i) => `NOWHERE-${i}`);
      const offered = await outlet.readStock([...many, 'A', 'B,C']);
      expect(offered.map(({ sku, quantity }) => [sku, quantity])).toEqual([['A', 5]]);
    });

    it('is what it is to ask, exactly, as it is now; what it does not know keeps nothing else', async () => {
      const { outlet, known } = onTrial();
      const price = (sku: string, unitPrice: number) => ({ sku, unitPrice, currency: 'EUR', taxIncluded: true });
      const unknown = { code: expect.any(String), faults: [expect.objectContaining({ message: expect.stringMatching(/NOWHERE/) })] };
      const told = [price('A', 1_999), price('NOWHERE', 1), price('B', 5)];
      expect(await outlet.setPrices?.(told, 'key-3')).toEqual([undefined, unknown, undefined]);
      for (const key of ['key-4', 'key-5']) expect(await outlet.setPrices?.([price('A', 2_050)], key)).toEqual([undefined]);
      expect(known().prices).toEqual({ A: 2_050, B: 5 });
    });

    it('is no price while it is away', async () => {
      const { outlet, strike, known } = onTrial();
      strike('broken');
      const away = await outlet
        .setPrices?.([{ sku: 'A', unitPrice: 1, currency: 'EUR', taxIncluded: true }], 'key-6')
        .catch((error: unknown) => error);
      expect([isAway(away), known().prices]).toEqual([true, {}]);
    });
  });
};
