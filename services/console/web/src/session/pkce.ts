/* Proof Key for Code Exchange (RFC 7636): whoever steals the code on its way back cannot use it. */

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');

/** 256 bits that nobody guesses, fit for an address. */
export const unguessable = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

export const challengeOf = async (verifier: string): Promise<string> =>
  base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));

export interface LoginRequest {
  readonly authorizationEndpoint: string;
  readonly clientId: string;
  readonly scope: string;
  readonly audience?: string | undefined;
  readonly redirectUri: string;
  readonly state: string;
  readonly challenge: string;
}

/** Where the browser is sent to log in. `audience` is what Auth0 wants to be told; others take no notice of it. */
export const loginAddress = ({ authorizationEndpoint, challenge, state, ...asked }: LoginRequest): string => {
  const address = new URL(authorizationEndpoint);
  const told: Readonly<Record<string, string | undefined>> = {
    response_type: 'code',
    client_id: asked.clientId,
    redirect_uri: asked.redirectUri,
    scope: asked.scope,
    audience: asked.audience,
    state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(told)) if (value !== undefined) address.searchParams.set(name, value);
  return address.href;
};
