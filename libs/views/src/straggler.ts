import type { EventStore, Position, StoredEvent } from '@cartage/eventsourcing';
import type { Pool, PoolClient } from 'pg';
import { apply, batchOf } from './batch';
import { stepOver } from './checkpoints';
import { StreamStates } from './stream-states';
import type { Target } from './tables';

/** A table that has shown everything up to `position`. */
export interface Standing {
  readonly target: Target;
  readonly position: Position;
}

/** A table that is behind the others, or being made anew, with a follower of its own. */
export class Straggler {
  readonly target: Target;
  /** Ends its follower. */
  readonly own = new AbortController();
  private readonly states: StreamStates;
  private at: Position;

  constructor(
    private readonly needs: { readonly pool: Pool; readonly store: EventStore },
    { target, position }: Standing,
  ) {
    this.target = target;
    this.at = position;
    this.states = new StreamStates(needs.store);
  }

  get position(): Position {
    return this.at;
  }

  /** Writes these events, and stands at `to` then; `last` is done in the same transaction. */
  async advance(events: readonly StoredEvent[], to: Position, last?: (client: PoolClient) => Promise<void>): Promise<void> {
    const { target, states } = this;
    const batch = await batchOf({ states, targets: [target] }, events, { ...stepOver(this.at, events), to });
    await apply(this.needs.pool, [target], batch, last);
    this.at = to;
  }
}
