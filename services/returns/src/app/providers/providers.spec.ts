import { Refused, type Meta } from '@cartage/eventsourcing';
import fc from 'fast-check';
import { orderId, policyWith } from '../../domain/return.fixture';
import { owed, standingOf } from '../../domain/state';
import type { ProviderNotice } from '../../domain/provider-notice';
import { providersOn } from './providers.fixture';

const meta: Meta = { commandId: 'c', correlationId: 'c', actor: 'loop' };
const reference = 'RMA-1';

const requested = (quantity: number, standing: 'requested' | 'approved' = 'approved'): ProviderNotice => ({
  ...{ kind: 'requested', orderId, standing },
  lines: [{ lineId: '1', quantity, reason: 'too-small' }],
});
const received = (quantity: number, id?: string): ProviderNotice => ({
  ...{ kind: 'received', location: 'LDN', lines: [{ lineId: '1', quantity }] },
  ...(id === undefined ? {} : { id }),
});
const graded = (quantity: number): ProviderNotice => ({ kind: 'graded', lines: [{ lineId: '1', quantity, grade: 'A' }] });
const refundDue = (amount: number, quantity: number): ProviderNotice => ({
  ...{ kind: 'refund-due', refundId: 'F-1', amount, currency: 'GBP', tender: 'original' },
  lines: [{ lineId: '1', quantity }],
});

const spoken = (on = providersOn()) => {
  let n = 0;
  const says = (notice: ProviderNotice, noticeId = `n${(n += 1)}`) =>
    on.notices.take({ provider: 'loop', noticeId }, { reference, notice }, meta);
  return { ...on, says };
};

