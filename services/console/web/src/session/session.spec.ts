import { Session } from './session';

const place = { issuer: 'https://login.example.com', clientId: 'console', scope: 'openid' };
const endpoints = { authorization_endpoint: 'https://login.example.com/auth', token_endpoint: 'https://login.example.com/token' };
const underway = { state: 's', verifier: 'v', path: '/console/orders?q=1' };

let asked: URLSearchParams[];
let answers: object[];
beforeEach(() => {
  [asked, answers] = [[], []];
  const storage = { getItem: () => JSON.stringify(underway), removeItem: () => undefined };
  Object.defineProperty(globalThis, 'sessionStorage', { value: storage, configurable: true });
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (_, init) => {
    asked.push(init?.body as URLSearchParams);
    const answer = answers.shift();
    return answer ? Response.json(answer) : Response.json({ error: 'invalid_grant' }, { status: 400 });
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  Reflect.deleteProperty(globalThis, 'sessionStorage');
});

/** Somebody who comes back from the issuer with a token that is good for so long. */
const loggedIn = async (expiresIn: number): Promise<Session> => {
  answers.push({ access_token: 'first', refresh_token: 'again', expires_in: expiresIn });
  const session = new Session(place, endpoints, 'https://desk.example.com/console/');
  expect(await session.complete(new URLSearchParams({ code: 'c', state: 's' }))).toBe(underway.path);
  return session;
};

describe('a session', () => {
  it('keeps its token while that is good', async () => {
    const session = await loggedIn(300);
    expect([await session.token(), await session.token(), asked.length]).toEqual(['first', 'first', 1]);
  });

  it('renews it once, however many ask for it at the same time: an issuer takes a refresh token once', async () => {
    const session = await loggedIn(1);
    answers.push({ access_token: 'second', refresh_token: 'once more', expires_in: 300 });
    expect(await Promise.all([session.token(), session.token(), session.token()])).toEqual(['second', 'second', 'second']);
    expect(asked.slice(1).map((each) => each.get('refresh_token'))).toEqual(['again']);
  });

  it('goes on with the refresh token that it has where the issuer gives no other (RFC 6749, 6)', async () => {
    const session = await loggedIn(1);
    answers.push({ access_token: 'second', expires_in: 1 }, { access_token: 'third', expires_in: 300 });
    expect([await session.token(), await session.token()]).toEqual(['second', 'third']);
    expect(asked.slice(1).map((each) => each.get('refresh_token'))).toEqual(['again', 'again']);
  });

  it('that comes back with another state than it left with is none', async () => {
    const session = new Session(place, endpoints, 'https://desk.example.com/console/');
    await expect(session.complete(new URLSearchParams({ code: 'c', state: 'other' }))).rejects.toThrow();
    expect(asked).toEqual([]);
  });
});
