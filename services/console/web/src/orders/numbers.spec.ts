import { createApi } from '../api/client';
import { orderNumbers } from './numbers';

const credentials = { token: () => Promise.resolve(undefined), refused: () => undefined };

/** Every order has its number but those of the till. */
const answering = () => {
  const asked: number[] = [];
  jest.spyOn(globalThis, 'fetch').mockImplementation((request) => {
    const ids = new URL((request as Request).url).searchParams.getAll('orderId');
    asked.push(ids.length);
    const items = ids.map((orderId) => ({ orderId, externalOrderId: orderId.startsWith('till') ? null : `WEB-${orderId}` }));
    return Promise.resolve(Response.json({ items, next: null }));
  });
  return { asked, numbers: orderNumbers(createApi('http://here', credentials)) };
};

afterEach(() => jest.restoreAllMocks());

describe('the numbers of orders', () => {
  it('are asked for together, each once, in requests that an address has room for', async () => {
    const { asked, numbers } = answering();
    const ids = Array.from({ length: 60 }, (_, n) => `${n}`);
    const found = await Promise.all([...ids, '7'].map((id) => numbers.of(id)));
    expect(found).toEqual([...ids, '7'].map((id) => `WEB-${id}`));
    expect(asked).toEqual([50, 10]);
    await expect(numbers.of('8')).resolves.toBe('WEB-8');
    expect(asked).toEqual([50, 10, 1]);
  });

  it('are none where the channel gave none', async () => {
    await expect(answering().numbers.of('till-1')).resolves.toBeNull();
  });
});
