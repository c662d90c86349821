import { createHmac } from 'node:crypto';
import { Refused } from '@cartage/eventsourcing';
import { idFor } from '@cartage/service-kit';
import { heardFrom } from '../hearing';

/** The published example of the return webhook (docs.loopreturns.com, “Return webhook”), its persons and sums of exchanges left out: two items of one line, one of another. */
const item = (n: number, changes: object = {}) => ({
  ...{ line_item_id: 123_456_789 + n, provider_line_item_id: 987_654_321, product_id: 111, variant_id: 222, sku: 'MUG', title: 'Mug' },
  ...{ price: '50.00', discount: '5.00', tax: '2.50', refund: '47.50', returned_at: '2023-05-01 12:00:00' },
  ...{ return_reason: 'Item was too big', parent_return_reason: 'Item didn’t fit', outcome: 'default', ...changes },
});
const published = (changes: object = {}) => ({
  ...{ topic: 'return', trigger: 'return.created', shop_id: 12_345, id: '1673', state: 'open', created_at: '2023-05-01T12:00:00Z' },
  ...{ edited_at: null, total: '48.81', order_id: 2_871, order_name: '#47727779', provider_order_id: '58997314', order_number: '7078' },
  ...{ currency: 'USD', return_product_total: '50.00', refund: '20.00', is_gift_return: false, labels: [], exchanges: [] },
  line_items: [item(0), item(1), item(2, { provider_line_item_id: '55', sku: 'CARD', return_reason: '', parent_return_reason: 'Damaged' })],
  ...changes,
});

const secret = 'f00dcafe12345678';
const account = { provider: 'loop', adapter: 'loop', channels: ['shop'], secrets: ['another one', secret] };
const heard = (body: unknown, signedWith = secret) => {
  const rawBody = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const signature = createHmac('sha256', signedWith).update(rawBody).digest('base64');
  return heardFrom(account, { headers: { 'x-loop-signature': signature }, rawBody }, new Date());
};
const noticeOf = (changes: object = {}) => heard(published(changes)).content.notice;
const faultsOf = (body: unknown, signedWith?: string): readonly string[] => {
  try {
    heard(body, signedWith);
  } catch (error) {
    if (error instanceof Refused) return [error.code, ...error.errors.map(({ field }) => field)];
  }
  return [];
};

describe('what Loop posts', () => {
  it.each(['constructor', '__proto__', 'sold'])('is refused with the state %s, which it does not have', (state) =>
    expect(faultsOf(published({ state }))).toEqual(['STATE_UNKNOWN', 'state']),
  );

  it('asks for a return that it has allowed, by the numbers of the shop, an item a unit', () =>
    expect(heard(published()).content).toEqual({
      reference: '1673',
      notice: {
        ...{ kind: 'requested', orderId: idFor('order', 'shop', '58997314'), standing: 'approved', tender: 'original' },
        lines: [
          { lineId: '987654321', quantity: 2, reason: 'item-was-too-big' },
          { lineId: '55', quantity: 1, reason: 'damaged' },
        ],
      },
    }));
  it.each(['review', 'needs review'])('leaves one to us that a person at Loop has not decided (%s)', (state) =>
    expect(noticeOf({ state })).toMatchObject({ kind: 'requested', standing: 'requested' }),
  );
  it.each([
    ['closed', 'closed'],
    ['cancelled', 'cancelled'],
    ['expired', 'cancelled'],
  ])('ends one that is %s there', (state, how) => expect(noticeOf({ state })).toEqual({ kind: 'ended', how }));
  it('pays as store credit what Loop would have', () =>
    expect(noticeOf({ line_items: [item(0, { outcome: 'gift card' })] })).toMatchObject({ tender: 'store-credit' }));
  it('is one notice by what it says, however often and with whatever else it is told', () => {
    const [first, again, more] = [
      published(),
      published({ trigger: 'return.updated', total: '50.00' }),
      published({ line_items: [item(0)] }),
    ];
    expect(heard(again).noticeId).toBe(heard(first).noticeId);
    expect(heard(more).noticeId).not.toBe(heard(first).noticeId);
  });
  it.each([
    ['other goods', [item(0, { outcome: 'exchange' })], ['line_items[0].outcome']],
    ['money and credit at once', [item(0), item(1, { outcome: 'credit' })], ['line_items[0].outcome', 'line_items[1].outcome']],
  ])('waits for a person where it promises %s', (_, line_items, fields) => {
    const { doubts } = heard(published({ line_items }));
    expect([doubts?.code, ...(doubts?.errors ?? []).map(({ field }) => field)]).toEqual(['OUTCOME_NOT_TAKEN', ...fields]);
  });
  it('is believed with its signature only', () => {
    expect(faultsOf(published(), 'not the secret')).toEqual(['SIGNATURE_INVALID']);
    const rawBody = Buffer.from(JSON.stringify(published()));
    expect(() => heardFrom(account, { headers: {}, rawBody }, new Date())).toThrow('not signed by Loop');
  });
  it.each<readonly [object | string, string, string]>([
    ['{', 'NOTICE_INVALID', 'body'],
    [published({ topic: 'label' }), 'TOPIC_NOT_TAKEN', 'topic'],
    [published({ state: 'dreaming' }), 'STATE_UNKNOWN', 'state'],
    [published({ id: '' }), 'REQUIRED', 'id'],
    [published({ provider_order_id: null }), 'REQUIRED', 'provider_order_id'],
    [published({ line_items: [] }), 'REQUIRED', 'line_items'],
    [published({ line_items: [item(0), item(1, { provider_line_item_id: null })] }), 'REQUIRED', 'line_items[1].provider_line_item_id'],
  ])('is refused by Loop’s own field where it cannot be read (%#)', (body, code, field) => expect(faultsOf(body)).toEqual([code, field]));
});
