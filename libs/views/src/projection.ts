import { Pauses, type Bell, type Clock, type Position, type StoredEvent } from '@cartage/eventsourcing';
import { applyWhereItWorks, batchOf } from './batch';
import { Overtaken, readCheckpoints, stepOver } from './checkpoints';
import { shadowOf, tableOf } from './definition';
import type { Term } from './leadership';
import type { Progress } from './progress';
import type { ViewNeeds } from './runner';
import { Straggler, type Standing } from './straggler';
import { StreamStates } from './stream-states';
import { showTables, swapIn, targetOf, type Target } from './tables';

type Events = readonly StoredEvent[];

export interface ProjectionNeeds extends Required<ViewNeeds> {
  readonly clock: Clock;
  readonly progress: Progress;
  /** The end of the log when this process started. */
  readonly headAtStart: Position;
  /** Rings when the tables are to be looked after. */
  readonly tend: Bell;
}

/**
 * Runs the views for as long as this process may. One follower, the lead, feeds all tables that stand at the same position; each straggler
 * has its own until it meets the lead, where it joins (or, a shadow, takes its table's place).
 */
export class Projection {
  private readonly over = new AbortController();
  private readonly signal: AbortSignal;
  /** What is done at the lead's position is done one after the other: it stands still meanwhile. */
  private turn: Promise<unknown> = Promise.resolve();
  private readonly taken = new Set<string>();
  private readonly stragglers = new Map<string, Straggler>();
  private readonly work = new Set<Promise<void>>();
  private readonly states: StreamStates;
  private lead: { readonly position: Position; readonly targets: readonly Target[] } = { position: '', targets: [] };

  constructor(
    private readonly needs: ProjectionNeeds,
    private readonly term: Term,
  ) {
    this.signal = AbortSignal.any([term.signal, this.over.signal]);
    this.states = new StreamStates(needs.store);
  }

  /** Ends when the term does, or when somebody else turns out to run the views. */
  async run(): Promise<void> {
    this.needs.progress.forgetErrors();
    const standing = await this.takeTables();
    const position = standing.length > 0 ? standing.map((each) => each.position).reduce(later) : await this.needs.store.head();
    this.lead = { position, targets: standing.filter((each) => each.position === position).map(({ target }) => target) };
    for (const each of standing.filter((one) => one.position !== position)) this.chase(each);
    this.begin(() => this.tend());
    await this.persistently(
      () => this.lead.targets,
      this.signal,
      (pauses) => this.followLead(pauses),
    );
    while (this.work.size > 0) await Promise.all(this.work);
  }

  /** Those of this program's tables that nobody else writes and that are not its own yet. */
  private async takeTables(): Promise<readonly Standing[]> {
    const { pool, views, progress } = this.needs;
    const taken = new Set(await this.term.take(views.map(tableOf).filter((table) => !this.taken.has(table))));
    const checkpoints = await readCheckpoints(pool, [...taken]);
    const standing: Standing[] = [];
    for (const view of views) {
      const checkpoint = checkpoints.get(tableOf(view));
      if (!checkpoint) continue;
      progress.saw(view.name, checkpoint.position);
      standing.push({ target: await targetOf(pool, view), position: checkpoint.position });
      this.taken.add(checkpoint.table);
    }
    return standing;
  }

  private begin(run: () => Promise<void>): void {
    const work = run().finally(() => this.work.delete(work));
    this.work.add(work);
  }

  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async followLead(pauses: Pauses): Promise<void> {
    const { store, batchSize } = this.needs;
    for await (const batch of store.follow({ from: this.lead.position, signal: this.signal, batchSize })) {
      await this.inTurn(() => this.advanceLead(batch));
      pauses.reset();
    }
  }

  private async advanceLead(events: Events): Promise<void> {
    const { position: from, targets } = this.lead;
    const batch = await batchOf({ states: this.states, targets }, events, stepOver(from, events));
    const { to } = batch.step;
    const failures = await applyWhereItWorks(this.needs.pool, targets, batch);
    const failed = new Set(failures.map(({ target }) => target));
    this.lead = { position: to, targets: targets.filter((target) => !failed.has(target)) };
    for (const target of this.lead.targets) this.progressed(target, to);
    for (const { target, error } of failures) {
      this.troubled([target], error);
      this.chase({ target, position: from });
    }
  }

