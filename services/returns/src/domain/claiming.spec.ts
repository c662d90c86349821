import { specFor } from '@cartage/eventsourcing';
import type { ReturnCommand } from './commands';
import type { ReturnEvent } from './events';
import { firstPolicy } from './policy';
import { returns } from './return';
import { delivered, expiresAt, now, orderId, refundId, request, returnId, sale } from './return.fixture';

const { given } = specFor(returns);
const claimId = '0199a3c4-7b1e-7c3d-9f2a-000000000019';
const replacementOrderId = '0199a3c4-7b1e-7c3d-9f2a-00000000001a';
const decideBy = '2026-11-26T10:00:00.000Z';
const on = { orderId, claimId };
type Kind = 'damaged' | 'missing' | 'wrong';
type Line = { readonly lineId: string; readonly quantity: number; readonly kind: Kind };

const open = (...lines: readonly Line[]): ReturnCommand => ({
  type: 'OpenClaim',
  data: {
    ...on,
    lines,
    photos: ['https://photos.example.com/1.jpg'],
    decideBy,
    sale: sale(),
    policy: firstPolicy,
    delivered: delivered(),
    now,
  },
});
const skuOf = (lineId: string): string => (lineId === '1' ? 'MUG' : 'CARD');
const opened = (...lines: readonly Line[]): ReturnEvent => ({
  type: 'ClaimOpened',
  data: {
    ...{ ...on, photos: ['https://photos.example.com/1.jpg'], decideBy, sale: sale(), policy: firstPolicy, openedAt: now },
    lines: lines.map((line) => ({ ...line, sku: skuOf(line.lineId) })),
  },
});
const decide = (decision: 'refund' | 'send-again' | 'return' | 'reject', changes: object = {}): ReturnCommand => ({
  type: 'DecideClaim',
  data: { ...on, now, decision, note: 'As seen.', by: 'user-17', refundId, replacementOrderId, returnId, ...changes },
});
const reason = { code: 'operator', detail: 'As seen.', by: 'operator', actor: 'user-17' };
const decided = (decision: string, quantity: number, changes: object = { costBearer: 'merchant' }): ReturnEvent => ({
  type: 'ClaimDecided',
  data: { ...on, decision, lines: [{ lineId: '1', sku: 'MUG', quantity }], reason, decidedAt: now, ...changes },
});
const due = (quantity: number, [goods, tax, delivery]: readonly [number, number, number], refund = refundId): ReturnEvent => ({
  type: 'RefundDue',
  data: {
    ...{
      orderId,
      returnId: claimId,
      refundId: refund,
      trigger: 'claim',
      currency: 'GBP',
      amount: goods + tax + delivery,
      goods,
      tax,
      delivery,
    },
    lines: [{ lineId: '1', sku: 'MUG', quantity, answerable: 'merchant' }],
    ...{ shipGroups: delivery > 0 ? ['1'] : [], fee: 0, fees: [], tender: 'original', dueAt: now },
  },
});
const damaged: Line = { lineId: '1', quantity: 1, kind: 'damaged' };
const all: Line = { lineId: '1', quantity: 3, kind: 'damaged' };

describe('a claim', () => {
  it('is of units that arrived, whatever the policy says of sending them back', () => {
    given().when(open(damaged)).thenOnce(opened(damaged));
    // The card is a final sale: it cannot be sent back, and can be claimed.
    given()
      .when(open({ lineId: '2', quantity: 1, kind: 'wrong' }))
      .thenOnce(opened({ lineId: '2', quantity: 1, kind: 'wrong' }));
  });

  it('is refused for units that did not arrive, or that another claim or a return holds', () => {
    given()
      .when(open({ ...damaged, quantity: 4 }))
      .thenRefused('LINE_NOT_CLAIMABLE');
    given(opened(all))
      .when({ ...open(damaged), data: { ...open(damaged).data, claimId: 'another' } } as ReturnCommand)
      .thenRefused('LINE_NOT_CLAIMABLE');
    given(opened(all)).when(request(1)).thenRefused('LINE_NOT_ELIGIBLE');
  });

  it('that was rejected gives its units back', () =>
    given(opened(all), decided('reject', 3, {}))
      .when(request(1))
      .then(
        expect.objectContaining({ type: 'ReturnRequested' }) as ReturnEvent,
        expect.objectContaining({ type: 'ReturnAuthorized' }) as ReturnEvent,
      ));

  it('is decided once', () => {
    given(opened(damaged))
      .when(decide('reject'))
      .then(decided('reject', 1, {}));
    given(opened(damaged), decided('reject', 1, {}))
      .when(decide('refund'))
      .thenRefused('CLAIM_DECIDED');
    given().when(decide('refund')).thenRefused('CLAIM_UNKNOWN');
  });

  it('that nobody decided in time is overdue, once', () => {
    const late: ReturnCommand = { type: 'NoticeClaimOverdue', data: { ...on, decideBy, now } };
    given(opened(damaged))
      .when(late)
      .thenOnce({ type: 'ClaimOverdue', data: { ...on, decideBy, noticedAt: now } });
    given(opened(damaged), decided('reject', 1, {}))
      .when(late)
      .then();
  });
});

