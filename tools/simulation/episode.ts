import { Refused } from '@cartage/eventsourcing';
import { idFor, type AnyService } from '@cartage/service-kit';
import type { Logger } from 'pino';
import { Broken } from './broken';
import { Books } from './books';
import { carrierReactions } from './carriers';
import { place, thinkAgain } from './customers';
import { FaultPlan, type FaultName, type Faults } from './faults';
import { simulateMachine } from './globals';
import { chanceOf } from './random';
import { regretReactions } from './regrets';
import type { FreshDatabase } from './schema';
import { countShelf, fillShelves, openShop, replenishShelves } from './shop';
import { staffReactions, type Fact, type Reaction } from './staff';
import { System } from './system';
import { SimulatedTime } from './time';
import { Trace } from './trace';
import type { Witnessed } from './witnessed';
import { World, type Without } from './world';

export interface EpisodeNeeds {
  readonly services: readonly AnyService[];
  readonly fresh: FreshDatabase;
  readonly log: Logger;
  /** Whether the audit is asked at the end, too. */
  readonly audited: boolean;
  readonly print?: (line: string) => void;
}

/** All that a run depends on. */
export interface Plot {
  readonly seed: number;
  readonly lives: number;
  readonly faults: Faults;
  readonly without: Without;
}

export interface Outcome {
  readonly digest: string;
  readonly events: number;
  readonly faults: Readonly<Record<FaultName, number>>;
  readonly acts: readonly string[];
  readonly statuses: Readonly<Record<string, number>>;
  readonly broken: readonly string[];
  readonly end: readonly string[];
}

const BEGIN = Date.parse('2026-03-02T09:00:00.000Z');
const SECOND = 1_000;
const [HOUR, DAY] = [3_600 * SECOND, 86_400 * SECOND];
const QUIET_MS = 3 * SECOND;
const LONGEST_DAY_MS = 180 * SECOND;
const [KEPT_LINES, DAYS] = [60, 6];
/** For so many nights at most somebody puts things off; within so many days every deadline of an order is over. */
const LATE = { nights: 60, days: 60 } as const;

const reactionsOf = (type: string): readonly Reaction[] =>
  [staffReactions, carrierReactions, regretReactions].flatMap((reactions) => reactions[type] ?? []);

/** One run of the whole: some lives, from an empty shop until everything is quiet. */
export class Episode {
  private readonly time = new SimulatedTime(BEGIN);
  private readonly trace: Trace;
  private readonly faults: FaultPlan;
  private readonly system: System;
  private readonly world: World;
  private readonly books = new Books();
  private readonly lives = new Map<string, number>();
  private ids = 0;
  private lastEvent = 0;

  constructor(
    private readonly plot: Plot,
    private readonly needs: EpisodeNeeds,
  ) {
    const { seed, without } = plot;
    this.trace = new Trace(KEPT_LINES, needs.print);
    this.faults = new FaultPlan(plot.faults, chanceOf(seed, 'faults'));
    const { services, fresh, log } = needs;
    fresh.renew();
    this.system = new System({
      ...{ services, log, database: fresh.database, time: this.time, faults: this.faults, trace: this.trace },
      newId: () => idFor('simulated', String(seed), String((this.ids += 1))),
    });
    this.world = new World({ seed, system: this.system, time: this.time, trace: this.trace, without });
    this.system.witness((witnessed) => this.witness(witnessed));
  }

  async run(): Promise<Outcome> {
    const back = simulateMachine(this.time, this.plot.seed);
    try {
      await this.live();
    } finally {
      this.system.stop();
      back();
    }
    return this.outcome;
  }

  private statuses: Record<string, number> = {};

  private get outcome(): Outcome {
    return {
      ...{ digest: this.trace.digest(), events: this.system.events, faults: this.faults.injected, acts: this.world.acts },
      ...{ statuses: this.statuses, broken: this.system.broken.map(({ message }) => message), end: this.trace.end },
    };
  }

  private get isBroken(): boolean {
    return this.system.broken.length > 0;
  }

  private async live(): Promise<void> {
    void this.system.start();
    await this.day();
    openShop(this.world);
    await this.day();
    fillShelves(this.world, this.plot.lives);
    await this.day();
    for (let life = 1; life <= this.plot.lives; life += 1) if (!this.plot.without.lives.has(life)) place(this.world, life);
    for (let day = 1; day <= DAYS && !this.isBroken; day += 1) {
      countShelf(this.world, day);
      await this.day();
      this.night(this.faults.chance.whole(1, 30) * HOUR);
    }
    await this.comeToRest();
  }

