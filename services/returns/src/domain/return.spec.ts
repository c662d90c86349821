import { specFor } from '@cartage/eventsourcing';
import type { ReturnCommand } from './commands';
import type { ReturnEvent } from './events';
import { returns } from './return';
import {
  anotherId,
  authorized,
  closed,
  declined,
  delivered,
  due,
  fail,
  firstPolicy,
  graded,
  gradingId,
  mugs,
  now,
  onReturn,
  received,
  receiptId,
  refund,
  refunded,
  refundFailed,
  refundId,
  request,
  requested,
  reviewRequired,
  sale,
  secondReceipt,
  strictPolicy,
  waived,
} from './return.fixture';
import { statusOf } from './state';

const { given } = specFor(returns);
/** What is known of the order at a dock. */
const known = { sale: sale(), policy: firstPolicy, delivered: delivered(), refundId, now };
const receive = (quantity: number, location = 'LDN', receipt = receiptId): ReturnCommand => ({
  type: 'ReceiveReturn',
  data: { ...onReturn, ...known, receiptId: receipt, location, lines: [{ lineId: '1', quantity }] },
});
type Grading = Extract<ReturnCommand, { type: 'GradeItem' }>['data'];
const grade = (quantity: number, changes: Partial<Grading> = {}): ReturnCommand => ({
  type: 'GradeItem',
  data: { ...onReturn, now, lineId: '1', quantity, grade: 'A', gradingId, refundId, ...changes },
});
const card = { lineId: '2', sku: 'CARD', quantity: 1 };

