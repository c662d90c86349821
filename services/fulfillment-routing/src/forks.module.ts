import { forgetting, type Kit, type Parts } from '@cartage/service-kit';
import type { DemandTable } from './app/expected-demand';
import { ForkPlayer } from './app/forks/fork-player';
import type { ForkTable } from './app/forks/fork-table';
import { createForks } from './app/forks/forks';
import { sourcing } from './app/sourcing';
import { pastLog } from './app/forks/past-log';
import type { RoutingRuleBook } from './app/routing-rules';
import type { RoutingSettings } from './config';
import { highsSolver } from './edge/highs/highs-solver';
import { forkTable } from './edge/forks/fork-table';
import { forkWorker } from './edge/forks/fork-worker';
import { FORKS, ForksController } from './edge/forks/forks.controller';
import { knownPlaces } from './edge/forks/known-places';

const MINUTE_MS = 60_000;

/** What inventory said that it expects is kept so long: forks that begin earlier go by orders alone. */
const SAID_KEPT_DAYS = 100;

/** Beside the playing: a fork is played even where nothing can be forgotten. */
const forgettingOf = (kit: Kit<RoutingSettings>, table: ForkTable, demand: Pick<DemandTable, 'forget'>) =>
  forgetting(
    [
      { what: 'forks of the past', days: kit.settings.FORK_DAYS, forget: (before, limit) => table.forget(before, limit) },
      { what: 'what inventory had expected', days: SAID_KEPT_DAYS, forget: (before, limit) => demand.forget(before, limit) },
    ],
    kit,
  );

/** Forks of the past: asked for over HTTP, played beside the service's work. */
export const forkParts = (
  kit: Kit<RoutingSettings>,
  {
    rules,
    demand,
  }: { readonly rules: Pick<RoutingRuleBook, 'version' | 'pastDecisions'>; readonly demand: Pick<DemandTable, 'perDay' | 'forget'> },
): Pick<Parts, 'controllers' | 'providers'> & Required<Pick<Parts, 'start' | 'stop'>> => {
  const { pool, clock, now, log: words, settings } = kit;
  const { FORK_MAX_DAYS: mostDays, FORK_MAX_DECISIONS: mostDecisions } = settings;
  const [table, log] = [forkTable(pool), pastLog(kit)];
  const policyOf = (version: string) => rules.version(version);
  const solver = highsSolver();
  const onTrouble = (error: unknown): void => words.warn({ err: error }, 'a fork of the past could not be played');
  const player = new ForkPlayer({
    ...{ table, log, clock, mostDecisions, onTrouble, demand, pastDecisions: rules.pastDecisions },
    places: knownPlaces(pool),
    policyOf,
    source: sourcing(solver, () => clock.pause(0)),
    limitMs: settings.FORK_MINUTES * MINUTE_MS,
  });
  const worker = forkWorker({ player, clock, onTrouble });
  const forget = forgettingOf(kit, table, demand);
  const forks = createForks({ table, log, now, policyOf, mostDays, mostDecisions, asked: worker.asked });
  return {
    controllers: [ForksController],
    providers: [{ provide: FORKS, useValue: forks }],
    start: async () => {
      await worker.start();
      await forget.start();
    },
    stop: async () => {
      await Promise.all([worker.stop(), forget.stop()]);
      await solver.close();
    },
  };
};
