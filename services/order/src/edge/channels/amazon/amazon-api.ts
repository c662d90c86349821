import { Away, isAway, Throttled, type Clock } from '@cartage/eventsourcing';
import { asked, type HttpAnswer } from '@cartage/service-kit';
import { isFields, JsonReading, type Fields } from '../json-reading';
import { refusedByChannel } from '../refused-by-channel';
import { amazonRates, Bucket, type AmazonOperation } from './amazon-rates';

export interface AmazonAccount {
  /** `https://<host of the region>/<seller id>/<marketplace ids, apart by +>`. */
  readonly url: string;
  /** `<client id>:<client secret>:<refresh token>` of Login with Amazon. */
  readonly token: string;
  readonly clock: Clock;
}

export interface AmazonQuestion {
  readonly operation: AmazonOperation;
  /** With its query. */
  readonly path: string;
  readonly method?: 'GET' | 'POST' | 'PATCH';
  readonly body?: object;
  /** How long it may wait for its turn; a minute less than what is in hand is kept for. */
  readonly patienceMs?: number;
  /** It waits no longer once this says so. */
  readonly stopping?: AbortSignal | undefined;
}

/** Where access tokens are given out, for every region. */
const LWA = 'https://api.amazon.com';
/** A token is not used to its very end: the clocks differ, and the call takes its time. */
const TOKEN_MARGIN_MS = 60_000;
const PATIENCE_MS = 15_000;

const parsed = (body: string): Fields => {
  try {
    const answer: unknown = body === '' ? {} : JSON.parse(body);
    return isFields(answer) ? answer : {};
  } catch (error) {
    throw new Away('Amazon answers with something that is no JSON.', { cause: error });
  }
};

/** `ErrorList` of every model: `details` mostly says which field it is about. */
const faultsIn = ({ body, status }: HttpAnswer) => {
  const reading = new JsonReading();
  const faults = reading.list(parsed(body), 'errors').map((error) => ({
    field: reading.optionalText(error, 'details') ?? 'request',
    code: reading.optionalText(error, 'code') ?? 'INVALID',
    message: reading.optionalText(error, 'message') ?? `HTTP ${status}`,
  }));
  return faults.length > 0 ? faults : [{ field: 'request', code: `HTTP_${status}`, message: `Amazon answers HTTP ${status}.` }];
};

/** `x-amzn-RateLimit-Limit`: requests a second of this operation, for this seller. */
const rateIn = (headers: Headers): number | undefined => {
  const rate = Number(headers.get('x-amzn-ratelimit-limit') ?? NaN);
  return rate > 0 ? rate : undefined;
};

/**
 * The Selling Partner API of one seller in one region (developer-docs.amazon.com/sp-api). Every operation has a rate of its own: what it has no room for waits for its
 * turn, so that a burst of ours does not use up what another needs.
 */
export class AmazonApi {
  readonly sellerId: string;
  readonly marketplaces: readonly string[];
  private readonly origin: string;
  private access: { readonly token: string; readonly until: number } | undefined;
  private asking: Promise<string> | undefined;
  private readonly buckets = new Map<AmazonOperation, Bucket>();

  constructor(private readonly account: AmazonAccount) {
    const { origin, pathname } = new URL(account.url);
    const [, sellerId = '', marketplaces = ''] = pathname.split('/');
    this.origin = origin;
    this.sellerId = sellerId;
    this.marketplaces = decodeURIComponent(marketplaces).split('+').filter(Boolean);
  }

  get clock(): Clock {
    return this.account.clock;
  }

  async ask(question: AmazonQuestion): Promise<Fields> {
    const answer = await this.answered(question);
    if (answer.status >= 400) throw refusedByChannel(faultsIn(answer));
    return parsed(answer.body);
  }

  private async answered({ operation, path, method = 'GET', body, ...waiting }: AmazonQuestion): Promise<HttpAnswer> {
    const bucket = this.bucketOf(operation);
    await this.waitFor(bucket, waiting);
    const headers = {
      'x-amz-access-token': await this.accessToken(),
      'user-agent': 'Cartage/1.0 (Language=TypeScript)',
      ...(body ? { 'content-type': 'application/json' } : {}),
    };
    const init = { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) };
    try {
      const restOf = (told: Headers): number => bucket.emptied(this.clock.now(), rateIn(told));
      const answer = await asked(`${this.origin}${path}`, init, () => this.clock.now(), restOf);
      bucket.learn(rateIn(answer.headers));
      return answer;
    } catch (error) {
      // Whatever it was that kept us out: a token that was taken back is not tried again.
      if (isAway(error) && !(error instanceof Throttled)) this.access = undefined;
      throw error;
    }
  }

  private bucketOf(operation: AmazonOperation): Bucket {
    const known = this.buckets.get(operation);
    if (known) return known;
    const bucket = new Bucket(amazonRates[operation], this.clock.now());
    this.buckets.set(operation, bucket);
    return bucket;
  }

  private async waitFor(
    bucket: Bucket,
    { patienceMs = PATIENCE_MS, stopping }: Pick<AmazonQuestion, 'patienceMs' | 'stopping'>,
  ): Promise<void> {
    for (let ms = bucket.take(this.clock.now()); ms > 0; ms = bucket.take(this.clock.now())) {
      if (ms > patienceMs) throw new Throttled('Amazon has no room for another question of this kind yet.', ms);
      await this.clock.pause(ms, stopping);
      if (stopping?.aborted) throw new Away('Amazon was to be asked, and it is being stopped.');
    }
  }

  private async accessToken(): Promise<string> {
    if (this.access && this.access.until > this.clock.now().getTime()) return this.access.token;
    this.asking ??= this.exchanged().finally(() => (this.asking = undefined));
    return this.asking;
  }

  private async exchanged(): Promise<string> {
    const [client_id = '', client_secret = '', refresh_token = ''] = this.account.token.split(':');
    const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token, client_id, client_secret });
    const host = new URL(this.origin).hostname.endsWith('.amazon.com') ? LWA : this.origin;
    const answer = await asked(`${host}/auth/o2/token`, { method: 'POST', body }, () => this.clock.now());
    const { access_token: token, expires_in: seconds, error } = parsed(answer.body);
    if (typeof token !== 'string' || typeof seconds !== 'number')
      throw new Away(`Amazon gives no access token: ${typeof error === 'string' ? error : `HTTP ${answer.status}`}.`);
    this.access = { token, until: this.clock.now().getTime() + seconds * 1_000 - TOKEN_MARGIN_MS };
    return token;
  }
}
