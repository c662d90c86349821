/** Where Cartage answers, and by which token it lets the caller in. */
export interface At {
  /** Such as `https://orders.example.org`. */
  readonly url: string;
  /** The token itself, or who has it: asked before every request, so that it may change. */
  readonly token?: string | (() => string | Promise<string>) | undefined;
}

/** Cartage said no: `code` and `message` say why, and what to do. */
export class CartageRefused extends Error {
  override readonly name = 'CartageRefused';

  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(`${detail} (${code})`);
  }
}

export const authorizationOf = async ({ token }: At): Promise<string | undefined> => {
  const given = typeof token === 'function' ? await token() : token;
  return given === undefined ? undefined : `Bearer ${given}`;
};

export const baseOf = ({ url }: At): string => {
  if (!URL.canParse(url)) throw new RangeError(`url: ${url} is no address; give one such as http://127.0.0.1:3000.`);
  return url.replace(/\/$/, '');
};

/** What an answer says of itself where it says no. */
export const refusalIn = async (response: Response): Promise<CartageRefused> => {
  const body: unknown = await response.json().catch(() => undefined);
  const { code, detail } = (typeof body === 'object' && body !== null ? body : {}) as {
    readonly code?: unknown;
    readonly detail?: unknown;
  };
  if (typeof code === 'string') return new CartageRefused(response.status, code, String(detail));
  return new CartageRefused(
    response.status,
    'NO_CARTAGE',
    `${new URL(response.url).origin} answers ${response.status}, and not as Cartage does. Is the url right?`,
  );
};
