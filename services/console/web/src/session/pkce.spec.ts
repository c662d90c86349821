import { challengeOf, loginAddress, unguessable } from './pkce';

describe('logging in', () => {
  it('proves itself as RFC 7636 has it in its appendix B', async () => {
    expect(await challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
  });

  it('uses a secret that is long enough and another one each time', () => {
    const [one, other] = [unguessable(), unguessable()];
    expect(one).toMatch(/^[\w-]{43}$/);
    expect(one).not.toBe(other);
  });

  it('leads to the issuer with all that it has to know, beside what its own address says already', () => {
    const address = new URL(
      loginAddress({
        ...{ authorizationEndpoint: 'https://login.example.com/auth?realm=shop', clientId: 'console', scope: 'openid' },
        ...{ redirectUri: 'https://desk.example.com/console/', state: 's', challenge: 'c' },
      }),
    );
    expect(Object.fromEntries(address.searchParams)).toEqual({
      ...{ realm: 'shop', response_type: 'code', client_id: 'console', redirect_uri: 'https://desk.example.com/console/' },
      ...{ scope: 'openid', state: 's', code_challenge: 'c', code_challenge_method: 'S256' },
    });
  });
});
