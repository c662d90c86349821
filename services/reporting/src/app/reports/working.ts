import { isAway, messageOf, NO_MORE, pauseAfter, Refused, type Bell, type Clock } from '@cartage/eventsourcing';
import { boundValues, type Report } from '../../domain/reports/report';
import { MOST_ATTEMPTS, type PlannedRun } from '../../domain/reports/run';
import { carriedOut, type CarryingOutNeeds } from './carrying-out';
import type { NextTime, ReportShelf, RunEnding, RunTable } from './ports';

export interface WorkingNeeds extends CarryingOutNeeds {
  readonly shelf: Pick<ReportShelf, 'due'>;
  readonly runs: RunTable;
  readonly nextTime: NextTime;
  readonly idFor: (...named: readonly string[]) => string;
  readonly clock: Clock;
  /** Rings when a run was planned or ended in this process. */
  readonly news: Bell;
  readonly onTrouble: (error: unknown) => void;
}

/** Looks at least so often, for what other processes planned and for schedules. */
const LOOK_MS = 2_000;
/** Whoever has not said for so long that it is at work on a run is taken for dead. */
const HELD_MS = 60_000;
const PAUSES = { firstMs: 10_000, longestMs: 600_000 };

const later = (clock: Clock, ms: number): Date => new Date(clock.now().getTime() + ms);

/** Of a time that was missed while nothing ran there is one run, and the next is in the future again. */
const planOne = async ({ runs, nextTime, idFor, clock }: WorkingNeeds, report: Report): Promise<void> => {
  const { name, schedule, nextAt } = report;
  if (schedule === undefined || nextAt === undefined) return;
  const [plannedFor, next] = [new Date(nextAt), nextTime(schedule, clock.now())];
  const runId = idFor('scheduled-report', name, nextAt);
  await runs.planDue({ runId, report, plannedFor, plannedBy: 'schedule', values: boundValues(report, plannedFor) }, next);
};

/** One whose time cannot be reckoned any more, such as in a zone that clocks know no longer, keeps no other from being planned. */
const planDue = async (needs: WorkingNeeds): Promise<void> => {
  for (const report of await needs.shelf.due(needs.clock.now())) {
    try {
      await planOne(needs, report);
    } catch (error) {
      if (isAway(error)) throw error;
      needs.onTrouble(error);
    }
  }
};

/** Says again and again that the run is in hand; ends `working` when it is not any more. */
const keeping = async (needs: WorkingNeeds, run: PlannedRun, working: AbortController): Promise<void> => {
  while (!working.signal.aborted) {
    await needs.clock.pause(HELD_MS / 4, working.signal);
    if (working.signal.aborted) return;
    try {
      if (!(await needs.runs.keep(run, later(needs.clock, HELD_MS)))) working.abort(NO_MORE);
    } catch (error) {
      needs.onTrouble(error);
    }
  }
};

const failed = (error: unknown): RunEnding => ({
  state: 'failed',
  code: error instanceof Refused ? error.code : 'REPORT_FAULTY',
  detail: messageOf(error).slice(0, 1_000),
});

/** What is away is waited for, and so is a process that was stopped; what is at fault itself has failed. */
const afterTrouble = async (needs: WorkingNeeds, run: PlannedRun, error: unknown): Promise<void> => {
  const { runs, clock, onTrouble } = needs;
  if (!(error instanceof Refused) && run.attempts < MOST_ATTEMPTS) {
    if (!isAway(error)) onTrouble(error);
    return runs.postpone(run, later(clock, pauseAfter(run.attempts, PAUSES)));
  }
  await runs.end(run, failed(error), clock.now());
};

const carryOut = async (needs: WorkingNeeds, run: PlannedRun, stopping: AbortSignal): Promise<void> => {
  const working = new AbortController();
  const kept = keeping(needs, run, working);
  try {
    const ending = await carriedOut(needs, run, AbortSignal.any([stopping, working.signal]));
    await needs.runs.end(run, ending, needs.clock.now());
  } catch (error) {
    if (stopping.aborted) await needs.runs.postpone(run, needs.clock.now());
    else if (!working.signal.aborted) await afterTrouble(needs, run, error);
  } finally {
    working.abort(NO_MORE);
    await kept;
    needs.news.ring();
  }
};

/** Plans what is due, and carries out one run, if there is any; answers whether there was. */
export const workOnce = async (needs: WorkingNeeds, stopping: AbortSignal): Promise<boolean> => {
  await planDue(needs);
  const run = await needs.runs.claim(needs.clock.now(), later(needs.clock, HELD_MS));
  if (!run) return false;
  if (run.attempts > MOST_ATTEMPTS)
    await needs.runs.end(run, failed(new Error('Every process that took it ended with it in hand.')), needs.clock.now());
  else await carryOut(needs, run, stopping);
  return true;
};

/** One run at a time in each process, any number of processes. */
export const working = (needs: WorkingNeeds): { readonly start: () => Promise<void>; readonly stop: () => Promise<void> } => {
  const stopping = new AbortController();
  let running = Promise.resolve();
  const rest = async (heard: number): Promise<void> => {
    const woken = new AbortController();
    const either = AbortSignal.any([stopping.signal, woken.signal]);
    await Promise.race([needs.clock.pause(LOOK_MS, either), needs.news.next(heard, either)]);
    woken.abort(NO_MORE);
  };
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const heard = needs.news.rings();
      const worked = await workOnce(needs, stopping.signal).catch((error: unknown) => {
        needs.onTrouble(error);
        return false;
      });
      if (!worked) await rest(heard);
    }
  };
  return {
    start: async () => {
      running = run();
    },
    stop: async () => {
      stopping.abort(NO_MORE);
      await running;
    },
  };
};
