import { setTimeout as pause } from 'node:timers/promises';
import { whileLeading } from './leadership';
import { Bell } from './patience';
import { beginRebuild, prepareViews } from './preparing';
import { Progress } from './progress';
import { readStates, type ViewState } from './registry';
import type { ViewHealth, ViewNeeds, ViewRunner } from './runner';
import { Session, type SessionNeeds } from './session';
import type { AnyView } from './view';
import { waitingFor } from './waiting';

/** How often somebody who asked for a rebuild looks whether it is done. */
const rebuiltEveryMs = 50;

/**
 * Makes the tables of these views (an answer means that they are there, not yet that they are full) and keeps them current in the
 * background. Any number of processes may call it; one of them runs the views, all of them can wait for positions and ask for rebuilds.
 */
export const runViews = async (given: ViewNeeds): Promise<ViewRunner> => {
  const stopping = new AbortController();
  const needs = completed(given);
  const { pool, views, progress, bell } = needs;
  await prepareViews(pool, views);
  const running =
    views.length === 0 ? Promise.resolve() : whileLeading(needs, stopping.signal, (signal) => new Session(needs, signal).run());
  return {
    reached: waitingFor(pool, progress),
    rebuild: async (name) => {
      await beginRebuild(pool, viewNamed(views, name));
      bell.ring();
      await rebuilt(needs, name, stopping.signal);
    },
    health: () => healthOf(needs),
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
};

const completed = (needs: ViewNeeds): SessionNeeds => ({
  batchSize: 500,
  firstPauseMs: 100,
  longestPauseMs: 30_000,
  rebuildsEveryMs: 5_000,
  ...needs,
  progress: new Progress(),
  bell: new Bell(),
});

const viewNamed = (views: readonly AnyView[], name: string): AnyView => {
  const view = views.find((one) => one.name === name);
  if (!view) throw new Error(`There is no view ${name}.`);
  return view;
};

const rebuilt = async ({ pool }: SessionNeeds, name: string, signal: AbortSignal): Promise<void> => {
  while ((await readStates(pool, [name])).get(name)?.nextPosition != null) {
    if (signal.aborted) throw new Error(`Stopped before ${name} was rebuilt; the next start goes on with it.`);
    await pause(rebuiltEveryMs);
  }
};

const healthOf = async ({ pool, store, views, progress }: SessionNeeds): Promise<readonly ViewHealth[]> => {
  const states = await readStates(
    pool,
    views.map(({ name }) => name),
  );
  const head = await store.head();
  return [...states.values()].map((state) => ({ ...standing(state, head), ...fault(progress.errorOf(state.name)) }));
};

const standing = ({ name, position, shownUntil, nextPosition }: ViewState, head: string): ViewHealth => ({
  view: name,
  position,
  ...(shownUntil === null ? {} : { shownUntil: shownUntil.toISOString() }),
  behind: position < head,
  rebuilding: nextPosition !== null,
});

const fault = (error: string | undefined): { readonly error?: string } => (error === undefined ? {} : { error });
