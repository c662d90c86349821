import { factsOf, fold, type StoredEvent } from '@cartage/eventsourcing';
import { sayingUnreadable, type Aggregate, type LogToLookInto, type LookedInto, type Vault } from '@cartage/service-kit';
import { Trouble } from '../client/client';
import { besideLog, type Beside } from './beside';
import { asJson, bundledEvent, FORMAT, type Bundle, type BundledEvent, type BundledService, type BundledStream } from './bundle';
import { isBox, Masks } from './masks';
import { storyOf, type Story, type Told } from './story';

export interface About {
  readonly orderId: string;
  readonly madeAt: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, string>>;
}

/** As an aggregate of this kind stands after these events. */
export const stateAfter = (aggregate: Aggregate, events: readonly StoredEvent[]): unknown =>
  asJson(fold<unknown, never>(aggregate, factsOf(events) as readonly never[]));

/** By these a carrier, a provider or a marketplace calls something of the order. */
const REFERENCE = /^(trackingNumber|awb|providerReference|channelOrderId|externalOrderId)$/;

const textsAt = (value: unknown, field: RegExp): readonly string[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]: [string, unknown]) =>
    typeof part === 'string' && field.test(name) ? [part] : textsAt(part, field),
  );
};

const boxesIn = (value: unknown): readonly { readonly key: string; readonly box: string }[] => {
  if (typeof value !== 'object' || value === null) return [];
  return isBox(value) ? [value] : Object.values(value).flatMap(boxesIn);
};

const eventsOf = ({ streams, others }: Told): readonly StoredEvent[] => [...[...streams.values()].flat(), ...others];

const learnEvents = (masks: Masks, story: Story): void => {
  for (const event of story.told.flatMap(eventsOf)) {
    masks.learn(event.data);
    masks.learnActor(event.meta.actor);
  }
};

interface Opened {
  readonly box: string;
  readonly content: unknown;
}

/** What is in the boxes is learned, so that it is found where somebody wrote it in clear by mistake. */
const openBoxes = async (vault: Vault | undefined, masks: Masks, story: Story): Promise<readonly Opened[]> => {
  if (!vault) return [];
  const boxes = new Map(story.told.flatMap(eventsOf).flatMap(({ data }) => boxesIn(data).map((box) => [box.box, box] as const)));
  const opened: Opened[] = [];
  for (const box of boxes.values()) {
    const content = await vault.open<object>(box);
    masks.learn(content);
    opened.push({ box: box.box, content: content ?? null });
  }
  return opened;
};

const maskedEvent = (masks: Masks, event: StoredEvent): BundledEvent => {
  const { id, type, version, recordedAt, stream, meta, data } = bundledEvent(event);
  return {
    id,
    type,
    version,
    recordedAt,
    stream: masks.spelled(stream),
    meta: masks.masked(meta) as BundledEvent['meta'],
    data: masks.masked(data),
  };
};

const maskedLetter = (masks: Masks, { error, stack, ...row }: Readonly<Record<string, unknown>>): unknown => ({
  ...(masks.masked(asJson(row)) as object),
  error: masks.spelled(String(error)),
  stack: masks.spelled(String(stack)),
});

const streamOf = (masks: Masks, { chapter }: Told, [stream, events]: readonly [string, readonly StoredEvent[]]): BundledStream => {
  const aggregate = chapter.aggregates[stream.slice(0, stream.indexOf('-'))];
  return {
    stream: masks.spelled(stream),
    events: events.map((event) => maskedEvent(masks, event)),
    // Masked after it was folded, so that a replay of what is masked shows whether a mask made a difference.
    state: aggregate ? masks.masked(stateAfter(aggregate, events)) : null,
  };
};

interface Gathered {
  readonly told: Told;
  readonly log: LogToLookInto;
  readonly beside: Beside;
}

const serviceOf = (masks: Masks, { told, log, beside }: Gathered): BundledService => ({
  log: log.inKurrentDb ? 'kurrentdb' : 'postgres',
  migrations: beside.migrations,
  streams: [...told.streams].map((each) => streamOf(masks, told, each)),
  others: told.others.map((event) => maskedEvent(masks, event)),
  deadLetters: beside.deadLetters.map((row) => maskedLetter(masks, row)),
  deadlines: masks.masked(asJson(beside.deadlines)) as readonly unknown[],
  parked: masks.masked(asJson(beside.parked)) as BundledService['parked'],
});

const gather = async (logs: readonly LogToLookInto[], story: Story): Promise<readonly Gathered[]> => {
  const events = story.told.flatMap(eventsOf);
  const words = [...story.ids, ...new Set(events.flatMap(({ data }) => textsAt(data, REFERENCE)))];
  const streams = story.told.flatMap((told) => [...told.streams.keys()]);
  const eventIds = events.map(({ id }) => id);
  return Promise.all(
    story.told.map(async (told, i) => {
      const log = logs[i] as LogToLookInto;
      return { told, log, beside: await besideLog(log.pool, { words, streams, eventIds }) };
    }),
  );
};

const noMasterKey =
  'No master key is given: what is sealed was not opened, so a name or an address that stands in an error by mistake was not looked for.';

/** Everything that all services know of one order, without what is personal. Throws `Trouble` for an order that nobody knows. */
export const makeBundle = async (
  { logs, unreadable, vault }: LookedInto,
  { orderId, madeAt, versions, settings }: About,
): Promise<Bundle> => {
  const chapters = logs.map(({ service, store }) => ({ name: service.name, store, aggregates: service.aggregates ?? {} }));
  const story = await storyOf(chapters, orderId);
  if (story.told.every(({ streams }) => streams.size === 0))
    throw new Trouble(
      `No service has anything of an order ${orderId}. It is the id that Cartage gave it, and DATABASE_URL that of the services?`,
    );
  const gathered = await gather(logs, story);
  const masks = new Masks();
  learnEvents(masks, story);
  for (const { beside } of gathered) masks.learn(asJson({ ...beside, migrations: [] }));
  const opened = await openBoxes(vault, masks, story);
  const services = Object.fromEntries(gathered.map((each) => [each.told.chapter.name, serviceOf(masks, each)]));
  const people = opened.map(({ box, content }) => ({ box: masks.spelled(box), content: masks.opened(content) }));
  return {
    ...{ format: FORMAT, madeAt, order: orderId, versions, settings: masks.masked(settings) as Bundle['settings'] },
    ...{ people, masked: masks.counted, services },
    lacking: [...story.lacking, ...(unreadable.length > 0 ? [sayingUnreadable(unreadable)] : []), ...(vault ? [] : [noMasterKey])],
  };
};
