import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawnUp } from '../../../domain/drawing-up';
import { webhookHeaders } from '@cartage/service-kit';
import { webhookConnector } from './webhook-connector';

const now = new Date('2026-11-27T10:00:00.000Z');
const secret = 'whsec_YSBzZWNyZXQgb2YgbW9yZSB0aGFuIDI0IGJ5dGVz';
const connector = webhookConnector([secret, 'b2xk'], () => now);

/** The message that the how-to shows. */
const guide = readFileSync(join(__dirname, '../../../../../../docs/how-to/connect-a-channel.md'), 'utf8');
const shownAs = (name: string): unknown => {
  const [, written = '{}'] = new RegExp(`<!-- ${name} -->\\s*\`\`\`json\\n([\\s\\S]*?)\`\`\``).exec(guide) ?? [];
  return JSON.parse(written);
};
const example = shownAs('message') as { readonly order: { readonly lines: readonly object[] } };

const posted = (payload: unknown, { signedAt = now, by = secret }: { readonly signedAt?: Date; readonly by?: string } = {}) => {
  const body = JSON.stringify(payload);
  return { headers: webhookHeaders(by, 'm-1', { body, now: signedAt }), rawBody: Buffer.from(body) };
};

describe('a channel that posts our own form', () => {
  it('is believed by its signature, by any of its secrets', () => {
    expect(connector.open(posted(example))).toEqual({ messageId: 'm-1', topic: 'order', payload: example });
    expect(connector.open(posted(example, { by: 'b2xk' })).messageId).toBe('m-1');
    expect(() => connector.open(posted(example, { by: 'c3RyYW5nZXI=' }))).toThrow(expect.objectContaining({ kind: 'unproven' }));
  });

  it('is not believed with another body, id or time than it signed', () => {
    const post = posted(example);
    const otherwise = [
      { ...post, rawBody: Buffer.from('{}') },
      { ...post, headers: { ...post.headers, 'webhook-id': 'm-2' } },
      { ...post, headers: { ...post.headers, 'webhook-timestamp': '1764237601' } },
      { ...post, headers: {} },
    ];
    for (const each of otherwise) expect(() => connector.open(each)).toThrow(expect.objectContaining({ code: 'SIGNATURE_INVALID' }));
  });

  it.each([-301, 301])('is not believed %i seconds from when it signed: somebody may have recorded it', (seconds) => {
    const signedAt = new Date(now.getTime() + seconds * 1_000);
    expect(() => connector.open(posted(example, { signedAt }))).toThrow(/five minutes/);
    expect(connector.open(posted(example, { signedAt: new Date(now.getTime() + Math.sign(seconds) * 299_000) })).messageId).toBe('m-1');
  });

  it('tells an order as the how-to shows it', () => {
    const state = connector.orderIn({ topic: 'order', payload: example });
    expect(state).toMatchObject({
      externalOrderId: 'MX-1001',
      payment: 'good',
      order: { lines: [{ lineId: '1', sku: 'LANTERN', quantity: 2 }] },
    });
    expect(
      drawnUp({ ...state.order, channel: 'market', externalOrderId: state.externalOrderId }, now.toISOString()).order.totals.total,
    ).toBe(2_400);
  });

  it('tells who cancelled it, and why', () => {
    const cancelled = { code: 'changed-mind', by: 'customer' };
    expect(connector.orderIn({ topic: 'order', payload: { ...example, cancelled } }).cancelled).toEqual({
      ...{ code: 'channel-cancelled', detail: 'changed-mind', by: 'customer' },
    });
  });

  it('is told each field that is wrong by its own path, and never crashes us', () => {
    const broken = {
      ...example,
      changedAt: 'yesterday',
      order: { ...example.order, lines: [{ ...example.order.lines[0], quantity: 'two' }] },
    };
    const fields = (payload: unknown): readonly string[] => {
      try {
        connector.orderIn({ topic: 'order', payload });
        return [];
      } catch (error) {
        return (error as { readonly errors: readonly { readonly field: string }[] }).errors.map(({ field }) => field);
      }
    };
    expect(fields(broken).toSorted()).toEqual(['changedAt', expect.stringMatching(/^order.*lines.*0.*quantity$/)]);
    for (const payload of [null, [], 'x', {}, { order: null }, { order: { lines: 7 } }]) expect(fields(payload)).not.toEqual([]);
    expect(connector.numberIn({ topic: 'order', payload: broken })).toBe('MX-1001');
  });

  it('tells refunds and returns as the how-to shows them', () => {
    const [refund, rma] = [shownAs('refund'), shownAs('return')];
    expect(connector.open(posted(refund)).topic).toBe('refund');
    for (const payload of [refund, rma]) expect(connector.about({ topic: '', payload })).toBe('after-sale');
    expect(connector.afterSaleIn({ topic: 'refund', payload: refund })).toEqual({
      ...{ kind: 'refund', externalOrderId: 'MX-1001', channelRefundId: 'RF-7', amount: 1_000, currency: 'GBP', channelReturnId: 'RT-3' },
      ...{ lines: [{ lineId: '1', quantity: 1, goods: 'returned', field: 'lines.0.lineId' }], refundedAt: '2026-11-27T09:59:50.000Z' },
    });
    expect(connector.afterSaleIn({ topic: 'return', payload: rma })).toMatchObject({
      ...{ kind: 'return', channelReturnId: 'RT-3', standing: 'approved', saidAt: '2026-11-27T09:59:40.000Z' },
      lines: [{ lineId: '1', quantity: 1, reason: 'too-small' }],
    });
    const broken = { ...(rma as object), standing: 'lost', lines: [{ lineId: '1', quantity: 0, reason: 'x' }] };
    expect(() => connector.afterSaleIn({ topic: 'return', payload: broken })).toThrow(/standing.*lines|lines.*standing/);
  });
});
