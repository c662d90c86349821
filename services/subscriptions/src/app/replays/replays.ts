import { invalidField, Refused, type Meta } from '@cartage/eventsourcing';
import type { Replay, ReplayFilter } from '../../domain/replay';
import type { WebhookEndpoint } from '../../domain/webhook-endpoint';
import type { CountedReplay, ReplayPage, ReplayTable } from './replay-table';

export interface WantedReplay {
  readonly endpointId: string;
  /** What is left out is as the endpoint has it; its channels always hold. */
  readonly filter: Omit<ReplayFilter, 'channels'>;
  readonly after?: number;
  readonly upTo?: number;
  readonly rate: number;
  readonly note?: string;
}

export interface ReplaysNeeds {
  readonly table: ReplayTable;
  /** Throws where there is none. */
  readonly endpoint: (endpointId: string) => Promise<Pick<WebhookEndpoint, 'filter'>>;
  readonly head: () => Promise<number>;
  readonly idOf: (meta: Meta) => string;
  readonly now: () => Date;
}

const MOST_RUNNING = 20;

export const unknownReplay = (replayId: string): Refused =>
  new Refused('REPLAY_UNKNOWN', `There is no replay ${replayId}, or it ended so long ago that it is forgotten.`, 'unknown');

const reused = (): Refused =>
  invalidField('idempotency-key', 'IDEMPOTENCY_KEY_REUSED', 'This key was used for another replay. Use a new one.');

const tooMany = (): Refused =>
  new Refused('REPLAYS_FULL', `${MOST_RUNNING} replays are running. Wait for one of them to end, or cancel one.`);

const requireSpan = ({ from, to }: ReplayFilter): void => {
  if (from !== undefined && to !== undefined && from >= to) throw invalidField('from', 'REPLAY_RANGE_INVALID', 'It must lie before `to`.');
};

/** Past events that somebody has had sent to a webhook endpoint once more, flagged. They go there and nowhere else: nothing of ours hears them. */
export class Replays {
  constructor(private readonly needs: ReplaysNeeds) {}

  async ask(wanted: WantedReplay, meta: Meta & { readonly fingerprint: string }): Promise<CountedReplay> {
    const { table, idOf, endpoint, now } = this.needs;
    requireSpan(wanted.filter);
    const { filter: own } = await endpoint(wanted.endpointId);
    const { after, upTo } = await this.rangeOf(wanted);
    const replayId = idOf(meta);
    // Asked for again, it is there, and needs no room.
    if ((await table.running()) >= MOST_RUNNING && !(await table.find(replayId))) throw tooMany();
    const { endpointId, rate, note, filter } = wanted;
    const replay: Replay = {
      ...{ replayId, endpointId, filter: { ...own, ...filter }, after, upTo, rate },
      ...{ askedAt: now().toISOString(), askedBy: meta.actor, status: 'running', position: after, entered: 0 },
      ...(note === undefined ? {} : { note }),
    };
    if ((await table.add(replay, meta.fingerprint)) === 'other') throw reused();
    return this.find(replay.replayId);
  }

  list(page: ReplayPage): Promise<readonly CountedReplay[]> {
    return this.needs.table.list(page);
  }

  async find(replayId: string): Promise<CountedReplay> {
    const found = await this.needs.table.find(replayId);
    if (!found) throw unknownReplay(replayId);
    return found;
  }

  async cancel(replayId: string): Promise<CountedReplay> {
    await this.find(replayId);
    await this.needs.table.cancel(replayId, this.needs.now());
    return this.find(replayId);
  }

  /** What is there when it is asked for; what comes later is sent because it happens. */
  private async rangeOf({ after = 0, upTo, filter }: WantedReplay): Promise<{ readonly after: number; readonly upTo: number }> {
    const head = await this.needs.head();
    if (after > (upTo ?? head))
      throw invalidField('after', 'REPLAY_RANGE_INVALID', `It must lie before ${upTo ?? `the last event, ${head}`}.`);
    const { first = head + 1, last = 0 } = await this.needs.table.span(filter.from, filter.to);
    const end = Math.min(upTo ?? head, last, head);
    return { after: Math.min(Math.max(after, first - 1), Math.max(end, 0)), upTo: end };
  }
}
