import type { Position, StoredEvent } from '@cartage/eventsourcing';
import { apply, applyWhereItWorks, type Batch } from './applying';
import { StreamStates } from './folding';
import { oneAtATime, Patience, type Bell } from './patience';
import type { Progress } from './progress';
import { Overtaken, readStates, type Step } from './registry';
import type { ViewNeeds } from './runner';
import { swap } from './swapping';
import { promoted, targetsOf, type Standing, type Target } from './targets';

type Events = readonly StoredEvent[];

export interface SessionNeeds extends Required<ViewNeeds> {
  readonly progress: Progress;
  /** Rings when a rebuild was asked for in this process. */
  readonly bell: Bell;
}

/** A target that is behind the others, or being filled, with a follower of its own. */
interface Chase {
  readonly target: Target;
  position: Position;
  readonly states: StreamStates;
  readonly own: AbortController;
}

/**
 * Runs the views for as long as this process may. One follower, the lead, feeds all views that stand at the same position; each straggler
 * has its own until it meets the lead, where it joins (or, a shadow, takes its table's place).
 */
export class Session {
  private readonly over = new AbortController();
  private readonly signal: AbortSignal;
  /** Taken by the lead for each batch and by whoever joins it: the lead's position stands still meanwhile. */
  private readonly turn = oneAtATime();
  private readonly chases = new Map<string, Chase>();
  private readonly work = new Set<Promise<void>>();
  private readonly states: StreamStates;
  private lead: { readonly position: Position; readonly targets: readonly Target[] } = { position: '', targets: [] };

  constructor(
    private readonly needs: SessionNeeds,
    signal: AbortSignal,
  ) {
    this.signal = AbortSignal.any([signal, this.over.signal]);
    this.states = new StreamStates(needs.store);
  }

  /** Ends when the signal says so, or when somebody else turns out to run the views. */
  async run(): Promise<void> {
    this.needs.progress.forgetErrors();
    const standing = await this.readStanding();
    const serving = standing.filter(({ target }) => !target.shadow).map(({ position }) => position);
    const position = serving.length > 0 ? serving.reduce((a, b) => (a > b ? a : b)) : await this.needs.store.head();
    const leading = (each: Standing): boolean => !each.target.shadow && each.position === position;
    this.lead = { position, targets: standing.filter(leading).map(({ target }) => target) };
    for (const each of standing.filter((one) => !leading(one))) this.chase(each);
    this.begin(() => this.watchRebuilds());
    await this.persistently(
      () => this.lead.targets,
      this.signal,
      (patience) => this.followLead(patience),
    );
    while (this.work.size > 0) await Promise.all(this.work);
  }

  private async readStanding(): Promise<readonly Standing[]> {
    const { pool, views, progress, log } = this.needs;
    const states = await readStates(
      pool,
      views.map(({ name }) => name),
    );
    const standing: Standing[] = [];
    for (const view of views) {
      const state = states.get(view.name);
      const targets = await targetsOf(pool, view, state);
      if (targets.length === 0) log.warn({ view: view.name }, 'another version of the program defined this view; it is left alone');
      if (state) progress.saw(view.name, state.position);
      standing.push(...targets);
    }
    return standing;
  }

  private begin(run: () => Promise<void>): void {
    const work = run().finally(() => this.work.delete(work));
    this.work.add(work);
  }

  private async followLead(patience: Patience): Promise<void> {
    const { store, batchSize } = this.needs;
    for await (const batch of store.follow({ from: this.lead.position, signal: this.signal, batchSize })) {
      await this.turn(() => this.advanceLead(batch));
      patience.reset();
    }
  }

  private async advanceLead(events: Events): Promise<void> {
    const { position: from, targets } = this.lead;
    const step = stepOver(from, events);
    const batch = await batchOf(this.states, events, targets);
    const failures = await applyWhereItWorks(this.needs.pool, targets, batch, step);
    const failed = new Set(failures.map(({ target }) => target));
    this.lead = { position: step.to, targets: targets.filter((target) => !failed.has(target)) };
    for (const target of this.lead.targets) this.progressed(target, step.to);
    for (const { target, error } of failures) {
      this.troubled([target], error);
      this.chase({ target, position: from });
    }
  }

