import { Away, Throttled, type Clock } from '@cartage/eventsourcing';
import { asked } from '@cartage/service-kit';
import { isFields } from '../json-reading';
import { refusedByChannel } from '../refused-by-channel';

/** The version whose documentation this follows (shopify.dev, GraphQL Admin API). */
const VERSION = '2026-10';

export interface ShopifyAccount {
  /** `https://<shop>.myshopify.com`. */
  readonly url: string;
  /** An Admin API access token. */
  readonly token: string;
  readonly clock: Clock;
}

interface Cost {
  readonly requestedQueryCost: number;
  readonly throttleStatus: { readonly maximumAvailable: number; readonly currentlyAvailable: number; readonly restoreRate: number };
}

interface GraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string };
}

interface GraphAnswer<Data> {
  readonly data?: Data | null;
  /** A text, where it is about the shop as a whole: it is frozen, locked, or no more. */
  readonly errors?: readonly GraphError[] | string;
  readonly extensions?: { readonly cost?: Cost };
}

interface Answered<Data> {
  readonly data: Data | null | undefined;
  readonly cost: Cost | undefined;
  readonly status: number;
}

/** What mutations say of what they were given. */
export interface UserError {
  readonly field: readonly string[] | null;
  readonly message: string;
  readonly code?: string | null;
}

/** Ours to mend, or theirs: what is told is not at fault. */
const awayCodes: ReadonlySet<string | undefined> = new Set(['ACCESS_DENIED', 'SHOP_INACTIVE', 'INTERNAL_SERVER_ERROR', 'TIMEOUT']);

export const refuseIfAny = (errors: readonly UserError[]): void => {
  if (errors.length > 0) throw refusedByChannel(errors.map(faultOf));
};

export const faultOf = ({ field, message, code }: UserError) => ({ field: field?.join('.') ?? 'order', code: code ?? 'INVALID', message });

/**
 * One shop's GraphQL Admin API. It is a leaky bucket of points: what is left of it is told with each answer, and no question is asked that it has no room for, so that
 * others who use the same app are not kept out.
 */
export class ShopifyApi {
  private bucket: { readonly available: number; readonly restoreRate: number; readonly at: number } | undefined;
  private dearest = 0;

  constructor(private readonly account: ShopifyAccount) {}

  async ask<Data>(query: string, variables: object): Promise<Data> {
    this.requireRoom();
    const { url, token, clock } = this.account;
    const headers = { 'content-type': 'application/json', 'x-shopify-access-token': token };
    const body = JSON.stringify({ query, variables });
    const answer = await asked(`${url}/admin/api/${VERSION}/graphql.json`, { method: 'POST', headers, body }, () => clock.now());
    return this.dataOf<Data>(graphAnswerIn<Data>(answer.body), answer.status);
  }

  private requireRoom(): void {
    if (!this.bucket) return;
    const { available, restoreRate, at } = this.bucket;
    // A clock that was put back takes nothing away again.
    const passed = Math.max(0, this.account.clock.now().getTime() - at) / 1_000;
    const missing = this.dearest - available - passed * restoreRate;
    if (missing > 0) throw new Throttled('Shopify has no room for another question yet.', (missing / restoreRate) * 1_000);
  }

  private dataOf<Data>({ data, errors = [], extensions }: GraphAnswer<Data>, status: number): Data {
    if (!Array.isArray(errors)) throw new Away(`Shopify answers HTTP ${status}: ${JSON.stringify(errors)}.`);
    return this.dataUnless<Data>(errors as readonly GraphError[], { data, cost: extensions?.cost, status });
  }

  private dataUnless<Data>(errors: readonly GraphError[], { data, cost, status }: Answered<Data>): Data {
    if (cost) this.note(cost);
    if (errors.some((error) => error.extensions?.code === 'THROTTLED')) throw throttled(cost);
    const away = errors.find((error) => awayCodes.has(error.extensions?.code));
    if (away) throw new Away(`Shopify says: ${away.message}`);
    if (errors.length > 0)
      throw refusedByChannel(
        errors.map(({ message, path, extensions: more }) => ({
          field: path?.join('.') ?? 'query',
          code: more?.code ?? 'INVALID',
          message,
        })),
      );
    if (data) return data;
    throw new Away(`Shopify answers HTTP ${status} without data.`);
  }

  private note({ requestedQueryCost, throttleStatus: { currentlyAvailable, restoreRate, maximumAvailable } }: Cost): void {
    this.dearest = Math.min(Math.max(this.dearest, requestedQueryCost), maximumAvailable);
    this.bucket = { available: currentlyAvailable, restoreRate, at: this.account.clock.now().getTime() };
  }
}

const throttled = (cost: Cost | undefined): Throttled => {
  const { requestedQueryCost = 0, throttleStatus } = cost ?? {};
  const missing = throttleStatus ? Math.max(requestedQueryCost - throttleStatus.currentlyAvailable, 0) / throttleStatus.restoreRate : 2;
  return new Throttled('Shopify has had enough for now.', Math.max(missing, 1) * 1_000);
};

const graphAnswerIn = <Data>(body: string): GraphAnswer<Data> => {
  try {
    const answer: unknown = JSON.parse(body);
    return isFields(answer) ? (answer as GraphAnswer<Data>) : {};
  } catch (error) {
    throw new Away('Shopify answers with something that is no JSON.', { cause: error });
  }
};
