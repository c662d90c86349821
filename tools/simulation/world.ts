import { Refused, type Meta } from '@cartage/eventsourcing';
import { idFor } from '@cartage/service-kit';
import { chanceOf, type Chance } from './random';
import type { System } from './system';
import type { SimulatedTime } from './time';
import type { Trace } from './trace';

/** What of a run is left out while a failure is made smaller. */
export interface Without {
  readonly lives: ReadonlySet<number>;
  readonly acts: ReadonlySet<string>;
}

export const nothingLeftOut: Without = { lives: new Set(), acts: new Set() };

export interface WorldNeeds {
  readonly seed: number;
  readonly system: System;
  readonly time: SimulatedTime;
  readonly trace: Trace;
  readonly without: Without;
}

/** When something is done: so many milliseconds from now, or after so many of the nights that follow. */
export interface When {
  readonly ms?: number;
  readonly nights?: number;
}

/** So often somebody asks again for what is not known yet. */
const PATIENCE = 8;

const isEarly = (answer: unknown): boolean => answer instanceof Refused && answer.kind === 'unknown';

const isHeld = (answer: unknown): boolean => answer instanceof Refused && answer.code === 'SHIPMENT_HELD';

interface Act {
  readonly name: string;
  readonly nights: number;
  readonly run: () => void;
}

/** Everybody outside of Cartage: they do things, and hear what came of them. */
export class World {
  readonly acts: string[] = [];
  private readonly counted = new Map<string, number>();
  private readonly later: Act[] = [];
  private busy = 0;
  private night = 0;

  constructor(private readonly needs: WorldNeeds) {}

  get seed(): number {
    return this.needs.seed;
  }

  /** Nothing is under way, and nothing to be done before the next night. */
  get isIdle(): boolean {
    return this.busy === 0;
  }

  get hasMore(): boolean {
    return this.later.length > 0;
  }

  chance(...names: readonly (string | number)[]): Chance {
    return chanceOf(this.needs.seed, ...names);
  }

  /** Asks a service, once or under the same key again; each name of an act is used once for each time that it is done. */
  act<Answer>(
    who: string,
    what: { readonly service: string; readonly token: string; readonly when: When },
    call: (facade: never, meta: Meta) => Promise<Answer>,
  ): void {
    const nth = (this.counted.get(who) ?? 0) + 1;
    this.counted.set(who, nth);
    const name = `${who}#${nth}`;
    this.acts.push(name);
    if (this.needs.without.acts.has(name)) return;
    const { nights = 0, ms = 0 } = what.when;
    const run = (): void => void this.carryOut(name, ms, what, call);
    if (nights > 0) this.later.push({ name, nights: this.night + nights, run });
    else run();
  }

  /** How often something of this kind has happened to somebody, this time included. */
  nth(life: number, what: string): number {
    const key = `${life} ${what}`;
    const nth = (this.counted.get(key) ?? 0) + 1;
    this.counted.set(key, nth);
    return nth;
  }

  /** A night has gone by: what was put off until then is done. */
  dawn(): void {
    this.night += 1;
    for (const act of this.later.splice(0)) {
      if (act.nights <= this.night) act.run();
      else this.later.push(act);
    }
  }

  private async carryOut<Answer>(
    name: string,
    ms: number,
    { service, token }: { readonly service: string; readonly token: string },
    call: (facade: never, meta: Meta) => Promise<Answer>,
  ): Promise<void> {
    const { system, time, trace } = this.needs;
    this.busy += 1;
    await time.pause(ms);
    const commandId = idFor('act', String(this.needs.seed), name);
    const meta: Meta = { commandId, correlationId: commandId, actor: 'simulation' };
    trace.add(`${time.iso} ${name} asks ${service}`);
    const ask = (): Promise<unknown> => system.ask(service, token, (facade: never) => call(facade, meta)).catch((error: unknown) => error);
    let answer = await ask();
    // What nobody knows yet may still be on its way: it is asked again, as people do.
    for (let tries = 1; isEarly(answer) && tries <= PATIENCE; tries += 1) {
      await time.pause(tries * 1_000);
      answer = await ask();
    }
    // What is held is tried again on another day.
    if (isHeld(answer))
      this.later.push({ name, nights: this.night + 1, run: () => void this.carryOut(name, ms, { service, token }, call) });
    const said = answer instanceof Refused ? `is refused: ${answer.code}` : 'is answered';
    trace.add(`${time.iso} ${name} ${said}`);
    this.busy -= 1;
  }
}