  private chase({ target, position }: Standing): void {
    if (this.chases.has(target.table)) return;
    const chase: Chase = { target, position, states: new StreamStates(this.needs.store), own: new AbortController() };
    const signal = AbortSignal.any([this.signal, chase.own.signal]);
    this.chases.set(target.table, chase);
    this.begin(() =>
      this.persistently(
        () => [target],
        signal,
        (patience) => this.followAlone(chase, signal, patience),
      ),
    );
  }

  private async followAlone(chase: Chase, signal: AbortSignal, patience: Patience): Promise<void> {
    const { store, batchSize } = this.needs;
    if (await this.turn(() => this.meet(chase, []))) return;
    for await (const batch of store.follow({ from: chase.position, signal, batchSize })) {
      const step = stepOver(chase.position, batch);
      if (step.to >= this.lead.position && (await this.turn(() => this.meet(chase, batch)))) return;
      if (step.to > chase.position) await this.advanceAlone(chase, batch, step);
      patience.reset();
    }
  }

  private async advanceAlone(chase: Chase, events: Events, step: Step): Promise<void> {
    await apply(this.needs.pool, [chase.target], await batchOf(chase.states, events, [chase.target]), step);
    chase.position = step.to;
    if (!chase.target.shadow) this.progressed(chase.target, step.to);
  }

  /** Brings a straggler to exactly where the lead stands, if this batch reaches so far, and makes it one of the lead. */
  private async meet(chase: Chase, read: Events): Promise<boolean> {
    const { position } = this.lead;
    const { pool, log } = this.needs;
    const { target } = chase;
    if (chase.position > position || stepOver(chase.position, read).to < position || chase.own.signal.aborted) return false;
    const events = read.filter((event) => event.position <= position);
    const batch = await batchOf(chase.states, events, [target]);
    const step = { ...stepOver(chase.position, events), to: position };
    if (target.shadow) await swap(pool, target, batch, step);
    else await apply(pool, [target], batch, step);
    this.join(chase, position);
    if (target.shadow) log.info({ view: target.view.name }, 'view rebuilt');
    return true;
  }

  private join({ target }: Chase, position: Position): void {
    const { name } = target.view;
    this.lead = { position, targets: [...this.lead.targets.filter(({ view }) => view.name !== name), promoted(target)] };
    this.chases.delete(target.table);
    this.chases.get(name)?.own.abort();
    this.chases.delete(name);
    this.progressed(target, position);
  }

  private async watchRebuilds(): Promise<void> {
    while (!this.signal.aborted) {
      await this.needs.bell.rung(this.needs.rebuildsEveryMs, this.signal);
      await this.pickUpRebuilds().catch((error: unknown) => this.needs.log.warn({ err: error }, 'cannot look for views to rebuild'));
    }
  }

  private async pickUpRebuilds(): Promise<void> {
    const { pool, views } = this.needs;
    if (this.signal.aborted) return;
    const states = await readStates(
      pool,
      views.map(({ name }) => name),
    );
    for (const view of views.filter(({ name }) => states.get(name)?.nextPosition != null))
      for (const standing of await targetsOf(pool, view, states.get(view.name))) if (standing.target.shadow) this.chase(standing);
  }

  private async persistently(
    targets: () => readonly Target[],
    signal: AbortSignal,
    attempt: (patience: Patience) => Promise<void>,
  ): Promise<void> {
    const patience = new Patience(this.needs.firstPauseMs, this.needs.longestPauseMs);
    while (!signal.aborted) {
      try {
        return await attempt(patience);
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof Overtaken) return this.yieldTo(error);
        this.troubled(targets(), error);
        await patience.rest(signal);
      }
    }
  }

  /** Looks at everything anew once it may run the views again. */
  private yieldTo(error: Overtaken): void {
    this.needs.log.info({ err: error }, 'somebody else moved the views');
    this.over.abort();
  }

  private progressed({ view }: Target, position: Position): void {
    this.needs.progress.saw(view.name, position);
    this.needs.progress.recovered(view.name);
  }

  private troubled(targets: readonly Target[], error: unknown): void {
    for (const { view } of targets) this.needs.progress.failed(view.name, error);
    this.needs.log.error({ err: error, views: targets.map(({ table }) => table) }, 'views stand still; they are tried again');
  }
}

const batchOf = async (states: StreamStates, events: Events, targets: readonly Target[]): Promise<Batch> => ({
  events,
  states: await states.after(
    events,
    targets.map(({ view }) => view),
  ),
});

const stepOver = (from: Position, batch: Events): Step => {
  const last = batch.at(-1);
  return { from, to: last?.position ?? from, shownUntil: last?.recordedAt };
};