describe('asking for a return', () => {
  it('is allowed by the policy for what was delivered, inside the window, and keeps what was sold', () =>
    given().when(request(2)).thenOnce(requested(2), authorized(2)));

  it('keeps what was sold once, and again when the order was edited since: later returns are judged by that', () => {
    const after = { ...authorized(1), data: { ...authorized(1).data, returnId: anotherId } } as ReturnType<typeof authorized>;
    const { sale: _, policy: __, ...again } = requested(1, { returnId: anotherId }).data;
    for (const edited of [{}, { sale: sale({}, 1_500) }])
      given(requested(1), authorized(1))
        .when(request(1, { returnId: anotherId, ...edited }))
        .then({ type: 'ReturnRequested', data: { ...again, ...edited } }, after);
  });

  it('counts what has been delivered since the return before', () =>
    given(requested(1, { delivered: [] }), authorized(1))
      .when(request(2, { returnId: anotherId, delivered: [{ lineId: '1', quantity: 2, deliveredAt: now }] }))
      .thenRefused('LINE_NOT_ELIGIBLE'));

  it('is refused before delivery', () =>
    given()
      .when(request(1, { delivered: [] }))
      .thenRefused('LINE_NOT_ELIGIBLE'));
  it('is refused for a line that the order does not have', () => {
    given()
      .when(request(1, { lineId: '9' }))
      .thenRefused('LINE_NOT_ELIGIBLE');
    given()
      .when(request(1, { lineId: 'constructor' }))
      .thenRefused('LINE_NOT_ELIGIBLE');
  });
  it('is refused for more units than were delivered', () => given().when(request(4)).thenRefused('LINE_NOT_ELIGIBLE'));
  it('is refused for nothing', () =>
    given()
      .when(request(1, { lines: [] }))
      .thenRefused('RETURN_EMPTY'));

  it('is refused for units that another return claims already', () =>
    given(requested(2), authorized(2))
      .when(request(2, { returnId: anotherId }))
      .thenRefused('LINE_NOT_ELIGIBLE'));

  it('is declined by the policy for a final sale, with the reason', () =>
    given()
      .when(request(1, { lineId: '2' }))
      .thenOnce(requested(1, { lines: [{ ...card, reason: 'too-small' }] }), declined('final-sale', card)));

  it('is declined for one line and allowed for the other: one line does not take the others with it', () => {
    const asked = [
      { lineId: '1', quantity: 2, reason: 'too-small' },
      { lineId: '2', quantity: 1, reason: 'too-small' },
    ];
    given()
      .when(request(0, { lines: asked }))
      .thenOnce(
        requested(2, {
          lines: [
            { ...asked[0], lineId: '1', sku: 'MUG', quantity: 2, reason: 'too-small' },
            { ...card, reason: 'too-small' },
          ],
        }),
        declined('final-sale', card),
        authorized(2),
      );
  });

  it('of very many lines looks at each line a few times, not once for every other', () => {
    const ids = Array.from({ length: 2_000 }, (_, n) => String(n));
    let looks = 0;
    const line = <Line extends object>(rest: Line, lineId: string): Line & { readonly lineId: string } =>
      Object.defineProperty({ ...rest, lineId }, 'lineId', { enumerable: true, get: () => ((looks += 1), lineId) });
    const [mug] = sale().lines;
    const many = sale({ lines: mug ? ids.map((id) => line({ ...mug, total: 1, tax: 0 }, id)) : [] });
    const here = ids.map((id) => line({ quantity: 3, deliveredAt: now }, id));
    const asked = request(0, { sale: many, delivered: here, lines: ids.map((id) => line({ quantity: 1, reason: 'r' }, id)) });
    const state = returns.decide(asked, returns.initial).reduce(returns.evolve, returns.initial);
    const lines = ids.map((id) => line({ quantity: 1 }, id));
    const came: ReturnCommand = {
      type: 'ReceiveReturn',
      data: { ...onReturn, ...known, sale: many, delivered: here, receiptId, location: 'LDN', lines },
    };
    const rma = returns.decide(came, state).reduce(returns.evolve, state).rmas.get(onReturn.returnId);
    expect(rma && statusOf(rma)).toBe('received');
    expect(looks / ids.length).toBeLessThan(50);
  });

  it('may name a line twice, for two reasons', () => {
    const lines = [
      { lineId: '1', quantity: 1, reason: 'too-small' },
      { lineId: '1', quantity: 2, reason: 'arrived-damaged' },
    ];
    const state = returns.decide(request(0, { lines }), returns.initial).reduce(returns.evolve, returns.initial);
    expect(state.rmas.get(onReturn.returnId)?.lines).toMatchObject([{ lineId: '1', asked: 3, reasons: ['too-small', 'arrived-damaged'] }]);
  });

  it('is judged by the policy that the order was sold under: 14 days then, 30 now', () => {
    const sixteenDaysAgo = { delivered: delivered('2026-11-07T10:00:00.000Z') };
    given().when(request(1, sixteenDaysAgo)).then(requested(1, sixteenDaysAgo), authorized(1));
    const old = { ...sixteenDaysAgo, sale: sale({ policy: strictPolicy.version }), policy: strictPolicy };
    given()
      .when(request(1, old))
      .then(requested(1, old), declined('window-passed', { lineId: '1', sku: 'MUG', quantity: 1 }, 'returns-2025-01'));
  });

  it.each([
    ['on the last minute of the thirtieth day after delivery', '2026-10-24T00:01:00+01:00', '2026-11-23T23:59:00Z', 'ReturnAuthorized'],
    ['a minute later', '2026-10-24T00:01:00+01:00', '2026-11-24T00:00:00Z', 'ReturnDeclined'],
    ['for what came late on the day before', '2026-10-23T23:59:00+01:00', '2026-11-23T00:01:00Z', 'ReturnDeclined'],
  ])('counts whole days by the clocks of the destination: %s', (_, at, asked, verdict) => {
    const events = returns.decide(request(1, { delivered: delivered(new Date(at).toISOString()), now: asked }), returns.initial);
    expect(events.at(-1)?.type).toBe(verdict);
  });

  it.each([
    ['GBP 600.00', 'GBP', 60_000, 'ReturnReviewRequired'],
    ['KWD 120.000, about 300 pounds', 'KWD', 120_000, 'ReturnAuthorized'],
    ['KWD 300.000, about 740 pounds', 'KWD', 300_000, 'ReturnReviewRequired'],
    ['VND 450,000, about 13 pounds', 'VND', 450_000, 'ReturnAuthorized'],
    ['a currency whose worth nobody knows', 'XAU', 3, 'ReturnReviewRequired'],
  ])('goes to a person by worth, not by the digits of a currency: %s', (_, currency, total, verdict) =>
    expect(returns.decide(request(3, { sale: sale({ currency }, total) }), returns.initial).at(-1)?.type).toBe(verdict),
  );
});

