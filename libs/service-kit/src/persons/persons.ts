import { bearer, type TokenOf } from '../auth/machine-token';
import { Refused, type StoredEvent } from '@cartage/eventsourcing';
import type { TracedLog } from '../causes/causes';
import type { Vault } from '../service';
import { isBox } from '../preview/boxes';
import type { Holdings, PersonNames } from './holdings';

/** Of whom something is asked for, and the requests that their orders began with, by which events are found. */
export interface PersonAsked extends PersonNames {
  readonly correlations: readonly string[];
}

/** Something that is known of a person. */
export interface KnownItem {
  readonly service: string;
  /** The stream of the log that it stands in; null for what is kept beside the log. */
  readonly stream: string | null;
  readonly at: string | null;
  /** The event, or what else it is. */
  readonly what: string;
  /** With what is personal opened, as far as its key is there. */
  readonly content: unknown;
}

export interface KnownOfPerson {
  readonly items: readonly KnownItem[];
  /** Services that could not be asked, or whose log cannot be searched: what they know is not here. */
  readonly missing: readonly string[];
}

/** Asks a service in another process. */
export type AskPersonElsewhere = (url: string, asked: PersonAsked) => Promise<readonly KnownItem[]>;

export interface PersonsNeeds {
  readonly logs: ReadonlyMap<string, TracedLog>;
  /** Of the services here. */
  readonly holdings: ReadonlyMap<string, Holdings>;
  readonly vault: Pick<Vault, 'open'>;
  /** Where services answer that are not in this process. */
  readonly elsewhere: ReadonlyMap<string, string>;
  readonly ask: AskPersonElsewhere;
}

const AT_ONCE = 500;
const IDS = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;

/** Whether an event speaks of one of the orders, or of the customer. */
const speaksOf = ({ orders, customers }: PersonNames) => {
  const [ids, names] = [new Set(orders), new Set(customers)];
  return ({ stream, data }: StoredEvent): boolean => {
    const customer = typeof data === 'object' && data !== null && 'customerId' in data ? data.customerId : undefined;
    if (typeof customer === 'string' && names.has(customer)) return true;
    return (`${stream} ${JSON.stringify(data)}`.match(IDS) ?? []).some((id) => ids.has(id));
  };
};

type Traces = NonNullable<TracedLog['traces']>;

/** All that followed from a request, some at a time: from an import's request follow the orders of all others in it, too. */
async function* followedFrom(traces: Traces, correlationId: string): AsyncGenerator<readonly StoredEvent[]> {
  for (let after: string | undefined; ;) {
    const some = await traces.correlated({ correlationId, limit: AT_ONCE, ...(after === undefined ? {} : { after }) });
    yield some;
    if (some.length < AT_ONCE) return;
    after = some.at(-1)?.position;
  }
}

const byTime = (one: KnownItem, other: KnownItem): number => (one.at ?? '').localeCompare(other.at ?? '');

/** What all services know of a person. For people who have to say so; nothing is decided by it. */
export class Persons {
  constructor(private readonly needs: PersonsNeeds) {}

  /** All of it, oldest first; whoever cannot be asked is named. */
  async everywhere(asked: PersonAsked): Promise<KnownOfPerson> {
    const { logs, elsewhere, ask } = this.needs;
    const here = [...logs.keys()].map((service) => ({ service, items: this.known(service, asked) }));
    const there = [...elsewhere]
      .filter(([service]) => !logs.has(service))
      .map(([service, url]) => ({ service, items: ask(`${url}/operations/${service}/person`, asked) }));
    const answers = [...here, ...there];
    const settled = await Promise.allSettled(answers.map(({ items }) => items));
    return {
      items: settled.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : [])).toSorted(byTime),
      missing: answers.filter((_, i) => settled[i]?.status === 'rejected').map(({ service }) => service),
    };
  }

  /** What one service of this process knows. */
  async known(service: string, asked: PersonAsked): Promise<readonly KnownItem[]> {
    const { logs, holdings } = this.needs;
    const log = logs.get(service);
    if (!log) throw new Refused('SERVICE_UNKNOWN', `No service ${service} here. There are ${[...logs.keys()].join(', ')}.`, 'unknown');
    if (!log.traces)
      throw new Refused('LOG_NOT_SEARCHABLE', `The log of ${service} is in a store that is not searched by cause.`, 'conflict');
    const held = (await holdings.get(service)?.show(asked)) ?? [];
    const events = await this.eventsOf(log.traces, asked);
    const items = [
      ...events.map(({ stream, type, recordedAt, data }) => ({ stream, at: recordedAt, what: type, content: data })),
      ...held.map((item) => ({ stream: null, ...item })),
    ];
    return Promise.all(items.map(async (item) => ({ service, ...item, content: await this.opened(item.content, new Set(asked.keys)) })));
  }

  private async eventsOf(traces: Traces, asked: PersonAsked): Promise<readonly StoredEvent[]> {
    const found = new Map<string, StoredEvent>();
    const isTheirs = speaksOf(asked);
    for (const correlationId of new Set(asked.correlations))
      for await (const some of followedFrom(traces, correlationId)) for (const event of some.filter(isTheirs)) found.set(event.id, event);
    return [...found.values()];
  }

  /** Only what the keys of this person seal. */
  private async opened(value: unknown, keys: ReadonlySet<string>): Promise<unknown> {
    if (Array.isArray(value)) return Promise.all(value.map((part: unknown) => this.opened(part, keys)));
    if (typeof value !== 'object' || value === null) return value;
    if (isBox(value)) return (keys.has(value.key) ? await this.needs.vault.open(value) : undefined) ?? { sealed: value.key };
    const parts = Object.entries(value).map(async ([field, part]) => [field, await this.opened(part, keys)] as const);
    return Object.fromEntries(await Promise.all(parts));
  }
}

const WITHIN_MS = 30_000;

/** Asks the process where a service is, with a token of our own where callers are checked. */
export const personOverHttp =
  (tokenOf: TokenOf): AskPersonElsewhere =>
  async (url, { orders, customers, keys, correlations }) => {
    const answer = await fetch(url, {
      method: 'POST',
      body: JSON.stringify({ orders, customers, keys, correlations }),
      signal: AbortSignal.timeout(WITHIN_MS),
      headers: { accept: 'application/json', 'content-type': 'application/json', ...bearer(await tokenOf()) },
    });
    if (!answer.ok) throw new Error(`${new URL(url).origin} answered ${answer.status}.`);
    return ((await answer.json()) as { readonly items: readonly KnownItem[] }).items;
  };
