import { pageHeaders, policyOf } from './page';

const login = { issuer: 'https://login.example.com/realms/shop', clientId: 'cartage-console', scope: 'openid' };

describe('the policy of the page', () => {
  it('runs and shows nothing that is inline or from elsewhere', () => {
    const policy = policyOf({ login: null });
    expect(policy).toContain(`default-src 'none'`);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  it('lets the page ask the issuer where people log in, and nobody else', () => {
    expect(policyOf({ login })).toContain(`connect-src 'self' https://login.example.com;`);
    expect(policyOf({ login: null })).toContain(`connect-src 'self';`);
  });

  it('comes with the page, which no frame shows and no cache keeps unasked', () => {
    expect(pageHeaders({ login: null })).toMatchObject({ 'x-frame-options': 'DENY', 'cache-control': 'no-cache' });
  });
});
