import type { Sealed } from '@cartage/contracts';
import { codeOf, invalidField, keyReused, Refused, type Meta } from '@cartage/eventsourcing';
import { closedBreaker } from '../../domain/circuit-breaker';
import type { Attempt } from '../../domain/delivery';
import { rotated, signingNow, type SigningSecret, type WebhookEndpoint, type WebhookFilter } from '../../domain/webhook-endpoint';
import type { CountedEndpoint, EndpointPage, EndpointTable } from './endpoint-table';
import type { WebhookPost } from './webhook-post';

/** Keeps signing secrets in a box that nobody opens without the master key. */
export interface SecretBoxes {
  seal(endpointId: string, secrets: readonly SigningSecret[]): Promise<Sealed>;
  /** Refuses with `WEBHOOK_SECRETS_LOST` where their key is gone. */
  open(box: Sealed): Promise<readonly SigningSecret[]>;
  /** Nobody opens it any more. */
  destroy(box: Sealed): Promise<void>;
}

export interface WebhookEndpointsNeeds {
  readonly table: EndpointTable;
  readonly boxes: SecretBoxes;
  readonly post: WebhookPost;
  /** What is wrong with an address: its form, or where it leads. */
  readonly faultOfUrl: (url: string) => Promise<string | undefined>;
  readonly head: () => Promise<number>;
  readonly newSecret: () => string;
  readonly idOf: (meta: Meta) => string;
  readonly newId: () => string;
  readonly now: () => Date;
}

export interface WantedEndpoint {
  readonly url: string;
  readonly note?: string;
  readonly filter: WebhookFilter;
  /** It is told of what comes behind this event; absent: of what comes from now on. */
  readonly after?: number;
}

/** With the secret, which is shown this once. */
export interface NewEndpoint {
  readonly endpoint: CountedEndpoint;
  /** Nothing where the same request was answered before. */
  readonly secret: string | null;
}

export interface RotationTerms {
  /** For so long the secrets of before sign, too. */
  readonly keepMs: number;
}

const MOST_ENDPOINTS = 200;

export const unknownEndpoint = (endpointId: string): Refused =>
  new Refused('WEBHOOK_ENDPOINT_UNKNOWN', `There is no webhook endpoint ${endpointId}.`, 'unknown');

const LOST = 'WEBHOOK_SECRETS_LOST';

export const secretsLost = (): Refused =>
  new Refused(LOST, 'The key of this webhook endpoint is gone, and with it its secrets. Ask for a new one.');

/** A new one needs none of those before it. */
const noneIfLost = (error: unknown): readonly SigningSecret[] => {
  if (codeOf(error) === LOST) return [];
  throw error;
};

const tooMany = (): Refused =>
  new Refused('WEBHOOK_ENDPOINTS_FULL', `There are ${MOST_ENDPOINTS} endpoints already: remove one that nobody needs.`);

/** Never one of the business: whoever takes it can tell that it is a test. */
const TEST_TYPE = 'WebhookTested';

/** Where events are sent to, as a resource. */
export class WebhookEndpoints {
  constructor(private readonly needs: WebhookEndpointsNeeds) {}

  async create(wanted: WantedEndpoint, meta: Meta & { readonly fingerprint: string }): Promise<NewEndpoint> {
    const { table, boxes, newSecret, idOf } = this.needs;
    await this.requireUrl(wanted.url);
    const endpointId = idOf(meta);
    const secret = newSecret();
    const position = await this.startOf(wanted);
    // No secret is sealed for nothing, as far as that is known; who asks again is there, and needs no room.
    if ((await table.count()) >= MOST_ENDPOINTS && !(await table.find(endpointId))) throw tooMany();
    const secrets = await boxes.seal(endpointId, [{ secret }]);
    const terms = { fingerprint: meta.fingerprint, most: MOST_ENDPOINTS };
    const added = await table.add(this.endpointOf(wanted, { endpointId, position, secrets, madeBy: meta.actor }), terms);
    if (added === 'full') throw tooMany();
    if (added === 'other') throw keyReused('endpoint');
    return { endpoint: await this.find(endpointId), secret: added === 'added' ? secret : null };
  }

