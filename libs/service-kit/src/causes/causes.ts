import { Refused, type EventTraces, type StoredEvent } from '@cartage/eventsourcing';
import type { AnyPublication } from '@cartage/messaging';
import { edgesOf, tracedEvent, type CausalGraph, type LocalCauses, type TracedEvent } from './traced-event';

/** A log that can be asked in this process. */
export interface TracedLog {
  /** Absent where the service tells nobody anything. */
  readonly publication?: AnyPublication | undefined;
  /** Absent where the log cannot be searched. */
  readonly traces?: EventTraces | undefined;
}

/** Asks a service in another process for what followed from a request. */
export type AskElsewhere = (url: string, correlationId: string, limit: number) => Promise<readonly TracedEvent[]>;

export interface CausesNeeds {
  /** By the service's name. */
  readonly logs: ReadonlyMap<string, TracedLog>;
  /** Where services answer that are not in this process. */
  readonly elsewhere: ReadonlyMap<string, string>;
  readonly ask: AskElsewhere;
}

interface Gathered {
  readonly service: string;
  /** Nothing: it could not be asked. */
  readonly events: readonly TracedEvent[] | undefined;
}

/** So many events of one service are shown of one request. */
const MOST = 1_000;
/** So many requests are followed at once. */
const MOST_REQUESTS = 50;

/**
 * What led to what, for people who ask why. No service needs another to decide, so this belongs to no domain: the kit answers it in every service, of its
 * own log alone, or of all logs, asking those in other processes; whoever cannot be asked is named, and the rest is shown.
 */
export class Causes {
  constructor(private readonly needs: CausesNeeds) {}

  async page(service: string, request: Parameters<EventTraces['correlated']>[0]): Promise<readonly StoredEvent[]> {
    return this.tracesOf(service).correlated(request);
  }

  shown(service: string, event: StoredEvent): TracedEvent {
    const { publication } = this.logOf(service);
    if (publication) return tracedEvent(publication, event);
    throw new Refused('LOG_NOT_SEARCHABLE', `${service} tells nobody what it writes down.`, 'conflict');
  }

  /** What led to an event, and what it led to, in its own log. */
  async around(service: string, eventId: string): Promise<LocalCauses> {
    const event = await this.find(service, eventId);
    const all = await this.local(service, event.correlationId, MOST);
    return {
      event,
      cause: all.find((each) => each.eventId === event.causationId) ?? null,
      effects: all.filter(({ causationId }) => causationId === eventId),
    };
  }

  /** Everything that belongs to the request that an event began with, over all services. */
  async graphOf(service: string, eventId: string): Promise<CausalGraph> {
    return this.graph([(await this.find(service, eventId)).correlationId]);
  }

  /** Everything that followed from these requests, as far as it `concerns` the question. */
  async graph(correlationIds: readonly string[], concerns: (event: TracedEvent) => boolean = () => true): Promise<CausalGraph> {
    const ids = [...new Set(correlationIds)];
    const answers = (await Promise.all(ids.slice(0, MOST_REQUESTS).map((id) => this.gather(id)))).flat();
    const events = answers.flatMap(({ events: found = [] }) => found).filter(concerns);
    const ordered = events.toSorted((one, other) => one.recordedAt.localeCompare(other.recordedAt) || one.version - other.version);
    return {
      events: ordered,
      edges: edgesOf(ordered),
      missing: [...new Set(answers.filter((answer) => !answer.events).map(({ service: name }) => name))].toSorted(),
      truncated: ids.length > MOST_REQUESTS || answers.some((answer) => (answer.events?.length ?? 0) >= MOST),
    };
  }

  private gather(correlationId: string): Promise<readonly Gathered[]> {
    const { logs, elsewhere, ask } = this.needs;
    const here = [...logs.keys()].map((service) => gathered(service, this.local(service, correlationId, MOST)));
    const there = [...elsewhere]
      .filter(([service]) => !logs.has(service))
      .map(([service, url]) => gathered(service, ask(`${url}/operations/${service}/correlations`, correlationId, MOST)));
    return Promise.all([...here, ...there]);
  }

  private async local(service: string, correlationId: string, limit: number): Promise<readonly TracedEvent[]> {
    const events = await this.tracesOf(service).correlated({ correlationId, limit });
    return events.map((event) => this.shown(service, event));
  }

  private async find(service: string, eventId: string): Promise<TracedEvent> {
    const event = await this.tracesOf(service).find(eventId);
    if (event) return this.shown(service, event);
    throw new Refused('EVENT_UNKNOWN', `There is no event ${eventId} in the log of ${service}.`, 'unknown');
  }

  private logOf(service: string): TracedLog {
    const log = this.needs.logs.get(service);
    if (log) return log;
    throw new Refused('SERVICE_UNKNOWN', `No service ${service} here. There are ${[...this.needs.logs.keys()].join(', ')}.`, 'unknown');
  }

  private tracesOf(service: string): EventTraces {
    const { traces } = this.logOf(service);
    if (traces) return traces;
    throw new Refused('LOG_NOT_SEARCHABLE', `The log of ${service} is in a store that is not searched by cause.`, 'conflict');
  }
}

/** One that cannot be asked hides nothing of the others. */
const gathered = async (service: string, asked: Promise<readonly TracedEvent[]>): Promise<Gathered> => {
  try {
    return { service, events: await asked };
  } catch {
    return { service, events: undefined };
  }
};
