import { TestIssuer, type TokenOptions } from '@cartage/testkit';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import { KeysAway } from './keys';
import { Tokens, type TokensOptions } from './tokens';

const MINUTE = 60_000;
const issuer = new TestIssuer();
let passed = 0;
const now = (): number => Date.now() + passed;

const fetchJson = async (url: string): Promise<unknown> => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
};

const tokensWith = (more: Partial<TokensOptions> = {}): Tokens =>
  new Tokens({
    ...{ issuers: [issuer.url], jwksUrls: new Map(), audiences: [issuer.audience], algorithms: ['ES256', 'RS256'], clockSkewSeconds: 30 },
    claims: { scopes: ['scope', 'roles'], channels: 'channels', locations: 'locations' },
    ...{ fetchJson, now },
    ...more,
  });

beforeAll(() => issuer.start());
afterAll(() => issuer.stop());
beforeEach(() => {
  passed = 0;
  issuer.isAway = false;
});

describe('a token', () => {
  it('says who asks, what they may, and what they belong to', async () => {
    const token = await issuer.token({ sub: 'ada', scope: 'orders:read stock:read', roles: ['orders:write'], channels: ['market'] });
    expect(await tokensWith().verify(token)).toEqual({
      until: ((decodeJwt(token).exp ?? 0) + 30) * 1_000,
      actor: 'ada',
      scopes: new Set(['orders:read', 'stock:read', 'orders:write']),
      channels: new Set(['market']),
    });
  });

  it('of somebody who belongs to no channel at all is not one of somebody who sees all', async () =>
    expect(await tokensWith().verify(await issuer.token({ channels: [] }))).toMatchObject({ channels: new Set() }));

  it.each<[string, TokenOptions, string]>([
    ['has expired', { expiresIn: -60 }, 'TOKEN_EXPIRED'],
    ['is not valid yet', { validIn: 60 }, 'TOKEN_NOT_YET_VALID'],
    ['is for another API', { audience: 'billing' }, 'TOKEN_AUDIENCE_WRONG'],
    ['is of another issuer', { issuer: 'https://login.example.org' }, 'TOKEN_ISSUER_UNKNOWN'],
  ])('lets nobody in that %s', async (_, options, code) =>
    expect(tokensWith().verify(await issuer.token({}, options))).rejects.toMatchObject({ code }),
  );

  it.each<[string, TokenOptions]>([
    ['expired a moment ago', { expiresIn: -10 }],
    ['is valid in a moment', { validIn: 10 }],
  ])('is good within the skew of clocks: it %s', async (_, options) =>
    expect(await tokensWith().verify(await issuer.token({}, options))).toMatchObject({ actor: 'somebody' }),
  );

  it.each(['', 'x', 'a.b.c', `${'x'.repeat(20_000)}.b.c`])('is none: %.20s', async (text) =>
    expect(tokensWith().verify(text)).rejects.toMatchObject({ code: 'TOKEN_INVALID' }),
  );

  it('is refused whose content was changed, whose signature is missing, or that the API itself could have made', async () => {
    const [head = '', , seal = ''] = (await issuer.token({})).split('.');
    const claims = { sub: 'eve', iss: issuer.url, aud: issuer.audience, exp: Math.floor(Date.now() / 1_000) + 60 };
    const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`;
    const shared = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.alloc(32, 7));
    for (const token of [`${head}.${body}.${seal}`, none, shared])
      await expect(tokensWith().verify(token)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
  });

  it('is refused whose algorithm is not among those that are allowed', async () =>
    expect(tokensWith({ algorithms: ['RS256'] }).verify(await issuer.token({}))).rejects.toMatchObject({ code: 'TOKEN_INVALID' }));

  it.each([{ channels: 7 }, { channels: [1] }, { scope: { a: 1 } }, { sub: '' }, { sub: 'name with blanks' }])(
    'is refused where a claim cannot be read: %j',
    async (claims) => expect(tokensWith().verify(await issuer.token(claims))).rejects.toMatchObject({ code: 'TOKEN_INVALID' }),
  );

  it('of a second issuer names its issuer: subjects are unique within one only', async () => {
    const other = await new TestIssuer().start();
    const both = tokensWith({ issuers: [issuer.url, other.url] });
    const actors = [await both.verify(await issuer.token({ sub: '1' })), await both.verify(await other.token({ sub: '1' }))];
    expect(actors.map(({ actor }) => actor)).toEqual(['1', `1@${new URL(other.url).host}`]);
    await other.stop();
  });
});

describe('a token that was verified', () => {
  it('is remembered until it expires', async () => {
    const tokens = tokensWith();
    const token = await issuer.token({ sub: 'ada' }, { expiresIn: 120 });
    expect(tokens.remembered(token)).toBeUndefined();
    await tokens.verify(token);
    // Tokens count whole seconds, and some time goes by meanwhile.
    passed = 140_000;
    expect(tokens.remembered(token)).toMatchObject({ actor: 'ada' });
    passed = 160_000;
    expect(tokens.remembered(token)).toBeUndefined();
  });

  it('is looked at again once its issuer may have withdrawn its key, and refused once it has', async () => {
    const tokens = tokensWith();
    const kid = await issuer.rotate();
    const token = await issuer.token({}, { expiresIn: 3_600 });
    expect(decodeProtectedHeader(token).kid).toBe(kid);
    await tokens.verify(token);
    issuer.withdraw(kid);
    passed = 4 * MINUTE;
    expect(tokens.remembered(token)).toBeDefined();
    passed = 6 * MINUTE;
    expect(tokens.remembered(token)).toBeUndefined();
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    await issuer.rotate();
  });
});

describe('the keys of an issuer', () => {
  it('are asked for anew when a token names one that is not known, once for all who wait, and not again at once', async () => {
    const tokens = tokensWith();
    await tokens.verify(await issuer.token({}));
    await issuer.rotate();
    passed = 10_000;
    const before = issuer.keysAsked;
    const token = await issuer.token({ sub: 'new' });
    expect(await Promise.all([tokens.verify(token), tokens.verify(token)])).toMatchObject([{ actor: 'new' }, { actor: 'new' }]);
    expect(issuer.keysAsked).toBe(before + 1);
    const stranger = await new TestIssuer().start();
    for (let i = 0; i < 5; i += 1) await stranger.rotate();
    const forged = await stranger.token({}, { issuer: issuer.url, kid: await stranger.rotate() });
    for (let i = 0; i < 3; i += 1) await expect(tokens.verify(forged)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    expect(issuer.keysAsked).toBe(before + 1);
    await stranger.stop();
  });

  it('are asked for anew also where the clock was put back meanwhile', async () => {
    const tokens = tokensWith();
    passed = 3_600_000;
    await tokens.verify(await issuer.token({}, { expiresIn: 7_200 }));
    await issuer.rotate();
    passed = 0;
    expect(await tokens.verify(await issuer.token({ sub: 'new' }))).toMatchObject({ actor: 'new' });
  });

  it('are believed for an hour while the issuer is away, and then nobody is let in, for nobody can say', async () => {
    const tokens = tokensWith();
    const token = await issuer.token({ sub: 'ada' }, { expiresIn: 7_200 });
    await tokens.verify(token);
    issuer.isAway = true;
    passed = 59 * MINUTE;
    expect(await tokens.verify(token)).toMatchObject({ actor: 'ada' });
    expect(tokens.remembered(token)).toMatchObject({ actor: 'ada' });
    passed = 61 * MINUTE;
    await expect(tokens.verify(token)).rejects.toThrow(KeysAway);
    issuer.isAway = false;
    passed = 62 * MINUTE;
    expect(await tokens.verify(token)).toMatchObject({ actor: 'ada' });
  });

  it('are not those of another issuer that says so', async () => {
    const tokens = tokensWith({
      fetchJson: () => Promise.resolve({ issuer: 'https://other.example.org', jwks_uri: `${issuer.url}/keys` }),
    });
    await expect(tokens.verify(await issuer.token({}))).rejects.toThrow(KeysAway);
  });

  it('may stand at an address of their own', async () => {
    const jwksUrls = new Map([[issuer.url, `${issuer.url}/keys`]]);
    const tokens = tokensWith({
      jwksUrls,
      fetchJson: (url) => (url.endsWith('/keys') ? fetchJson(url) : Promise.reject(new Error('asked'))),
    });
    expect(await tokens.verify(await issuer.token({}))).toMatchObject({ actor: 'somebody' });
  });
});
