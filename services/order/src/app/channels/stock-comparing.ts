import { ownValue } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import { compareLevel, type PublishedLevel } from '../../domain/channel-stock';
import type { ChannelOutlets } from './channel-update';
import { grouped } from './grouped';
import { requireGoing, type PollLog } from './polling';
import type { KnownLevel, OfferedThere, ReportedLevel, StockReports } from './stock-report';

export interface StockComparingNeeds {
  readonly outlets: ChannelOutlets;
  readonly reports: StockReports;
  readonly log: PollLog;
  readonly now: () => Date;
  /** How often a channel is asked. */
  readonly everyMs: number;
  /** What was published, or told, for less than this is on its way and no disagreement. */
  readonly inFlightMs: number;
}

/** What a comparison came to, in SKUs and places. */
export interface StockCompared {
  readonly compared: number;
  /** Published or told a moment before: compared the next time. */
  readonly inFlight: number;
  readonly differing: number;
}

type ReadStock = NonNullable<NonNullable<ReturnType<ChannelOutlets['get']>>['readStock']>;

const TURN_MS = 15 * 60_000;
/** SKUs that a channel is asked for at once. */
const PAGE = 100;

const NOTHING: StockCompared = { compared: 0, inFlight: 0, differing: 0 };
const plus = (one: StockCompared, other: StockCompared): StockCompared => ({
  compared: one.compared + other.compared,
  inFlight: one.inFlight + other.inFlight,
  differing: one.differing + other.differing,
});

/** What the channel is to offer at this place; nothing where it was never published there. */
const levelAt = ({ network, locations, told, status }: KnownLevel, location: string | undefined): PublishedLevel | undefined => {
  const at = (level: Pick<KnownLevel, 'network' | 'locations'>): number | undefined =>
    location === undefined ? level.network : ownValue(level.locations, location);
  const published = at({ network, locations });
  return published === undefined ? undefined : { published, acknowledged: (told && at(told)) ?? null, status };
};

/** Compares what channels say that they offer with what was published for them. */
export class StockComparing {
  constructor(private readonly needs: StockComparingNeeds) {}

  readonly list: StockReports['list'] = (query) => this.needs.reports.list(query);

  /** Those whose stock can be asked for. */
  get asked(): readonly string[] {
    return [...this.needs.outlets].flatMap(([channel, { readStock }]) => (readStock ? [channel] : []));
  }

  /** What the channel says of its own accord, as of an instant. */
  async take(channel: string, lines: readonly OfferedThere[], asOf: string): Promise<StockCompared> {
    const levels = await this.needs.reports.levels(channel, [...new Set(lines.map(({ sku }) => sku))]);
    return this.compared(channel, { lines, levels, asOf });
  }

  /** Asks the channel for all that was published for it. Nothing where another process is at it, or it is not time. */
  async ask(channel: string, turn: { readonly now?: boolean; readonly stopping?: AbortSignal } = {}): Promise<StockCompared | undefined> {
    const { outlets, log, now, everyMs } = this.needs;
    const readStock = outlets.get(channel)?.readStock;
    if (!readStock)
      throw new Refused('CHANNEL_NOT_ASKED', `Channel ${channel} cannot be asked for its stock: send what it says that it has.`, 'invalid');
    const name = `${channel}#stock`;
    if (turn.now) await log.due(name, now());
    if ((await log.take(name, { now: now(), until: this.fromNow(TURN_MS) })) === undefined) return undefined;
    try {
      const compared = await this.asking(channel, readStock, turn.stopping);
      await log.end(name, { at: this.fromNow(everyMs), askedTo: now().toISOString() });
      return compared;
    } catch (error) {
      await log.end(name, { at: this.fromNow(Math.min(everyMs, TURN_MS)) });
      throw error;
    }
  }

  private async asking(channel: string, readStock: ReadStock, stopping: AbortSignal | undefined): Promise<StockCompared> {
    let [sum, after] = [NOTHING, ''];
    for (;;) {
      const levels = await this.needs.reports.published(channel, { after, limit: PAGE });
      const last = levels.at(-1);
      if (!last) return sum;
      after = last.sku;
      const asOf = this.needs.now().toISOString();
      const offered = grouped(await readStock(levels.map(({ sku }) => sku)), ({ sku }) => sku);
      const lines = levels.flatMap(({ sku }): readonly Line[] => offered.get(sku) ?? [{ sku, quantity: 0, isMissing: true }]);
      const known = new Map(levels.map((level) => [level.sku, level]));
      sum = plus(sum, await this.compared(channel, { lines, levels: known, asOf }));
      await this.needs.log.keep(`${channel}#stock`, this.fromNow(TURN_MS));
      requireGoing(stopping);
    }
  }

  private async compared(channel: string, { lines, levels, asOf }: Report): Promise<StockCompared> {
    const noted: ReportedLevel[] = [];
    let inFlight = 0;
    for (const { isMissing = false, ...line } of lines) {
      const known = levels.get(line.sku);
      const found = compareLevel(known && levelAt(known, line.location), { quantity: line.quantity, isMissing });
      if (found.cause !== null && known && this.isInFlight(known, asOf)) inFlight += 1;
      else noted.push({ ...line, ...found });
    }
    if (noted.length > 0) await this.needs.reports.note(channel, noted, asOf);
    return { compared: lines.length, inFlight, differing: noted.filter(({ cause }) => cause !== null).length };
  }

  /** What was refused is on no way: it stays as it is until somebody does something. */
  private isInFlight({ asOf, toldAt, status }: KnownLevel, at: string): boolean {
    const last = Date.parse(at) - this.needs.inFlightMs;
    return status !== 'refused' && [asOf, toldAt].some((time) => time !== null && Date.parse(time) > last);
  }

  private fromNow(ms: number): Date {
    return new Date(this.needs.now().getTime() + ms);
  }
}

type Line = OfferedThere & { readonly isMissing?: boolean };

interface Report {
  readonly lines: readonly Line[];
  readonly levels: ReadonlyMap<string, KnownLevel>;
  readonly asOf: string;
}