describe('what a returns provider says', () => {
  it('opens a return that it approved, once, whatever our policy says of it, and is judged by our policy where it only asks', async () => {
    const { known, says, rmas } = spoken(providersOn(policyWith({}, { reviewAbove: [{ currency: 'GBP', amount: 1 }] })));
    known();
    expect(await says(requested(2), 'a')).toMatchObject({ status: 'taken' });
    for (const id of ['a', 'b']) await says(requested(2), id);
    expect((await rmas()).map(standingOf)).toMatchObject([{ status: 'authorized' }]);
    const other = await providersOnReview();
    expect((await other.rmas()).map(standingOf)).toMatchObject([{ status: 'awaiting-review' }]);
    await other.says({ kind: 'decided', decision: 'authorize', note: 'Fine.' });
    expect(await other.says({ kind: 'decided', decision: 'authorize', note: 'Fine.' })).toMatchObject({ status: 'taken' });
    expect((await other.rmas()).map(standingOf)).toMatchObject([{ status: 'authorized' }]);
  });

  const providersOnReview = async () => {
    const on = spoken(providersOn(policyWith({}, { reviewAbove: [{ currency: 'GBP', amount: 1 }] })));
    on.known();
    await on.says(requested(2, 'requested'));
    return on;
  };

  it('waits for a person who has to look at it first, and is taken when that one sends it again', async () => {
    const { known, notices, rmas } = spoken();
    known();
    const doubts = new Refused('OUTCOME_NOT_TAKEN', 'It is an exchange.', 'invalid', []);
    const named = { provider: 'loop', noticeId: 'doubtful' };
    for (let times = 0; times < 2; times += 1)
      expect(await notices.take(named, { reference, notice: requested(2) }, meta, doubts)).toMatchObject({ status: 'refused', tries: 1 });
    expect(await rmas()).toEqual([]);
    expect(await notices.resubmit(named, undefined, meta)).toMatchObject({ status: 'taken' });
    expect(await notices.take(named, { reference, notice: requested(2) }, meta, doubts)).toMatchObject({ status: 'taken' });
    expect(await rmas()).toHaveLength(1);
  });

  it('is refused by its fields: units that were never sold, orders of other channels, a reference of another order', async () => {
    const { known, says, notices } = spoken();
    known();
    const refused = await says(requested(4), 'wrong');
    expect(refused).toMatchObject({ status: 'refused', faults: [{ field: 'lines[0].quantity', code: 'QUANTITY_NOT_RETURNABLE' }] });
    expect(await notices.resubmit({ provider: 'loop', noticeId: 'wrong' }, { reference, notice: requested(2) }, meta)).toMatchObject({
      ...{ status: 'taken', tries: 2 },
    });
    const elsewhere = spoken();
    elsewhere.known({ channel: 'shop' });
    expect(await elsewhere.says(requested(1), 'theirs')).toMatchObject({ status: 'refused', code: 'ORDER_NOT_OF_PROVIDER' });
    expect(await elsewhere.notices.drop({ provider: 'loop', noticeId: 'theirs' }, 'A mistake.', meta)).toMatchObject({ status: 'dropped' });
    await expect(elsewhere.notices.drop({ provider: 'loop', noticeId: 'none' }, '', meta)).rejects.toMatchObject({
      code: 'NOTICE_UNKNOWN',
    });
    await expect(
      says(requested(1), 'x').then(() => notices.take({ provider: 'no', noticeId: 'y' }, { reference, notice: graded(1) }, meta)),
    ).rejects.toMatchObject({ code: 'PROVIDER_UNKNOWN' });
  });

  it('waits for its order, and for its return', async () => {
    const { known, says, notices, rmas } = spoken();
    for (const notice of [graded(2), received(2), requested(2)]) expect(await says(notice)).toMatchObject({ status: 'parked' });
    known();
    await notices.orderKnown('loop', orderId, meta);
    expect((await notices.list({} as never)).map(({ status }) => status)).toEqual(['taken', 'taken', 'taken']);
    expect((await rmas()).map(owed)).toEqual([2_000]);
  });

  it('is taken when what it waited for is told again, by whoever was gone before it was tried', async () => {
    const { known, says, table, rmas } = spoken();
    known();
    expect(await says(received(2))).toMatchObject({ status: 'parked' });
    const { parked } = table;
    table.parked = () => {
      table.parked = parked;
      return Promise.reject(new Error('the connection was lost'));
    };
    await expect(says(requested(2), 'first')).rejects.toThrow('the connection was lost');
    expect(await says(requested(2), 'first')).toMatchObject({ status: 'taken' });
    expect((await rmas()).map((rma) => standingOf(rma).status)).toEqual(['received']);
  });

  it('is a receipt once by its own id, in whichever message, and one by itself without', async () => {
    const { known, says, rmas } = spoken();
    known();
    await says(requested(3));
    for (const id of ['R-1', 'R-1']) await says(received(1, id));
    expect((await rmas())[0]?.lines).toMatchObject([{ received: 1 }]);
    await says(received(1));
    expect((await rmas())[0]?.lines).toMatchObject([{ received: 2 }]);
  });

  it('declines what it did not approve, and ends what came to nothing', async () => {
    const { says, rmas } = await providersOnReview();
    await says({ kind: 'decided', decision: 'decline', lines: ['1'], note: 'Worn.' });
    expect((await rmas()).map(standingOf)).toMatchObject([{ status: 'declined' }]);
    const other = spoken();
    other.known();
    await other.says(requested(1));
    await other.says({ kind: 'ended', how: 'cancelled' });
    expect((await other.rmas()).map(standingOf)).toMatchObject([{ status: 'cancelled' }]);
  });

  it('ends in the same, in whatever order its notices come, and however often', async () => {
    const story = [requested(2), received(2, 'R-1'), refundDue(1_500, 2), { ...graded(2), id: 'G-1' } as ProviderNotice];
    const orders = fc.shuffledSubarray([0, 1, 2, 3, 0, 1, 2, 3], { minLength: 8, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        const { known, says, rmas, notices } = spoken(providersOn(policyWith({ refundOn: 'inspection' })));
        known();
        for (const [at, which] of order.entries()) {
          const notice = story[which];
          if (notice) await says(notice, `${which}.${at % 2}`);
        }
        const [rma] = await rmas();
        expect((await notices.list({} as never)).map(({ status }) => status)).toEqual(expect.not.arrayContaining(['parked', 'refused']));
        expect(rma?.lines).toMatchObject([{ asked: 2, received: 2, settled: 2 }]);
        // Whoever decides first: the provider with 15.00, or our inspection with all that was paid.
        expect([1_500, 2_000]).toContain(rma && owed(rma));
      }),
      { numRuns: 60 },
    );
  });
});
