import { orderLinkToken } from '@cartage/service-kit';
import { id, minute, orderId } from '../../domain/order.fixture';
import { orderPageOf, people } from './customer-page.fixture';

const setUp = async () => {
  const shop = await orderPageOf([]);
  const opens = async (token: string): Promise<string> => (await shop.page.open(token)).kind;
  /** As a message brings it: nobody here made it. */
  const ofMessage = (): Promise<string> => orderLinkToken(people, 'order', { orderId, expiresAt: minute(50_000) });
  return { ...shop, opens, ofMessage };
};

describe('a link of a customer', () => {
  it('is known by who made it and when it ends, and by its last use once it was opened', async () => {
    const { links, linkId, token, opens } = await setUp();
    const made = { linkId, madeBy: 'anna', madeAt: minute(60), revokedAt: null };
    expect(await links.list(orderId, undefined, 10)).toMatchObject([{ ...made, lastUsedAt: null }]);
    expect(await opens(token)).toBe('open');
    expect(await links.list(orderId, undefined, 10)).toMatchObject([{ ...made, lastUsedAt: minute(60) }]);
    expect(JSON.stringify(await links.list(orderId, undefined, 10))).not.toContain(token);
  });

  it('answers as one that has ended once it was revoked, for good, and stays as it was revoked first', async () => {
    const { links, linkId, token, opens } = await setUp();
    expect(await links.revoke(orderId, linkId, 'ben')).toMatchObject({ linkId, revokedBy: 'ben', revokedAt: minute(60) });
    expect(await links.revoke(orderId, linkId, 'carl')).toMatchObject({ revokedBy: 'ben' });
    expect(await opens(token)).toBe('expired');
    expect(await links.list(orderId, undefined, 10)).toMatchObject([{ lastUsedAt: null }]);
  });

  it('is another one where the same was revoked a moment ago', async () => {
    const { links, linkId, token, opens } = await setUp();
    await links.revoke(orderId, linkId, 'ben');
    const again = await links.make(orderId, 30, 'anna');
    expect(again.token).not.toBe(token);
    expect([await opens(again.token), await opens(token)]).toEqual(['open', 'expired']);
  });

  it('of a message is known once it was opened, and can be revoked then', async () => {
    const { links, linkId, opens, ofMessage } = await setUp();
    const token = await ofMessage();
    expect(await opens(token)).toBe('open');
    const [brought] = (await links.list(orderId, undefined, 10)).filter((link) => link.linkId !== linkId);
    expect(brought).toMatchObject({ madeBy: null, lastUsedAt: minute(60) });
    await links.revoke(orderId, brought?.linkId ?? '', 'ben');
    expect(await opens(token)).toBe('expired');
  });

  it('opens nothing once all were revoked, also one that nobody opened before; one that is made afterwards does', async () => {
    const { links, token, opens, ofMessage } = await setUp();
    expect(await links.revokeAll(orderId, 'ben')).toBe(1);
    expect([await opens(token), await opens(await ofMessage())]).toEqual(['expired', 'expired']);
    expect(await opens((await links.make(orderId, 30, 'anna')).token)).toBe('open');
  });

  it('is refused where the order has none like it', async () => {
    const { links } = await setUp();
    await expect(links.revoke(orderId, id(9_999), 'ben')).rejects.toMatchObject({ code: 'LINK_UNKNOWN' });
  });

  it('is told as customers reach it where that is known, and by its path always', async () => {
    const pageUrl = 'https://shop.example/orders/{token}?from=help';
    const { token, url, path } = await (await orderPageOf([], { pageUrl })).links.make(orderId, 30, 'ben');
    expect({ url, path }).toEqual({ url: `https://shop.example/orders/${token}?from=help`, path: `/orders/links/${token}/page` });
    expect((await (await setUp()).links.make(orderId, 30, 'ben')).url).toBeNull();
  });

  it('leads to a page of returns that ends a day later: nobody could revoke that', async () => {
    const { page, token } = await setUp();
    const opened = await page.open(token);
    expect(opened).toMatchObject({
      returnToken: await orderLinkToken(people, 'returns', { orderId, expiresAt: minute(60 + 24 * 60) }),
    });
  });
});