  /** Nothing goes wrong any more, goods come in, and everybody has the time that they need. */
  private async comeToRest(): Promise<void> {
    this.faults.calm();
    await this.day();
    replenishShelves(this.world, this.plot.lives);
    for (const days of [0, 1, 1, 2, 2, 8, 8, 15, 30, 60]) {
      if (this.isBroken) return;
      await this.day();
      this.night(days * DAY);
    }
    await this.day();
    await this.lateOnes();
    if (!this.isBroken) await this.judge();
  }

  /** Who began late, such as an order that took the place of another one, ends late: whatever somebody has put off is done, and what follows has its time. */
  private async lateOnes(): Promise<void> {
    for (let night = 1; night <= LATE.nights && this.world.hasMore && !this.isBroken; night += 1) {
      this.night(DAY);
      await this.day();
      if (this.world.hasMore) continue;
      this.night(LATE.days * DAY);
      await this.day();
    }
  }

  /** Until nothing happens any more for a while. */
  private async day(): Promise<void> {
    const began = this.time.now;
    this.lastEvent = this.time.now;
    while (!this.isBroken && this.time.now - began < LONGEST_DAY_MS) {
      await this.time.pass(SECOND, () => this.isBroken);
      if (this.world.isIdle && this.time.now - this.lastEvent > QUIET_MS) return;
    }
    if (!this.isBroken) this.system.fail(new Broken('It does not become quiet.'));
  }

  private night(ms: number): void {
    this.time.skip(ms);
    this.world.dawn();
  }

  private witness(witnessed: Witnessed): void {
    this.lastEvent = this.time.now;
    for (const fault of this.books.look(witnessed)) this.system.fail(new Broken(fault));
    for (const envelope of witnessed.envelopes.slice(-1)) {
      const fact = envelope.data as Fact;
      const life = this.lifeOf(envelope.type, fact);
      if (life === undefined) continue;
      if (envelope.type === 'OrderPlaced' && envelope.subject) thinkAgain(this.world, life, fact.orderId);
      for (const react of reactionsOf(envelope.type)) react(this.world, life, fact, envelope);
    }
  }

  private lifeOf(type: string, fact: Fact & { readonly externalOrderId?: string }): number | undefined {
    if (type === 'OrderPlaced') this.lives.set(fact.orderId, Number(fact.externalOrderId?.slice(2) ?? 0));
    return this.lives.get(fact.orderId);
  }

  private async judge(): Promise<void> {
    for (const { name } of this.needs.services) await this.judgeLetters(name);
    await this.within(async () => {
      const verified = await this.system.ask(
        'inventory',
        'Verification',
        (desk: { verify(): Promise<{ readonly drifts: readonly object[] }> }) => desk.verify(),
      );
      if (!(verified instanceof Refused))
        for (const drift of verified.drifts) this.system.fail(new Broken(`Stock does not add up: ${JSON.stringify(drift)}`));
    });
    for (const orderId of this.lives.keys()) await this.judgeOrder(orderId);
    for (const fault of this.needs.audited ? this.books.owed() : []) this.system.fail(new Broken(fault));
  }

  private async judgeLetters(name: string): Promise<void> {
    for (const { group, type, error, state } of await this.system.deadLetters(name).list({ limit: 100 }))
      this.system.fail(new Broken(`${group} could not take ${type} (${state}): ${error}`));
  }

  private async judgeOrder(orderId: string): Promise<void> {
    interface Shown {
      readonly status: string;
      readonly holds: readonly { readonly type: string }[];
    }
    await this.within(async () => {
      const order = await this.system.ask('order', 'orders', (orders: { get(orderId: string): Promise<Shown> }) => orders.get(orderId));
      if (order instanceof Refused) return;
      const status = `${order.status}${order.holds.map(({ type }) => ` ${type}`).join('')}`;
      this.statuses[status] = (this.statuses[status] ?? 0) + 1;
      if (order.status !== 'completed' && order.status !== 'cancelled')
        this.system.fail(new Broken(`Life ${this.lives.get(orderId)} (${orderId}) has come to rest as ${status}.`));
    });
  }

  private async within(work: () => Promise<void>): Promise<void> {
    let done = false;
    const working = work().finally(() => (done = true));
    while (!done) await this.time.pass(50);
    await working;
  }
}
