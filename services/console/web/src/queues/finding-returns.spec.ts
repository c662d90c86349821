import { createApi } from '../api/client';
import { findReturn } from './finding-returns';

const [RETURN, ORDER] = ['0198f0c2-7b1e-7c3d-9f2a-000000000001', '0198f0c2-7b1e-7c3d-9f2a-000000000002'];

/** Services in which there is one order, with one return. */
const services = (status = 200): void => {
  const answers: Readonly<Record<string, unknown>> = {
    [`/returns/${RETURN}`]: { returnId: RETURN },
    [`/returns?orderId=${ORDER}`]: { items: [{ returnId: RETURN }], next: null },
    '/returns?orderId=': { items: [], next: null },
    '/orders?externalOrderId=WEB-1': { items: [{ orderId: ORDER }], next: null },
    '/orders?externalOrderId=': { items: [], next: null },
  };
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (input) => {
    const path = (input as Request).url.replace('http://here', '');
    const [, body] = Object.entries(answers).find(([begin]) => path.startsWith(begin)) ?? [];
    const given = body === undefined ? 404 : status;
    return new Response(JSON.stringify(body ?? { code: 'RETURN_UNKNOWN', detail: '' }), {
      ...{ status: given, headers: { 'content-type': 'application/json' } },
    });
  });
};

/** Made anew each time: it keeps the `fetch` that it finds. */
const api = () => createApi('http://here', { token: () => Promise.resolve(undefined), refused: () => undefined });
afterEach(() => jest.restoreAllMocks());

describe('what stands on the slip of a return', () => {
  it.each([
    ['its own number', RETURN, RETURN],
    ['the order’s number of ours', ORDER, RETURN],
    ['the order’s number of the channel', ' WEB-1 ', RETURN],
    ['a number that nobody knows', 'WEB-2', undefined],
    ['an id that nobody knows', '0198f0c2-7b1e-7c3d-9f2a-000000000009', undefined],
  ])('may be %s', async (_, text, found) => {
    services();
    expect(await findReturn(api(), text)).toBe(found);
  });

  it('is not unknown where a service is broken', async () => {
    services(500);
    await expect(findReturn(api(), RETURN)).rejects.toMatchObject({ status: 500 });
  });
});
