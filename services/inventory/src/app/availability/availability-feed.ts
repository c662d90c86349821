import { numbered, type EventStore, type Meta, type NewEvent, type Position, type StoredEvent, type Write } from '@cartage/eventsourcing';
import {
  availabilityChange,
  publishedOf,
  touchedBy,
  type CurrentAvailability,
  type PublishedAvailability,
} from '../../domain/availability';
import type { AvailabilityEvent } from '../../domain/events';
import { availabilityOf, withPartsOf, type ChannelReading } from '../channels/channels';
import { landed, type DraftingNeeds } from '../drafting';
import { alertWrites, type AlertTransaction } from '../watching/alerting';

/** How far the log was followed, and where a look at all SKUs stands; null: at its end. */
export interface FeedPlace {
  readonly position: Position;
  readonly sweep: string | null;
}

/** What the world is told of a SKU in a channel; under `''` where nothing is said of the channel. */
export interface AvailabilityRow extends PublishedAvailability {
  readonly sku: string;
  readonly channel: string;
}

/** What was told, what is so, and how far the log was followed move in one transaction: a crash tells nothing twice, and leaves nothing out. */
export interface FeedTransaction extends Pick<EventStore, 'heads' | 'appendMany'>, Pick<ChannelReading, 'stock'>, AlertTransaction {
  /** Keeps everybody else from following; nothing, while somebody else does. */
  place(): Promise<FeedPlace | undefined>;
  /** These SKUs, and the kits that they are parts of. */
  withKits(skus: readonly string[]): Promise<readonly string[]>;
  /** The next SKUs in their order. */
  skusAfter(sku: string, limit: number): Promise<readonly string[]>;
  published(skus: readonly string[]): Promise<readonly AvailabilityRow[]>;
  publish(rows: readonly AvailabilityRow[], asOf: string): Promise<void>;
  moveTo(place: FeedPlace): Promise<void>;
}

export interface FeedNeeds extends DraftingNeeds {
  readonly store: Pick<EventStore, 'follow' | 'head'>;
  /** Where it stands; keeps nobody from following. */
  readonly place: () => Promise<FeedPlace>;
  readonly transaction: <Result>(work: (transaction: FeedTransaction) => Promise<Result>) => Promise<Result>;
}

/** SKUs that are looked at together. */
const PAGE = 500;

interface Turn {
  readonly position: Position;
  readonly skus: ReadonlySet<string>;
  readonly all: boolean;
  /** Whether there was more to read. */
  readonly more: boolean;
}

/**
 * Follows the log and tells what can be promised now of each SKU that something happened to since it last looked: however much happened, each
 * SKU and channel is told once. Never in the transaction of an order.
 */
export class AvailabilityFeed {
  constructor(private readonly needs: FeedNeeds) {}

