import { createHmac } from 'node:crypto';
import { orderLinkIn, orderLinkToken } from './order-link';

const peopleWith = (key: string) => ({
  hashOf: async (kind: string, value: string) => createHmac('sha256', key).update(`${kind}\n${value}`).digest('base64url'),
});
const people = peopleWith('a key');
const link = { orderId: '0199a3c4-7b1e-7c3d-9f2a-000000000001', expiresAt: '2027-01-31T12:00:00.000Z' };

describe('a link to an order', () => {
  it('says which order it is of and until when, and is the same wherever it is made', async () => {
    const token = await orderLinkToken(people, 'returns', link);
    expect(await orderLinkToken(people, 'returns', link)).toBe(token);
    expect(await orderLinkIn(people, 'returns', token)).toEqual(link);
  });

  it('is made by nobody without our key, and by no other link', async () => {
    const token = await orderLinkToken(people, 'returns', link);
    const later = await orderLinkToken(people, 'returns', { ...link, expiresAt: '2028-01-31T12:00:00.000Z' });
    const [[payload = ''], [, signature = '']] = [later.split('.'), token.split('.')];
    const forged = await orderLinkToken(peopleWith('another key'), 'returns', link);
    for (const wrong of [`${payload}.${signature}`, forged, `${token}x`, token.slice(1), '', 'x', `${'A'.repeat(30)}.${'A'.repeat(43)}`])
      expect(await orderLinkIn(people, 'returns', wrong)).toBeUndefined();
  });
});
