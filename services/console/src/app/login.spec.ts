import { termsOf } from './login';

const client = { clientId: 'cartage-console', scope: 'openid' };

describe('what the console is told of logging in', () => {
  it('is where people log in: the first issuer, and what the API is called there', () => {
    const letIn = {
      AUTH: 'oidc',
      AUTH_ISSUER: ['https://people.example.com', 'https://machines.example.com'],
      AUTH_AUDIENCE: ['cartage'],
    } as const;
    expect(termsOf(letIn, client)).toEqual({ login: { issuer: 'https://people.example.com', audience: 'cartage', ...client } });
  });

  it.each(['none', 'upstream'] as const)('is nothing with AUTH=%s: nobody is asked, or somebody in front has asked', (AUTH) =>
    expect(termsOf({ AUTH, AUTH_ISSUER: ['https://people.example.com'] }, client)).toEqual({ login: null }),
  );
});