  /** Up to where the log stands now, or somebody else follows it. */
  async catchUp(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && (await this.turn(signal)));
  }

  /**
   * Answers whether there is more to do. The log is read before the transaction: within it that would take a second connection of a pool whose others may wait for
   * just that. Who finds then that somebody else has gone on meanwhile begins from there.
   */
  private async turn(signal: AbortSignal): Promise<boolean> {
    const before = await this.needs.place();
    const turn = await this.read(before.position, signal);
    if (turn.position === before.position && before.sweep === null) return false;
    return this.needs.transaction(async (transaction) => {
      const place = await transaction.place();
      if (!place) return false;
      if (place.position !== before.position || place.sweep !== before.sweep) return true;
      const { skus, sweep } = await swept(transaction, turn.all ? '' : place.sweep);
      const writes = await this.changed(transaction, await transaction.withKits([...new Set([...turn.skus, ...skus])]));
      if (turn.position !== place.position || sweep !== place.sweep) await transaction.moveTo({ position: turn.position, sweep });
      (await transaction.appendMany(writes)).forEach(landed);
      return turn.more || sweep !== null;
    });
  }

  private async read(from: Position, signal: AbortSignal): Promise<Turn> {
    const head = await this.needs.store.head();
    let turn: Turn = { position: from, skus: new Set(), all: false, more: from < head };
    if (!turn.more) return turn;
    for await (const events of this.needs.store.follow({ from, signal })) {
      turn = withTouched(turn, events, head);
      if (!turn.more || turn.skus.size >= PAGE) break;
    }
    return turn;
  }

  private async changed(transaction: FeedTransaction, skus: readonly string[]): Promise<readonly Write[]> {
    if (skus.length === 0) return [];
    const { asOf, rows } = await withPartsOf(transaction, skus);
    const wanted = new Set(skus);
    const now = currentOf(rows).filter(({ sku }) => wanted.has(sku));
    return [...(await this.toldOf(transaction, now, asOf)), ...(await alertWrites(this.needs, transaction, { now, asOf }))];
  }

  private async toldOf(transaction: FeedTransaction, now: readonly CurrentAvailability[], asOf: string): Promise<readonly Write[]> {
    const skus = [...new Set(now.map(({ sku }) => sku))];
    const before = new Map((await transaction.published(skus)).map((row) => [keyOf(row), row]));
    const changes = now.flatMap((each) => {
      const event = availabilityChange(each, before.get(keyOf(each)), asOf);
      return event ? [{ event, row: { sku: each.sku, channel: each.channel ?? '', ...publishedOf(each) } }] : [];
    });
    if (changes.length === 0) return [];
    await transaction.publish(
      changes.map(({ row }) => row),
      asOf,
    );
    return this.writesOf(
      transaction,
      changes.map(({ event }) => event),
    );
  }

  private async writesOf(transaction: Pick<FeedTransaction, 'heads'>, events: readonly AvailabilityEvent[]): Promise<readonly Write[]> {
    const bySku = new Map<string, AvailabilityEvent[]>();
    for (const event of events) bySku.set(event.data.sku, [...(bySku.get(event.data.sku) ?? []), event]);
    const heads = await transaction.heads([...bySku.keys()].map((sku) => `${STREAM}${sku}`));
    const { newId, isPublic } = this.needs;
    const correlationId = newId();
    return heads.map(({ stream, version, sequence }) => {
      const number = numbered(sequence, isPublic);
      const meta = (): Meta => ({ commandId: newId(), correlationId, actor: 'inventory.availability' });
      const told = bySku.get(stream.slice(STREAM.length)) ?? [];
      return {
        stream,
        expected: version,
        events: told.map((event): NewEvent => ({ ...event, id: newId(), meta: number(event.type, meta()) })),
      };
    });
  }
}

const STREAM = 'availability-';

const withTouched = ({ skus, all }: Turn, events: readonly StoredEvent[], head: Position): Turn => {
  const touched = events.map(touchedBy);
  const position = events.at(-1)?.position ?? head;
  return {
    position,
    skus: new Set([...skus, ...touched.flatMap((each) => each.skus)]),
    all: all || touched.some((each) => each.all),
    more: position < head,
  };
};

/** The next SKUs of a look at all of them, and where it stands then. */
const swept = async ({ skusAfter }: FeedTransaction, from: string | null) => {
  if (from === null) return { skus: [], sweep: null };
  const skus = await skusAfter(from, PAGE);
  return { skus, sweep: skus.length === PAGE ? (skus.at(-1) ?? null) : null };
};

const keyOf = ({ sku, channel = '' }: Pick<CurrentAvailability, 'sku' | 'channel'>): string => `${channel} ${sku}`;

/** In each channel of which something is said, and in all others together. */
const currentOf = (rows: Parameters<typeof availabilityOf>[0]): readonly CurrentAvailability[] =>
  [...availabilityOf(rows, ['']), ...availabilityOf(rows, undefined)].map(({ channel, ...each }) =>
    channel === '' ? each : { ...each, channel },
  );