  private chase(standing: Standing): void {
    const { target } = standing;
    if (this.stragglers.has(target.table)) return;
    const straggler = new Straggler(this.needs, standing);
    const signal = AbortSignal.any([this.signal, straggler.own.signal]);
    this.stragglers.set(target.table, straggler);
    this.begin(() =>
      this.persistently(
        () => [target],
        signal,
        (pauses) => this.catchUp(straggler, signal, pauses),
      ),
    );
  }

  private async catchUp(straggler: Straggler, signal: AbortSignal, pauses: Pauses): Promise<void> {
    const { store, batchSize } = this.needs;
    if (await this.inTurn(() => this.meet(straggler, []))) return;
    for await (const batch of store.follow({ from: straggler.position, signal, batchSize })) {
      const { to } = stepOver(straggler.position, batch);
      if (to >= this.lead.position && (await this.inTurn(() => this.meet(straggler, batch)))) return;
      if (to > straggler.position) await straggler.advance(batch, to);
      if (!straggler.target.shadow) this.progressed(straggler.target, to);
      pauses.reset();
    }
  }

  /** Brings a straggler to exactly where the lead stands, if these events reach so far, and makes it one of the lead. */
  private async meet(straggler: Straggler, read: Events): Promise<boolean> {
    const { position } = this.lead;
    const { target, own } = straggler;
    if (straggler.position > position || stepOver(straggler.position, read).to < position || own.signal.aborted) return false;
    const events = read.filter((event) => event.position <= position);
    await straggler.advance(events, position, target.shadow ? (client) => swapIn(client, target.view) : undefined);
    await this.join(target, position);
    return true;
  }

  private async join(target: Target, position: Position): Promise<void> {
    const { pool, log } = this.needs;
    const { view, shadow } = target;
    const table = tableOf(view);
    const joining = shadow ? await targetOf(pool, view) : target;
    this.lead = { position, targets: [...this.lead.targets.filter((each) => each.table !== table), joining] };
    this.stragglers.delete(target.table);
    this.stragglers.get(table)?.own.abort();
    this.stragglers.delete(table);
    this.progressed(joining, position);
    if (shadow) log.info({ view: view.name }, 'view rebuilt');
  }

  /** Looks after the tables, and shows by it that this process is there. */
  private async tend(): Promise<void> {
    const { tend, log } = this.needs;
    while (!this.signal.aborted) {
      const heard = tend.rings();
      await this.tendOnce().catch((error: unknown) => log.warn({ err: error }, 'cannot look after the tables of the views'));
      await tend.next(heard, this.signal);
    }
  }

  private async tendOnce(): Promise<void> {
    const { pool, views, progress, headAtStart } = this.needs;
    for (const standing of await this.takeTables()) this.chase(standing);
    const mine = views.filter((view) => this.taken.has(tableOf(view)));
    const shadows = await readCheckpoints(pool, mine.map(shadowOf));
    for (const view of mine) {
      const shadow = shadows.get(shadowOf(view));
      if (shadow) this.chase({ target: await targetOf(pool, view, true), position: shadow.position });
    }
    await showTables(
      pool,
      mine.filter(({ name }) => progress.has(name, headAtStart)),
    );
  }

  private async persistently(
    targets: () => readonly Target[],
    signal: AbortSignal,
    attempt: (pauses: Pauses) => Promise<void>,
  ): Promise<void> {
    const { firstPauseMs: firstMs, longestPauseMs: longestMs, clock } = this.needs;
    const pauses = new Pauses({ firstMs, longestMs, clock });
    while (!signal.aborted) {
      try {
        return await attempt(pauses);
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof Overtaken) return this.yieldTo(error);
        this.troubled(targets(), error);
        await pauses.rest(signal);
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

const later = (a: Position, b: Position): Position => (a > b ? a : b);
