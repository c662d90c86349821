import { specFor } from '@cartage/eventsourcing';
import type { ReturnCommand } from './commands';
import type { ReturnEvent } from './events';
import { returns } from './return';

const orderId = '0199a3c4-7b1e-7c3d-9f2a-000000000001';
const returnId = '0199a3c4-7b1e-7c3d-9f2a-000000000005';
const now = '2026-11-23T10:00:00.000Z';
const rma = { orderId, returnId };
const { given } = specFor(returns);

const purchase = (policy = 'returns-2026-11', total = 3_000): ReturnEvent => ({
  type: 'PurchaseRecorded',
  data: {
    ...{ orderId, channel: 'web', customerId: 'c-1', currency: 'GBP', policy, placedAt: '2026-11-01T10:00:00.000Z' },
    lines: [
      { lineId: '1', sku: 'MUG', quantity: 3, total, finalSale: false },
      { lineId: '2', sku: 'CARD', quantity: 1, total: 200, finalSale: true },
    ],
  },
});
const delivery = (deliveredAt = '2026-11-20T10:00:00.000Z'): ReturnEvent => ({
  type: 'DeliveryRecorded',
  data: {
    ...{ orderId, shipmentId: 's-1', deliveredAt },
    lines: [
      { lineId: '1', sku: 'MUG', quantity: 3 },
      { lineId: '2', sku: 'CARD', quantity: 1 },
    ],
  },
});
const bought = [purchase(), delivery()];
const asked = (quantity: number, lineId = '1', id = returnId): Extract<ReturnCommand, { type: 'RequestReturn' }> => ({
  type: 'RequestReturn',
  data: { orderId, returnId: id, now, lines: [{ lineId, quantity, reason: 'too-small' }] },
});
const requested = (quantity: number, lineId = '1', sku = 'MUG'): ReturnEvent => ({
  type: 'ReturnRequested',
  data: { ...rma, requestedAt: now, lines: [{ lineId, sku, quantity, reason: 'too-small' }] },
});
const authorized = (quantity: number, by: 'policy' | 'operator' = 'policy'): ReturnEvent => ({
  type: 'ReturnAuthorized',
  data: { ...rma, lines: [{ lineId: '1', sku: 'MUG', quantity }], policy: 'returns-2026-11', by, authorizedAt: now },
});
const received = (quantity: number): ReturnEvent => ({
  type: 'ReturnReceived',
  data: { ...rma, location: 'LDN', lines: [{ lineId: '1', sku: 'MUG', quantity }], receivedAt: now },
});
const graded = (quantity: number, refund: number): Extract<ReturnEvent, { type: 'ItemGraded' }> => ({
  type: 'ItemGraded',
  data: {
    ...rma,
    lineId: '1',
    sku: 'MUG',
    quantity,
    location: 'LDN',
    grade: 'A',
    disposition: 'restock',
    currency: 'GBP',
    refund,
    gradedAt: now,
  },
});
const refunded = (amount: number, refundId = 'r-1'): ReturnEvent => ({
  type: 'RefundRecorded',
  data: { ...rma, refundId, amount, recordedAt: now },
});
const closed = (amount: number): ReturnEvent => ({
  type: 'ReturnClosed',
  data: { ...rma, currency: 'GBP', refunded: amount, closedAt: now },
});
const receive = (quantity: number): ReturnCommand => ({
  type: 'ReceiveReturn',
  data: { ...rma, now, location: 'LDN', lines: [{ lineId: '1', quantity }] },
});
const grade = (quantity: number): ReturnCommand => ({ type: 'GradeItem', data: { ...rma, now, lineId: '1', quantity, grade: 'A' } });
const refund = (amount: number, refundId = 'r-1'): ReturnCommand => ({ type: 'RecordRefund', data: { ...rma, now, refundId, amount } });

describe('asking for a return', () => {
  it('is allowed by the policy for what was delivered, inside the window', () =>
    given(...bought)
      .when(asked(2))
      .thenOnce(requested(2), authorized(2)));
  it('waits until the order has been heard of', () => given().when(asked(1)).thenRefused('ORDER_UNKNOWN'));
  it('is refused before delivery', () => given(purchase()).when(asked(1)).thenRefused('LINE_NOT_ELIGIBLE'));
  it('is refused for a line that the order does not have', () =>
    given(...bought)
      .when(asked(1, '9'))
      .thenRefused('LINE_NOT_ELIGIBLE'));
  it('is refused for more units than were delivered', () =>
    given(...bought)
      .when(asked(4))
      .thenRefused('LINE_NOT_ELIGIBLE'));

  it('is refused for units that another return claims already', () =>
    given(...bought, requested(2), authorized(2))
      .when(asked(2, '1', 'another'))
      .thenRefused('LINE_NOT_ELIGIBLE'));

  it('is declined by the policy for a final sale, with the reason', () =>
    given(...bought)
      .when(asked(1, '2'))
      .thenOnce(requested(1, '2', 'CARD'), {
        type: 'ReturnDeclined',
        data: { ...rma, reason: 'line 2: final-sale', policy: 'returns-2026-11', declinedAt: now },
      }));

  it('is judged by the policy that the order was sold under: 14 days then, 30 now', () => {
    const sixteenDaysAgo = '2026-11-07T10:00:00.000Z';
    given(purchase(), delivery(sixteenDaysAgo)).when(asked(1)).then(requested(1), authorized(1));
    given(purchase('returns-2025-01'), delivery(sixteenDaysAgo))
      .when(asked(1))
      .then(requested(1), {
        type: 'ReturnDeclined',
        data: { ...rma, reason: 'line 1: window-passed', policy: 'returns-2025-01', declinedAt: now },
      });
  });

  it('goes to a person when it is worth more than the policy decides alone', () =>
    given(purchase('returns-2026-11', 60_000), delivery())
      .when(asked(3))
      .thenOnce(requested(3), {
        type: 'ReturnReviewRequired',
        data: { ...rma, reason: 'worth-more-than-review-limit', policy: 'returns-2026-11', requiredAt: now },
      }));
});