describe('the money of a claim', () => {
  it('is all that was paid for the units, and names who bears it', () =>
    given(opened(damaged))
      .when(decide('refund', { costBearer: 'carrier' }))
      .then(decided('refund', 1, { costBearer: 'carrier' }), due(1, [833, 167, 0])));

  it('is delivery, too, where everything that it brought is gone, or where whoever decides says so; once', () => {
    const [first, second] = [opened(all), opened({ lineId: '2', quantity: 1, kind: 'damaged' })];
    given(first)
      .when(decide('refund', { withDelivery: true }))
      .then(decided('refund', 3), due(3, [2_500, 500, 594]));
    const another = { ...second, data: { ...second.data, claimId: 'another' } } as ReturnEvent;
    given(first, decided('refund', 3), due(3, [2_500, 500, 0]), another)
      .when({ ...decide('refund'), data: { ...decide('refund').data, claimId: 'another' } } as ReturnCommand)
      .then(
        expect.objectContaining({ type: 'ClaimDecided' }) as ReturnEvent,
        expect.objectContaining({ data: expect.objectContaining({ amount: 794, goods: 200, delivery: 594 }) }) as ReturnEvent,
      );
  });

  it('is a part where a part makes good', () =>
    given(opened(damaged))
      .when(decide('refund', { percent: 30 }))
      .then(decided('refund', 1), due(1, [250, 50, 0])));

  it('is given back when payment says so, and no return is needed for it', () =>
    given(opened(damaged), decided('refund', 1), due(1, [833, 167, 0]))
      .when({ type: 'RecordRefund', data: { orderId, returnId: claimId, refundId, paymentId: 'p', amount: 1_000, now } })
      .thenOnce({
        type: 'RefundRecorded',
        data: { orderId, returnId: claimId, refundId, paymentId: 'p', amount: 1_000, recordedAt: now },
      }));
});

describe('goods of a claim', () => {
  const sentAgain = decided('send-again', 2, { costBearer: 'merchant', replacementOrderId });
  const two: Line = { ...damaged, quantity: 2 };

  it('are sent again by an order of their own', () => given(opened(two)).when(decide('send-again')).then(sentAgain));

  it('are paid back, each unit once, where they are not sent after all', () => {
    const unsent = (quantity: number): ReturnCommand => ({
      type: 'RepayUnsent',
      data: { ...on, units: [{ lineId: '1', quantity }], refundId, now },
    });
    given(opened(two), sentAgain)
      .when(unsent(1))
      .then(due(1, [833, 167, 0]));
    given(opened(two), sentAgain, due(1, [833, 167, 0]), due(1, [834, 166, 0], 'second'))
      .when(unsent(1))
      .then();
    given(opened(two), decided('refund', 2)).when(unsent(1)).then();
  });

  it('come back at our expense, where that is decided first; what is missing cannot', () => {
    given(opened(damaged))
      .when(decide('return'))
      .then(
        decided('return', 1, { costBearer: 'merchant', returnId }),
        {
          type: 'ReturnRequested',
          data: {
            ...{ orderId, returnId, requestedAt: now, delivered: [] },
            lines: [{ lineId: '1', sku: 'MUG', quantity: 1, reason: 'arrived-damaged' }],
          },
        },
        {
          type: 'ReturnAuthorized',
          data: {
            ...{ orderId, returnId, lines: [{ lineId: '1', sku: 'MUG', quantity: 1 }], policy: firstPolicy.version, by: 'operator' },
            ...{ wayBack: 'merchant', expiresAt, authorizedAt: now },
          },
        },
      );
    given(opened({ ...damaged, kind: 'missing' }))
      .when(decide('return'))
      .thenRefused('CLAIM_OF_MISSING');
  });
});