describe('a return under review', () => {
  const review = (quantity: number) => reviewRequired('worth-more-than-review-limit', quantity);
  const decide = (decision: 'authorize' | 'decline'): ReturnCommand => ({
    type: 'DecideReturn',
    data: { ...onReturn, decision, note: 'damaged in transit', by: 'staff-17', refundId, now },
  });
  it('says why', () => {
    const dear = sale({}, 60_000);
    given()
      .when(request(3, { sale: dear }))
      .thenOnce(requested(3, { sale: dear }), review(3));
  });
  it('is authorised by a person', () => given(requested(2), review(2)).when(decide('authorize')).then(authorized(2, 'operator')));
  it('is declined by a person, with the reason', () =>
    given(requested(2), review(2))
      .when(decide('decline'))
      .then({
        type: 'ReturnDeclined',
        data: {
          ...{ ...onReturn, lines: [{ lineId: '1', sku: 'MUG', quantity: 2 }], policy: 'returns-2026-11', declinedAt: now },
          reason: { code: 'operator', detail: 'damaged in transit', by: 'operator', actor: 'staff-17' },
        },
      }));
  // A label would be bought, and other goods sent, for what the customer keeps.
  it('is decided by nobody once the customer keeps it', () => {
    const lines = [{ lineId: '1', sku: 'MUG', quantity: 2 }];
    const reason = { code: 'customer', by: 'customer' };
    const cancelled: ReturnEvent = { type: 'ReturnCancelled', data: { ...onReturn, lines, reason, cancelledAt: now } };
    for (const decision of ['authorize', 'decline'] as const)
      given(requested(2), review(2), cancelled).when(decide(decision)).thenRefused('RETURN_STATUS');
  });

  it('is decided only once', () => given(requested(2), authorized(2)).when(decide('decline')).thenRefused('RETURN_STATUS'));
});

describe('what comes back', () => {
  const allowed = [requested(2), authorized(2)];
  it('is received at a location', () =>
    given(...allowed)
      .when(receive(1))
      .then(received(1)));
  it('is not received for a return that nobody asked for', () => given().when(receive(1)).thenRefused('RETURN_UNKNOWN'));
  it('is graded, and its share of what was paid is due, goods and tax apart', () =>
    given(...allowed, received(2))
      .when(grade(1))
      .then(graded(1), due(1, mugs(1))));
  it('is never graded twice', () =>
    given(...allowed, received(1), graded(1))
      .when(grade(1))
      .thenRefused('QUANTITY_TOO_HIGH'));

  it('is graded where it was received: the first receipt first, or the one that is named', () => {
    const twice = [...allowed, received(1, 'LDN'), received(1, 'PAR', secondReceipt)];
    const inParis = graded(1, { receiptId: secondReceipt, location: 'PAR' });
    given(...twice)
      .when(grade(1))
      .then(graded(1), due(1, mugs(1)));
    given(...twice)
      .when(grade(1, { receiptId: secondReceipt }))
      .then(inParis, due(1, mugs(1)));
    given(...twice, graded(1), due(1, mugs(1)))
      .when(grade(1))
      .then(inParis, due(1, { amount: 1000, goods: 834, tax: 166 }));
    given(...twice)
      .when(grade(2))
      .thenRefused('QUANTITY_TOO_HIGH');
    given(...twice)
      .when(grade(1, { receiptId: anotherId }))
      .thenRefused('RECEIPT_UNKNOWN');
  });

  it('may come in while an earlier refund has failed', () =>
    given(...allowed, received(1), graded(1), due(1, mugs(1)), refundFailed())
      .when(receive(1, 'LDN', secondReceipt))
      .then(received(1, 'LDN', secondReceipt)));
});

