import { ALL, nodesOf, type Lane, type Level } from './lane';

interface Effect {
  seen: number;
  mean: number;
}

/** What was learned, the level that was met longest ago first. */
export type TypicalState = readonly (readonly [key: string, seen: number, mean: number])[];

/** So many are remembered: what was met longest ago is forgotten first. A lane is a few hundred bytes. */
const MOST_KEYS = 50_000;

/**
 * So many deliveries of a level count as much as the supposition that it is as the level above says, and so many it remembers: later ones weigh as much as one of so
 * many, so that a lane that has changed is believed. A weekday must show more: orders of one day are often one order in several parcels, and say one thing together.
 */
const usual = { doubt: 30, memory: 50 };
const trustOf = (level: Level): typeof usual => {
  if (level === 'all') return { doubt: 0, memory: 400 };
  return level === 'weekday' ? { doubt: 1000, memory: 1000 } : usual;
};

/** Days on a scale on which to take twice as long is as much as to take half as long. */
export const scaled = (days: number): number => Math.log1p(Math.max(0, days));
export const unscaled = (value: number): number => Math.expm1(Math.max(0, value));

/**
 * What a lane typically takes: what all take, and what service, weekday, origin, destination and the lane itself add to it, each shrunk towards nothing by how
 * little was seen of it (an additive model with shrinkage; Robinson 1991 on such estimates). What was never seen adds nothing, and so leans on what stands above it.
 */
export class TypicalTimes {
  private readonly effects: Map<string, Effect>;

  constructor(state: TypicalState = []) {
    this.effects = new Map(state.map(([key, seen, mean]) => [key, { seen, mean }]));
  }

  get state(): TypicalState {
    return [...this.effects].map(([key, { seen, mean }]) => [key, seen, mean]);
  }

  /** On the scale. */
  of(lane: Lane): number {
    return nodesOf(lane).reduce((sum, { level, key }) => sum + this.said(level, key), 0);
  }

  /** The narrowest level of this lane of which anything was seen, and how much. */
  knownOf(lane: Lane): { readonly level: Level | 'nothing'; readonly deliveries: number } {
    const known = nodesOf(lane).findLast(({ key }) => this.effects.has(key));
    return known === undefined
      ? { level: 'nothing', deliveries: 0 }
      : { level: known.level, deliveries: this.effects.get(known.key)?.seen ?? 0 };
  }

  /** Deliveries that were learned from. */
  get seen(): number {
    return this.effects.get(ALL)?.seen ?? 0;
  }

  learn(lane: Lane, value: number): void {
    let left = value;
    for (const { level, key } of nodesOf(lane)) {
      const effect = this.effects.get(key) ?? { seen: 0, mean: 0 };
      effect.seen += 1;
      effect.mean += (left - effect.mean) / Math.min(effect.seen, trustOf(level).memory);
      this.effects.delete(key);
      this.effects.set(key, effect);
      left -= this.said(level, key);
    }
    for (const oldest of this.effects.keys()) {
      if (this.effects.size <= MOST_KEYS) return;
      this.effects.delete(oldest);
    }
  }

  private said(level: Level, key: string): number {
    const { seen, mean } = this.effects.get(key) ?? { seen: 0, mean: 0 };
    const { doubt, memory } = trustOf(level);
    const weight = Math.min(seen, memory);
    return seen === 0 ? 0 : (mean * weight) / (weight + doubt);
  }
}
