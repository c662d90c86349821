import type { Personal, Sealed } from '@cartage/contracts';
import type { Excerpts } from '@cartage/event-store';
import type { Clock, Deadlines, Decider, EventStore, OnDue, Position, Tracing, Upcasters } from '@cartage/eventsourcing';
import type { AnyListener, AnyPublication, Lock, TopicWriter } from '@cartage/messaging';
import type { AnyView } from '@cartage/views';
import type { Provider, Type } from '@nestjs/common';
import type { Pool } from 'pg';
import type { MigrationInterface } from 'typeorm';
import type { Logger } from 'pino';
import type { Area } from './auth/scopes';
import type { Owners } from './auth/within';
import type { CausalGraph, TracedEvent } from './causes/traced-event';
import type { Check } from './health/health';
import type { Readings } from './metrics/gauges';
import type { Holdings } from './persons/holdings';
import type { KnownOfPerson, PersonAsked } from './persons/persons';
import type { CommonSettings } from './settings/common';
import type { SettingsSpec } from './settings/settings';

/** Seals and opens personal data (design: crypto-shredding). One data key for each person, made when first needed. */
export interface Vault {
  /** `person` names the data key: the customer id, or `guest-<orderId>`. `content` is JSON. */
  seal(person: string, content: object): Promise<Sealed>;
  /** What was sealed; whoever opens a box knows what is in it. Nothing when the person was erased. */
  open<Content extends object = Personal>(sealed: Sealed): Promise<Content | undefined>;
}

/** People, found again by what is personal, which nobody keeps in clear. */
export interface People {
  /** A keyed hash of a contact in its one spelling, or of what else must not be kept in clear: the same in every process, and told by nobody without the master key. */
  hashOf(kind: string, value: string): Promise<string>;
  /** Of these data keys (`Sealed.key`), those whose person was erased. */
  erased(keys: readonly string[]): Promise<ReadonlySet<string>>;
  /** The data keys that these have now, by whose they are (`Vault.seal`): what would have to be destroyed to forget them. */
  keysOf(people: readonly string[]): Promise<readonly string[]>;
  /** Destroys these data keys, for ever; answers how many there were. What they sealed can be opened by nobody, wherever it is kept. */
  forget(keys: readonly string[]): Promise<number>;
}

/** What every service is given to build its parts from. Dependencies are arguments: nothing here is global. */
export interface Kit<Settings = unknown> {
  readonly settings: Settings;
  /** The service's own log. */
  readonly store: EventStore;
  /** Connections whose search path is the service's schema. */
  readonly pool: Pool;
  readonly vault: Vault;
  readonly people: People;
  /** UUIDv7. */
  readonly newId: () => string;
  readonly now: () => Date;
  /** The time that `now` tells, with pauses. */
  readonly clock: Clock;
  /** "At this time, tell that stream this": told through `Parts.onDue`, at least once, in whichever process follows. */
  readonly deadlines: Deadlines;
  readonly log: Logger;
  /** For what the service tells others outside of requests and listeners, which are traced already; absent: nobody wants traces. */
  readonly tracing?: Tracing | undefined;
  /** Who checks callers, and whose tokens are believed: for whoever leads people to their login. */
  readonly login: Pick<CommonSettings, 'AUTH' | 'AUTH_ISSUER' | 'AUTH_AUDIENCE'>;
  /** Which of the service's events are published (needed by `handling`). */
  readonly isPublic: (type: string) => boolean;
  /** What followed from these requests in all services, and what led to what. For people who ask why; decide nothing by it. */
  readonly causes: (correlationIds: readonly string[], concerns: (event: TracedEvent) => boolean) => Promise<CausalGraph>;
  /** What all services know of a person, for whoever has to say so; decide nothing by it. */
  readonly persons: (asked: PersonAsked) => Promise<KnownOfPerson>;
  /** Writes to topics that are nobody's log; nothing where there is no Kafka. Whoever takes one closes it. */
  readonly topicWriter: (() => TopicWriter) | undefined;
  /** Which one process of the service has at a time, by its name among all services. */
  readonly lock: (name: string) => Lock;
  /** Waits, bounded, until this view shows everything up to `position`. Throws `Refused('VIEW_BEHIND')` of kind stale when it takes too long. */
  readonly viewReached: (view: AnyView, position: Position) => Promise<void>;
}