describe('the end of a return', () => {
  const done = [requested(2), authorized(2), received(2), graded(2), due(2, mugs(2))];
  it('comes when everything was graded and the money is back', () =>
    given(...done)
      .when(refund(2_000))
      .thenOnce(refunded(2_000), closed(2_000)));

  it('comes with the grading where nothing is owed: no refund of nothing is ever due', () => {
    const free = sale({}, 0);
    given(requested(1, { sale: free }), authorized(1), received(1))
      .when(grade(1))
      .then(graded(1), waived(1, 'A'), closed(0));
    given(requested(1), authorized(1), received(1))
      .when(grade(1, { grade: 'scrap' }))
      .then(graded(1, { grade: 'scrap', disposition: 'destroy' }), waived(1, 'scrap', 1_000), closed(0));
  });

  it('waits for each refund: one that comes through hides no other that failed', () => {
    const two = [
      ...[requested(2), authorized(2), received(2), graded(1), due(1, mugs(1))],
      ...[graded(1, { gradingId: anotherId }), due(1, { amount: 1000, goods: 834, tax: 166 }, anotherId)],
    ];
    given(...two, refundFailed())
      .when(refund(1_000, anotherId))
      .thenOnce(refunded(1_000, anotherId));
    given(...two, refundFailed(), refunded(1_000, anotherId))
      .when(refund(1_000))
      .thenOnce(refunded(1_000), closed(2_000));
  });

  it('does not come while a refund has failed, told once', () => {
    given(...done)
      .when(fail())
      .thenOnce(refundFailed());
    given(...done, refundFailed())
      .when({ type: 'CloseReturn', data: { ...onReturn, now } })
      .thenRefused('RETURN_STATUS');
  });

  it('is not undone by a failure that is heard after the money', () =>
    given(...done, refunded(2_000), closed(2_000))
      .when(fail())
      .thenNothing());

  it('needs nothing of a line that was declined', () => {
    const asked = [
      { lineId: '1', sku: 'MUG', quantity: 1, reason: 'r' },
      { ...card, reason: 'r' },
    ];
    given(requested(1, { lines: asked }), declined('final-sale', card), authorized(1), received(1), graded(1), due(1, mugs(1)))
      .when(refund(1_000))
      .thenOnce(refunded(1_000), closed(1_000));
  });

  it('can be declared by a person when the rest never came, and frees the claim on the rest', () => {
    const partly = [requested(3), authorized(3), received(1), graded(1), due(1, mugs(1)), refunded(1_000)];
    given(...partly)
      .when({ type: 'CloseReturn', data: { ...onReturn, now } })
      .thenOnce(closed(1_000));
    given(...partly, closed(1_000))
      .when(request(3, { returnId: anotherId }))
      .thenRefused('LINE_NOT_ELIGIBLE');
    const again = returns.decide(request(2, { returnId: anotherId }), [...partly, closed(1_000)].reduce(returns.evolve, returns.initial));
    expect(again.map(({ type }) => type)).toEqual(['ReturnRequested', 'ReturnAuthorized']);
  });

  it('is not declared while units wait for grading, or money is owed', () => {
    const close: ReturnCommand = { type: 'CloseReturn', data: { ...onReturn, now } };
    given(requested(2), authorized(2), received(1)).when(close).thenRefused('RETURN_NOT_GRADED');
    given(requested(2), authorized(2), received(1), graded(1), due(1, mugs(1)))
      .when(close)
      .thenRefused('RETURN_NOT_REFUNDED');
  });
});
