import { bell, systemClock, type Position } from '@cartage/eventsourcing';
import { keepInUse, readCheckpoints, type Checkpoint } from './checkpoints';
import { shadowOf, tableOf } from './definition';
import { whileLeading } from './leadership';
import { Progress, waitingFor, type Wait } from './progress';
import { Projection, type ProjectionNeeds } from './projection';
import type { ViewHealth, ViewNeeds, ViewRunner } from './runner';
import { beginRebuild, dropUnused, prepareTables } from './tables';
import type { AnyView } from './view';

/** How often somebody who asked for a rebuild looks whether it is done. */
const rebuiltEveryMs = 50;

/** How often a process says that it uses its tables. */
const inUseEveryMs = 10_000;

/**
 * Makes the tables of these views (an answer means that they are there, not yet that they are full) and keeps them current in the
 * background. Any number of processes may call it; one of them runs the views, all of them can wait for positions and ask for rebuilds.
 */
export const runViews = async (given: ViewNeeds): Promise<ViewRunner> => {
  const { pool, views, store } = given;
  const stopping = new AbortController();
  const { signal } = stopping;
  await prepareTables(pool, views);
  const needs = completed(given, await store.head());
  const tables = new Map(views.map((view) => [view.name, tableOf(view)]));
  const wait = waitingFor({ ...needs, tables, signal });
  const running =
    views.length === 0 || !needs.follows
      ? Promise.resolve()
      : whileLeading({ ...needs, tables: [...tables.values()] }, signal, (term) => new Projection(needs, term).run());
  const keeping = keepTables(needs, signal);
  const begin: ViewRunner['beginRebuild'] = async (name, { compares = false } = {}) => {
    await beginRebuild(pool, viewNamed(views, name), compares);
    needs.tend.ring();
  };
  return {
    reached: (view, position, { timeoutMs = 5_000 } = {}) => wait(view, position, timeoutMs),
    filled: () => allFilled(needs, wait),
    beginRebuild: begin,
    rebuild: async (name, options) => {
      await begin(name, options);
      await rebuilt(needs, viewNamed(views, name), signal);
    },
    health: () => healthOf(needs),
    stop: async () => {
      stopping.abort();
      await Promise.all([running, keeping]);
    },
  };
};

const completed = (needs: ViewNeeds, headAtStart: Position): ProjectionNeeds => {
  const { clock = systemClock, tendEveryMs = 2_000 } = needs;
  return {
    follows: true,
    batchSize: 500,
    firstPauseMs: 100,
    longestPauseMs: 30_000,
    sessionMs: 10_000,
    ...needs,
    tendEveryMs,
    clock,
    headAtStart,
    progress: new Progress(clock),
    tend: bell({ everyMs: tendEveryMs, clock }),
  };
};

const keepTables = async ({ pool, views, log, clock }: ProjectionNeeds, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    try {
      await keepInUse(
        pool,
        views.flatMap((view) => [tableOf(view), shadowOf(view)]),
      );
      const dropped = await dropUnused(pool, views);
      if (dropped.length > 0) log.info({ tables: dropped }, 'tables of views that nobody had used for a day were dropped');
    } catch (error) {
      log.warn({ err: error }, 'cannot say that the tables of the views are in use');
    }
    await clock.pause(inUseEveryMs, signal);
  }
};

const allFilled = async ({ views, headAtStart }: ProjectionNeeds, wait: Wait): Promise<void> => {
  await Promise.all(views.map(({ name }) => wait(name, headAtStart)));
};

const viewNamed = (views: readonly AnyView[], name: string): AnyView => {
  const view = views.find((one) => one.name === name);
  if (!view) throw new Error(`There is no view ${name}.`);
  return view;
};

const rebuilt = async ({ pool, clock }: ProjectionNeeds, view: AnyView, signal: AbortSignal): Promise<void> => {
  const shadow = shadowOf(view);
  while ((await readCheckpoints(pool, [shadow])).has(shadow)) {
    if (signal.aborted) throw new Error(`Stopped before ${view.name} was rebuilt; the next start goes on with it.`);
    await clock.pause(rebuiltEveryMs, signal);
  }
};

const healthOf = async (needs: ProjectionNeeds): Promise<readonly ViewHealth[]> => {
  const { pool, store, views } = needs;
  const checkpoints = await readCheckpoints(
    pool,
    views.flatMap((view) => [tableOf(view), shadowOf(view)]),
  );
  const head = await store.head();
  return views.flatMap((view) => {
    const checkpoint = checkpoints.get(tableOf(view));
    return checkpoint ? [{ ...standing(needs, checkpoint, head), rebuilding: checkpoints.has(shadowOf(view)) }] : [];
  });
};

const standing = (
  { progress, headAtStart }: ProjectionNeeds,
  { view, table, position, shownUntil, rebuiltAt, rebuiltAlike }: Checkpoint,
  head: Position,
): Omit<ViewHealth, 'rebuilding'> => {
  const error = progress.errorOf(view);
  return {
    view,
    table,
    position,
    ...(shownUntil === null ? {} : { shownUntil: shownUntil.toISOString() }),
    behind: position < head,
    filling: position < headAtStart,
    ...(error === undefined ? {} : { error }),
    ...(rebuiltAt === null ? {} : { rebuiltAt: rebuiltAt.toISOString() }),
    ...(rebuiltAlike === null ? {} : { rebuiltAlike }),
  };
};
