import { invalidField, keyReused, Refused, type Meta } from '@cartage/eventsourcing';
import type { Replay, ReplayFilter } from '../../domain/replay';
import type { WebhookEndpoint } from '../../domain/webhook-endpoint';
import type { CountedReplay, ReplayPage, ReplayTable } from './replay-table';

export interface WantedReplay {
  /** To a webhook endpoint, or to a topic. */
  readonly endpointId?: string;
  readonly topic?: string;
  /** To an endpoint: what is left out is as it has it; its channels always hold. */
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
  /** Why nothing may be sent to this topic; nothing where it may. */
  readonly faultOfTopic: (topic: string) => string | undefined;
  readonly head: () => Promise<number>;
  readonly idOf: (meta: Meta) => string;
  readonly now: () => Date;
}

const MOST_RUNNING = 20;

export const unknownReplay = (replayId: string): Refused =>
  new Refused('REPLAY_UNKNOWN', `There is no replay ${replayId}, or it ended so long ago that it is forgotten.`, 'unknown');

const tooMany = (): Refused =>
  new Refused('REPLAYS_FULL', `${MOST_RUNNING} replays are running. Wait for one of them to end, or cancel one.`);

const requireSpan = ({ from, to }: ReplayFilter): void => {
  if (from !== undefined && to !== undefined && from >= to) throw invalidField('from', 'REPLAY_RANGE_INVALID', 'It must lie before `to`.');
};

/** What an endpoint is posted one by one; a topic takes more. */
const MOST_POSTED = 500;

const requireOneTarget = ({ endpointId, topic, rate }: WantedReplay): void => {
  if ((endpointId === undefined) === (topic === undefined))
    throw invalidField('topic', 'REPLAY_TARGET_INVALID', 'Name a webhook endpoint (`endpointId`) or a topic, one of the two.');
  if (endpointId !== undefined && rate > MOST_POSTED)
    throw invalidField('rate', 'REPLAY_RATE_INVALID', `A webhook endpoint is sent ${MOST_POSTED} in a second at most.`);
};

/** Past events that somebody has had sent to a webhook endpoint or a topic of theirs once more, flagged. They go there and nowhere else: nothing of ours hears them. */
export class Replays {
  constructor(private readonly needs: ReplaysNeeds) {}

  async ask(wanted: WantedReplay, meta: Meta & { readonly fingerprint: string }): Promise<CountedReplay> {
    const { table, idOf, now } = this.needs;
    requireOneTarget(wanted);
    requireSpan(wanted.filter);
    const { filter: own } = await this.targetOf(wanted);
    const { after, upTo } = await this.rangeOf(wanted);
    const replayId = idOf(meta);
    const { endpointId, topic, rate, note, filter } = wanted;
    const replay: Replay = {
      ...{ replayId, filter: { ...own, ...filter }, after, upTo, rate },
      ...(endpointId === undefined ? {} : { endpointId }),
      ...(topic === undefined ? {} : { topic }),
      ...{ askedAt: now().toISOString(), askedBy: meta.actor, status: 'running', position: after, entered: 0 },
      ...(note === undefined ? {} : { note }),
    };
    const added = await table.add(replay, { fingerprint: meta.fingerprint, most: MOST_RUNNING });
    if (added === 'full') throw tooMany();
    if (added === 'other') throw keyReused('replay');
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

  private async targetOf({ endpointId, topic }: WantedReplay): Promise<Pick<WebhookEndpoint, 'filter'>> {
    if (endpointId !== undefined) return this.needs.endpoint(endpointId);
    const fault = topic === undefined ? undefined : this.needs.faultOfTopic(topic);
    if (fault !== undefined) throw invalidField('topic', 'REPLAY_TOPIC_INVALID', fault);
    return { filter: {} };
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