/** What a service is made of, once built. */
export interface Parts {
  readonly controllers: readonly Type[];
  readonly providers: readonly Provider[];
  /** Also on the service's own topic, for effects in the outside world that follow from its own events. */
  readonly listeners: readonly AnyListener[];
  /** Topics that it writes through `Kit.topicWriter`, one that ends with `*` for all whose names begin so: by them its user of Kafka is granted them. */
  readonly writes?: readonly string[];
  /** Told of each of the service's deadlines when it is due. */
  readonly onDue?: OnDue;
  /** What it tells of itself at a scrape, beyond what every service tells. */
  readonly readings?: () => Promise<Readings>;
  /** What readiness asks of it, beyond what it asks of every service. */
  readonly checks?: readonly Check[];
  /** Whose the things are that parameters of its paths name, for who belongs to a channel or a location. */
  readonly owners?: Owners;
  /** Runs after start, before requests come in; and when the service stops. */
  readonly start?: () => Promise<void>;
  readonly stop?: () => Promise<void>;
}

/** How what happened in a stream makes up how things stand: the half of a decider that judges nothing. */
export type Aggregate = Pick<Decider<never, unknown, never>, 'initial' | 'evolve'>;

/** A kind of stream that ends. */
export interface EndingStream extends Aggregate {
  /** Whether nothing is expected to happen to it any more. */
  readonly isOver: (state: never) => boolean;
}

/** A service as data: `start(orderService)` runs it alone, `services/embedded` runs all of them in one process. */
export interface Service<Settings = unknown> {
  /** As in `services/<name>`. */
  readonly name: string;
  /** Postgres schema that belongs to it. */
  readonly schema: string;
  /** For a person: the title of its OpenAPI page. */
  readonly title: string;
  /** First path segments that its controllers answer, such as `orders`; no two services share one. */
  readonly paths: readonly string[];
  /** What they are about: reading them demands the scope `<area>:read`, anything else `<area>:write`, unless a handler says otherwise. */
  readonly area: Area;
  /** Default port when it runs alone. */
  readonly port: number;
  /** Settings beyond the common ones. */
  readonly settings: SettingsSpec<Settings>;
  /** What of them does not go together with those of the process: a line for each, which a person can mend. */
  readonly unfitting?: (settings: Settings, ofProcess: Pick<CommonSettings, 'HOST'>) => readonly string[];
  /**
   * Whether its log may be kept in KurrentDB (`EVENT_STORE_URL`). Without it the log is in Postgres, beside the rows: a service whose rows and
   * events land in one transaction needs that.
   */
  readonly mayUseKurrentDb?: boolean;
  /** TypeORM migrations for tables that are no views, oldest first; forward only. */
  readonly migrations: readonly (new () => MigrationInterface)[];
  readonly views: readonly AnyView[];
  /** What it tells the world, on a topic of its own; absent: it only listens. */
  readonly publication?: AnyPublication;
  /** How its events that were stored in older shapes are read (docs/how-to/add-an-event.md). */
  readonly upcasters?: Upcasters;
  /** Which of its streams are about one order only, by the first word of their names, and how each is folded: for people who look into an order. */
  readonly aggregates?: Readonly<Record<string, Aggregate>>;
  /**
   * When streams are over, by the first word of their names: what lets them leave the log's table for files once they have been quiet for long
   * (docs/how-to/archive-the-log.md). A rule alone is about a stream of `aggregates`. Streams that are named neither here nor in `endless` stay.
   */
  readonly over?: Readonly<Record<string, EndingStream['isOver'] | EndingStream>>;
  /** Streams that never end and that nobody reads to go on with them, by the first word of their names: what is old of them leaves, whatever comes later. */
  readonly endless?: readonly string[];
  /** What the service's own SQL asks of events that left (`LOGGED_EVENTS`), made of their data as it was stored. */
  readonly excerpts?: Excerpts;
  readonly compose: (kit: Kit<Settings>) => Parts | Promise<Parts>;
  /** What it keeps of people beside its log, or `holdsNothing`: by it the kit answers an erasure and an export. */
  readonly holdings?: (kit: Kit<Settings>) => Holdings;
}

/** A service of any settings, as the kit sees it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- `compose` is contravariant in its settings; only `any` accepts them all
export type AnyService = Service<any>;
