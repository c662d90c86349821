import { specFor } from '@cartage/eventsourcing';
import type { ReturnPolicy } from './policy';
import { termsOf } from './policy';
import { returns } from './return';
import { declined, firstPolicy, mugs, now, policyWith, request, requested, reviewRequired, sale } from './return.fixture';

const { given } = specFor(returns);
const asks = (policy: ReturnPolicy, quantity = 1, changes: Partial<Parameters<typeof request>[1]> = {}) =>
  request(quantity, { policy, ...changes });
const verdicts = (policy: ReturnPolicy, quantity = 1, changes: Partial<Parameters<typeof request>[1]> = {}) =>
  returns.decide(asks(policy, quantity, changes), returns.initial).slice(1);
const because = (reason: string) => ({ lines: [{ lineId: '1', quantity: 1, reason }] });

describe('terms of a return policy', () => {
  const policy = policyWith(
    {},
    {
      exceptions: [
        { name: 'mugs', skus: ['MUG'], terms: { windowDays: 7, restockingFeePercent: 5 } },
        { name: 'sale', channels: ['outlet'], terms: { finalSale: true } },
        { name: 'germany', countries: ['DE'], categories: ['pots'], terms: { windowDays: 100 } },
      ],
    },
  );
  it('are otherwise where an exception fits all that it names; the later one wins, term by term', () => {
    const of = (channel: string, country?: string, category?: string) => termsOf(policy, { channel, country, category, sku: 'MUG' });
    expect(of('web', 'GB')).toMatchObject({ windowDays: 7, restockingFeePercent: 5, finalSale: false });
    expect(of('outlet', 'DE', 'pots')).toMatchObject({ windowDays: 100, restockingFeePercent: 5, finalSale: true });
    expect(of('web', undefined, 'pots')).toMatchObject({ windowDays: 7 });
  });

  it('decide a line by what it is, where it was sold and where it went', () => {
    const outlet = sale({ channel: 'outlet' });
    given()
      .when(asks(policy, 1, { sale: outlet }))
      .thenOnce(requested(1, { sale: outlet, policy }), declined('final-sale', { lineId: '1', sku: 'MUG', quantity: 1 }));
  });
});

describe('what the customer may keep', () => {
  const policy = policyWith({ keepUpTo: [{ currency: 'GBP', amount: 1_500 }] });
  it('is paid at once, and nothing has to come', () => {
    const [authorized, due] = verdicts(policy);
    expect(authorized).toMatchObject({ type: 'ReturnAuthorized', data: { lines: [{ lineId: '1', quantity: 1, keep: true }] } });
    expect(due).toMatchObject({ type: 'RefundDue', data: { trigger: 'keep-it', ...mugs(1) } });
  });
  it('is limited by the order, not by how its units are split over returns', () => {
    const first = returns.decide(asks(policy), returns.initial).reduce(returns.evolve, returns.initial);
    const [, authorized] = returns.decide(asks(policy, 1, { returnId: 'another' }), first);
    expect(authorized).toMatchObject({ type: 'ReturnAuthorized', data: { lines: [expect.not.objectContaining({ keep: true })] } });
  });
  it('is nothing in a currency that the policy does not name, however little that is', () =>
    expect(verdicts(policy, 1, { sale: sale({ currency: 'JPY' }, 3) })).toMatchObject([
      { type: 'ReturnAuthorized', data: { lines: [{ lineId: '1', sku: 'MUG', quantity: 1 }] } },
    ]));
});

describe('what is ours to answer for', () => {
  const outlet = { sale: sale({ channel: 'outlet' }) };
  const policy = policyWith(
    { restockingFeePercent: 10 },
    { exceptions: [{ name: 'o', channels: ['outlet'], terms: { finalSale: true } }] },
  );
  it('is never declined without a person', () =>
    expect(verdicts(policy, 1, { ...outlet, ...because('arrived-damaged') })).toMatchObject([reviewRequired('final-sale', 1)]));
  it('is sent back at our expense', () =>
    expect(verdicts(policyWith({ wayBack: 'customer' }), 1, because('arrived-damaged'))).toMatchObject([
      { data: { wayBack: 'merchant' } },
    ]));
  it('is not what other reasons say', () =>
    expect(verdicts(policyWith({ wayBack: 'customer' }))).toMatchObject([{ data: { wayBack: 'customer' } }]));
});

describe('a refund at once', () => {
  it('is due with the authorisation, and again with nothing that comes after', () => {
    const policy = policyWith({ refundOn: 'request', restockingFeePercent: 10 });
    const events = returns.decide(asks(policy, 2), returns.initial);
    expect(events.at(-1)).toMatchObject({
      type: 'RefundDue',
      data: { trigger: 'request', amount: 1_800, fee: 200, fees: [{ code: 'restocking', amount: 200 }] },
    });
    const command = { orderId: requested(1).data.orderId, returnId: requested(1).data.returnId, now, refundId: 'x' };
    const state = events.reduce(returns.evolve, returns.initial);
    const received = returns.decide(
      {
        type: 'ReceiveReturn',
        data: {
          ...{ ...command, sale: sale(), policy, delivered: [], receiptId: 'r', location: 'LDN' },
          lines: [{ lineId: '1', quantity: 2 }],
        },
      },
      state,
    );
    expect(received.map(({ type }) => type)).toEqual(['ReturnReceived']);
    const graded = returns.decide(
      { type: 'GradeItem', data: { ...command, lineId: '1', quantity: 2, grade: 'scrap', gradingId: '000000000001' } },
      received.reduce(returns.evolve, state),
    );
    expect(graded.map(({ type }) => type)).toEqual(['ItemGraded']);
  });
});

it('the first policy is there before anybody has written any', () => expect(firstPolicy.terms).toMatchObject({ windowDays: 30 }));