describe('a return under review', () => {
  const review: ReturnEvent = { type: 'ReturnReviewRequired', data: { ...rma, reason: 'x', policy: 'returns-2026-11', requiredAt: now } };
  const decide = (decision: 'authorize' | 'decline'): ReturnCommand => ({
    type: 'DecideReturn',
    data: { ...rma, decision, note: 'damaged in transit', now },
  });
  it('is authorised by a person', () =>
    given(...bought, requested(2), review)
      .when(decide('authorize'))
      .then(authorized(2, 'operator')));
  it('is declined by a person, with the reason', () =>
    given(...bought, requested(2), review)
      .when(decide('decline'))
      .then({ type: 'ReturnDeclined', data: { ...rma, reason: 'damaged in transit', policy: 'returns-2026-11', declinedAt: now } }));
  it('is decided only once', () =>
    given(...bought, requested(2), authorized(2))
      .when(decide('decline'))
      .thenRefused('RETURN_STATUS'));
});

describe('what comes back', () => {
  const allowed = [...bought, requested(2), authorized(2)];
  it('is received at a location', () =>
    given(...allowed)
      .when(receive(1))
      .then(received(1)));
  it('is never more than was authorised', () =>
    given(...allowed, received(1))
      .when(receive(2))
      .thenRefused('QUANTITY_TOO_HIGH'));
  it('is not received for a return that nobody asked for', () =>
    given(...bought)
      .when(receive(1))
      .thenRefused('RETURN_UNKNOWN'));
  it('is graded, with its share of what was paid', () =>
    given(...allowed, received(2))
      .when(grade(1))
      .then(graded(1, 1_000)));
  it('is never graded twice', () =>
    given(...allowed, received(1), graded(1, 1_000))
      .when(grade(1))
      .thenRefused('QUANTITY_TOO_HIGH'));
});

describe('the end of a return', () => {
  const done = [...bought, requested(2), authorized(2), received(2), graded(2, 2_000)];
  it('comes when everything was graded and the money is back', () =>
    given(...done)
      .when(refund(2_000))
      .thenOnce(refunded(2_000), closed(2_000)));
  it('waits for the whole refund', () =>
    given(...done)
      .when(refund(1_500))
      .thenOnce(refunded(1_500)));
  it('does not come while a refund has failed, and comes when it succeeds later', () => {
    const failure: ReturnEvent = {
      type: 'RefundFailureRecorded',
      data: { ...rma, refundId: 'r-1', reason: 'card closed', recordedAt: now },
    };
    given(...done)
      .when({ type: 'RecordRefundFailure', data: { ...rma, refundId: 'r-1', reason: 'card closed', now } })
      .thenOnce(failure);
    given(...done, failure)
      .when(refund(2_000, 'r-2'))
      .thenOnce(refunded(2_000, 'r-2'), closed(2_000));
  });
  it('can be declared by a person when the rest never came, and frees the claim on the rest', () => {
    const partly = [...bought, requested(3), authorized(3), received(1), graded(1, 1_000), refunded(1_000)];
    given(...partly)
      .when({ type: 'CloseReturn', data: { ...rma, now } })
      .thenOnce(closed(1_000));
    given(...partly, closed(1_000))
      .when(asked(3, '1', 'another'))
      .thenRefused('LINE_NOT_ELIGIBLE');
    expect(() =>
      given(...partly, closed(1_000))
        .when(asked(2, '1', 'another'))
        .thenRefused('none'),
    ).toThrow(/ReturnAuthorized/);
  });
  it('is not declared while units wait for grading', () =>
    given(...bought, requested(2), authorized(2), received(1))
      .when({ type: 'CloseReturn', data: { ...rma, now } })
      .thenRefused('RETURN_NOT_GRADED'));
});

describe('facts that others tell twice', () => {
  it('are recorded once', () => {
    given()
      .when({ type: 'RecordPurchase', data: purchase().data as never })
      .thenOnce(purchase());
    given()
      .when({ type: 'RecordDelivery', data: delivery().data as never })
      .thenOnce(delivery());
  });
});
