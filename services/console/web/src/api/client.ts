import createClient, { type Middleware } from 'openapi-fetch';
import { readingBack } from './reading-back';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];

/** What a service, or the way to it, says instead of an answer. */
export class Refusal extends Error {
  /** Of the request, in logs. */
  readonly correlationId: string | undefined;
  /** Each field that is wrong, by its path. */
  readonly errors: NonNullable<Schemas['Problem']['errors']>;

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    { correlationId, errors = [] }: Partial<Pick<Schemas['Problem'], 'correlationId' | 'errors'>> = {},
  ) {
    super(message);
    this.correlationId = correlationId;
    this.errors = errors;
  }
}

/** Nobody answered: the machine is offline, or nothing listens there. */
export const UNREACHABLE = 'UNREACHABLE';

/** How requests show who asks. */
export interface Credentials {
  token(): Promise<string | undefined>;
  /** The token was refused: a new one is needed. */
  refused(): void;
}

const isProblem = (body: unknown): body is Schemas['Problem'] => typeof body === 'object' && body !== null && 'code' in body;

/** A refusal as the services say it, or as far as a gateway between can be understood. */
export const refusalOf = (status: number, body: unknown): Refusal =>
  isProblem(body) ? new Refusal(status, body.code, body.detail, body) : new Refusal(status, `HTTP_${status}`, '');

const bearing = (credentials: Credentials): Middleware => ({
  async onRequest({ request }) {
    const token = await credentials.token();
    if (token !== undefined) request.headers.set('authorization', `Bearer ${token}`);
    return request;
  },
  onResponse({ response }) {
    if (response.status === 401) credentials.refused();
    return undefined;
  },
});

export type Api = ReturnType<typeof createApi>;

/** The services, at the address that the console came from. */
export const createApi = (origin: string, credentials: Credentials) => {
  const client = createClient<paths>({ baseUrl: origin });
  client.use(bearing(credentials), readingBack());
  return client;
};

interface Answered<Body> {
  readonly data?: Body;
  readonly error?: unknown;
  readonly response: Response;
}

/** The body of an answer; whatever else came is thrown as a refusal. */
export const bodyOf = async <Body>(asked: Promise<Answered<Body>>): Promise<Body> => {
  const { data, error, response } = await asked.catch((failure: unknown) => {
    throw new Refusal(0, UNREACHABLE, String(failure));
  });
  if (data === undefined) throw refusalOf(response.status, error);
  return data;
};
