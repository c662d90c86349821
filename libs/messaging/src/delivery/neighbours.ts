/** A group, as those beside it see it. */
export interface Neighbour {
  /** Another group has taken something of this key: it may be what an event of this group was too early for. */
  arrived(key: string): void;
}

/**
 * The groups of one service in this process. Topics are heard apart, so what one of them is too early for is often what another one takes a moment later; it is told so, and
 * need not find out by trying. What other processes take nobody here is told of: for that there are the pauses.
 */
export class Neighbours {
  private readonly groups = new Set<Neighbour>();

  join(group: Neighbour): void {
    this.groups.add(group);
  }

  leave(group: Neighbour): void {
    this.groups.delete(group);
  }

  /** This group has taken something of the key. */
  taken(key: string, by: Neighbour): void {
    for (const group of this.groups) if (group !== by) group.arrived(key);
  }
}