  list(page: EndpointPage): Promise<readonly CountedEndpoint[]> {
    return this.needs.table.list(page);
  }

  async find(endpointId: string): Promise<CountedEndpoint> {
    const found = await this.needs.table.find(endpointId);
    if (!found) throw unknownEndpoint(endpointId);
    return found;
  }

  /** All of it but its channels: whose it is does not change. What waits already is sent to the new address. */
  async change(endpointId: string, { url, note, filter }: Omit<WantedEndpoint, 'after'>): Promise<CountedEndpoint> {
    await this.requireUrl(url);
    return this.changed(endpointId, ({ note: _, filter: { channels }, ...endpoint }) => ({
      ...endpoint,
      url,
      filter: { ...(channels ? { channels } : {}), ...(filter.types ? { types: filter.types } : {}) },
      ...(note === undefined ? {} : { note }),
    }));
  }

  pause(endpointId: string, reason: string): Promise<CountedEndpoint> {
    const pause = { at: this.needs.now().toISOString(), cause: 'by-hand' as const, reason };
    return this.changed(endpointId, (endpoint) => ({ ...endpoint, pause: endpoint.pause ?? pause }));
  }

  /** It goes on where it was, and is tried at once, whatever its breaker said. */
  resume(endpointId: string): Promise<CountedEndpoint> {
    return this.changed(endpointId, ({ pause: _, ...endpoint }) => ({ ...endpoint, breaker: closedBreaker }));
  }

  async remove(endpointId: string): Promise<void> {
    const { secrets } = await this.find(endpointId);
    if (!(await this.needs.table.remove(endpointId))) throw unknownEndpoint(endpointId);
    await this.needs.boxes.destroy(secrets);
  }

  async rotateSecret(endpointId: string, { keepMs }: RotationTerms): Promise<NewEndpoint> {
    const { boxes, newSecret, now } = this.needs;
    const secret = newSecret();
    const endpoint = await this.changed(endpointId, async (before) => {
      const secrets = rotated(await boxes.open(before.secrets).catch(noneIfLost), secret, { now: now(), keepMs });
      return { ...before, secrets: await boxes.seal(endpointId, secrets) };
    });
    return { endpoint, secret };
  }

  /** Sent at once, paused or not; it counts for nothing. */
  async test(endpointId: string): Promise<Attempt> {
    const { boxes, newId, now, post } = this.needs;
    const { url, secrets: box } = await this.find(endpointId);
    const id = newId();
    const body = JSON.stringify({
      ...{ specversion: '1.0', id, type: TEST_TYPE, source: '/cartage/subscriptions', subject: endpointId },
      ...{ time: now().toISOString(), datacontenttype: 'application/json', data: { endpointId } },
    });
    const secrets = signingNow(await boxes.open(box), now()).map(({ secret }) => secret);
    return post({ url, id, body, secrets, signal: new AbortController().signal });
  }

  private async changed(endpointId: string, change: Parameters<EndpointTable['change']>[1]): Promise<CountedEndpoint> {
    if (!(await this.needs.table.change(endpointId, change))) throw unknownEndpoint(endpointId);
    return this.find(endpointId);
  }

  private async requireUrl(url: string): Promise<void> {
    const fault = await this.needs.faultOfUrl(url);
    if (fault !== undefined) throw invalidField('url', 'WEBHOOK_URL_INVALID', fault);
  }

  private async startOf({ after }: WantedEndpoint): Promise<number> {
    const head = await this.needs.head();
    if (after !== undefined && after > head)
      throw invalidField(
        'after',
        'POSITION_UNKNOWN',
        `There is no event ${after} yet. Name the \`position\` of one that came, or leave it out.`,
      );
    return after ?? head;
  }

  private endpointOf(
    { url, note, filter }: WantedEndpoint,
    made: Pick<WebhookEndpoint, 'endpointId' | 'position' | 'secrets' | 'madeBy'>,
  ): WebhookEndpoint {
    const madeAt = this.needs.now().toISOString();
    return { ...made, url, filter, madeAt, breaker: closedBreaker, ...(note === undefined ? {} : { note }) };
  }
}
