import { forgetting, idFor, ownedBy, sweeping, type Kit, type Owner, type Parts } from '@cartage/service-kit';
import type { FactLog } from './app/fact-log';
import { Replays, unknownReplay, type ReplaysNeeds } from './app/replays/replays';
import type { SubscriptionsSettings } from './config';
import { replayTable } from './edge/replays/replay-rows';
import { REPLAYS, ReplaysController } from './edge/replays/replays.controller';
import type { Nudge } from './edge/nudge';

const STEP_EVERY_MS = 500;

export interface ReplayParts extends Required<Pick<Parts, 'controllers' | 'providers' | 'start' | 'stop'>> {
  readonly owner: Owner;
}

export interface ReplayPartsNeeds extends Pick<ReplaysNeeds, 'endpoint'> {
  readonly facts: Pick<FactLog, 'head'>;
  readonly nudge: Nudge;
}

/** Everything that sends past events to webhook endpoints once more. */
export const replayParts = (kit: Kit<SubscriptionsSettings>, { endpoint, facts, nudge }: ReplayPartsNeeds): ReplayParts => {
  const { pool, now, clock, log, settings } = kit;
  const table = replayTable(pool);
  const idOf: ReplaysNeeds['idOf'] = ({ commandId }) => idFor('replay', commandId);
  const step = async (): Promise<void> => {
    const due = await table.due(now());
    for (const replayId of due) await table.step(replayId, now());
    if (due.length > 0) nudge.give();
  };
  const stepping = sweeping(step, { clock, log, everyMs: STEP_EVERY_MS, trouble: 'replays do not go on' });
  const forgets = forgetting([{ what: 'replays', days: settings.WEBHOOK_LOG_DAYS, forget: table.forget }], kit);
  return {
    controllers: [ReplaysController],
    providers: [{ provide: REPLAYS, useValue: new Replays({ table, endpoint, head: facts.head, idOf, now }) }],
    owner: { ...ownedBy({ channel: table.channelsOf }, unknownReplay), isWhole: true },
    start: async () => void (await Promise.all([stepping.start(), forgets.start()])),
    stop: async () => void (await Promise.all([stepping.stop(), forgets.stop()])),
  };
};
