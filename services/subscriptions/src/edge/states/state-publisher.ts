import { StateTopics, type StateTopic } from '@cartage/contracts';
import type { TopicWriter } from '@cartage/messaging';
import type { Check, Parts } from '@cartage/service-kit';
import type { FactLog } from '../../app/fact-log';
import type { Standings } from '../../app/states/standings';
import type { Standing } from '../../domain/standing';
import type { Nudge } from '../nudge';
import { Publishing, type PublishingNeeds } from '../publishing';
import { stateRecordOf } from './state-record';

export interface StatePublishingNeeds extends Omit<PublishingNeeds, 'topics'> {
  readonly facts: Pick<FactLog, 'read' | 'head'>;
  readonly standings: Standings;
  readonly nudge: Nudge;
}

const BATCH = 500;
const LOOK_EVERY_MS = 200;
const topics = Object.values(StateTopics);

/** What a process that has died, or was taken for dead, had under way has come to Kafka by then, or never does. */
const LATE_MS = 60_000;

/** In the hands of one process: how far it is, and when what came late is overwritten. */
interface Turn {
  readonly writer: TopicWriter;
  readonly signal: AbortSignal;
  folded: number;
  published: number;
  /** What this process tells first; told again at `againAt`. */
  readonly from: number;
  againAt: number;
}

/**
 * Tells what is now, one record for each key. Facts are folded first, in the order in which they were heard, then what changed is told: what was overtaken meanwhile is not told at all. When it
 * begins, nothing is told before all that was known then is folded, so that states that are made anew do not live through the past once more.
 *
 * The newest is written last: one process tells, its sendings are served one after the other, and what it told first is told again after a minute, in case that something of its predecessor came late.
 */
export class StatePublisher implements Required<Pick<Parts, 'start' | 'stop'>> {
  private readonly publishing: Publishing;

  constructor(private readonly needs: StatePublishingNeeds) {
    this.publishing = new Publishing({ ...needs, topics: topics.join(', ') }, async (writer, signal, succeeded) => {
      for (const topic of topics) await writer.ensureCompacted(topic, signal);
      if (signal.aborted) return;
      const { folded, published } = await needs.standings.begin();
      succeeded();
      const againAt = needs.clock.now().getTime() + LATE_MS;
      await this.publish({ writer, signal, folded, published, from: published, againAt });
    });
  }

  readonly start = (): Promise<void> => this.publishing.start();
  readonly stop = (): Promise<void> => this.publishing.stop();

  readonly check: Check = {
    name: 'publisher of states',
    vital: false,
    look: async () => ({ detail: { behind: await this.behind() }, error: this.publishing.failing }),
  };

  /** How many facts are not in what was told yet. */
  async behind(): Promise<number> {
    const { facts, standings } = this.needs;
    return Math.max(0, (await facts.head()) - (await standings.told()));
  }

  /** Whether there may be more. */
  private async fold(turn: Turn): Promise<boolean> {
    const { facts, standings, log } = this.needs;
    const { entries, more } = await facts.read({ after: turn.folded, limit: BATCH });
    for (const { error, ...fault } of await standings.fold(entries))
      log.error({ err: error, ...fault }, 'A fact could not be folded into a state, which stays as it was.');
    turn.folded = entries.at(-1)?.position ?? turn.folded;
    return more;
  }

  private async publish(turn: Turn): Promise<void> {
    const { facts, nudge } = this.needs;
    const head = await facts.head();
    while (!turn.signal.aborted) {
      const isMore = await this.fold(turn);
      if (turn.folded < head) continue;
      if (!(await this.tellChanged(turn)) || !(await this.tellAgain(turn))) return;
      if (!isMore) await nudge.wait(LOOK_EVERY_MS, turn.signal);
    }
  }

  /** False when the signal ended it. */
  private async tellChanged(turn: Turn): Promise<boolean> {
    const { standings } = this.needs;
    for (
      let changed = await standings.changed(turn.published, BATCH);
      changed.length > 0;
      changed = await standings.changed(turn.published, BATCH)
    ) {
      if (!(await this.send(turn, changed))) return false;
      turn.published = changed.at(-1)?.position ?? turn.published;
      await standings.published(turn.published);
    }
    if (turn.published < turn.folded) await standings.published((turn.published = turn.folded));
    return true;
  }

  private async tellAgain(turn: Turn): Promise<boolean> {
    if (this.needs.clock.now().getTime() < turn.againAt) return true;
    turn.againAt = Number.POSITIVE_INFINITY;
    for (let after = turn.from, more = true; more;) {
      const changed = await this.needs.standings.changed(after, BATCH);
      if (!(await this.send(turn, changed))) return false;
      more = changed.length > 0;
      after = changed.at(-1)?.position ?? after;
    }
    return true;
  }

  private async send({ writer, signal }: Turn, standings: readonly Standing[]): Promise<boolean> {
    for (const [topic, of] of byTopic(standings)) {
      const refused = await writer.send(topic, of.map(stateRecordOf), signal);
      for (const { message, error } of refused ?? [])
        this.needs.log.error({ err: error, topic, key: message.key }, 'A state can never be published.');
      if (refused === undefined) return false;
    }
    return true;
  }
}

const byTopic = (standings: readonly Standing[]): ReadonlyMap<StateTopic, readonly Standing[]> => {
  const topicsOf = new Map<StateTopic, Standing[]>();
  for (const standing of standings) topicsOf.set(standing.topic, [...(topicsOf.get(standing.topic) ?? []), standing]);
  return topicsOf;
};
