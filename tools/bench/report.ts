import type { Accepted } from './accept';
import type { Appends } from './appends';
import type { Lifecycles } from './lifecycles';
import type { Limits } from './limits';

export interface Idle {
  readonly coldStartMs: number;
  readonly warmStartMs: number;
  readonly nodeRssMb: number;
  /** Share of one core that all processes used while nothing happened. */
  readonly idleCores: number;
}

/** Everything that one run measured. */
export interface Report {
  readonly machine: object;
  readonly limits: Limits;
  readonly appends: Appends;
  readonly bareRoute: Accepted;
  readonly accept: Accepted;
  readonly lifecycles: Lifecycles;
  readonly idle: Idle;
}
