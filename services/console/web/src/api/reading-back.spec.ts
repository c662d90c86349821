import { bodyOf, createApi } from './client';

const credentials = { token: () => Promise.resolve(undefined), refused: () => undefined };

/** Services that write at a position, and whose lists are refused until they have got there. */
const served = (behind: boolean) => {
  const asked: string[] = [];
  const fetch = (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    asked.push(`${request.method} ${pathname}${search}`);
    if (request.method === 'POST') return Promise.resolve(Response.json({}, { headers: { 'cartage-position': '0042' } }));
    const refused = behind && search.includes('minPosition');
    return Promise.resolve(Response.json({ items: [], next: null }, { status: refused ? 412 : 200 }));
  };
  return { asked, fetch };
};

const furnished = (behind = false) => {
  const { asked, fetch } = served(behind);
  jest.spyOn(globalThis, 'fetch').mockImplementation((request) => fetch(request as Request));
  const api = createApi('http://here', credentials);
  const decide = () => {
    const params = { path: { chargebackId: 'c-1' }, header: { 'Idempotency-Key': 'k-1' } };
    return bodyOf(api.POST('/payments/chargebacks/{chargebackId}/outcome', { params, body: { outcome: 'won' } }));
  };
  const list = () => bodyOf(api.GET('/payments/chargebacks', { params: { query: { limit: 5 } } }));
  return { asked, api, decide, list };
};

afterEach(() => jest.restoreAllMocks());

describe('whoever has changed something', () => {
  it('sees it in the next list of the same service, and waits in no other', async () => {
    const { asked, api, decide, list } = furnished();
    await list();
    await decide();
    await list();
    await bodyOf(api.GET('/returns'));
    await bodyOf(api.GET('/payments/{orderId}', { params: { path: { orderId: 'o-1' } } }));
    expect(asked).toEqual([
      'GET /payments/chargebacks?limit=5',
      'POST /payments/chargebacks/c-1/outcome',
      'GET /payments/chargebacks?limit=5&minPosition=0042',
      'GET /returns',
      'GET /payments/o-1',
    ]);
  });

  it('is shown a list as it is where its view does not get there', async () => {
    const { asked, decide, list } = furnished(true);
    await decide();
    await expect(list()).resolves.toEqual({ items: [], next: null });
    await list();
    expect(asked.slice(1)).toEqual([
      'GET /payments/chargebacks?limit=5&minPosition=0042',
      'GET /payments/chargebacks?limit=5',
      'GET /payments/chargebacks?limit=5',
    ]);
  });

  it('needs nothing of it any more a while later', async () => {
    const now = jest.spyOn(Date, 'now').mockReturnValue(0);
    const { asked, decide, list } = furnished();
    await decide();
    now.mockReturnValue(15_001);
    await list();
    expect(asked.at(-1)).toBe('GET /payments/chargebacks?limit=5');
  });
});
