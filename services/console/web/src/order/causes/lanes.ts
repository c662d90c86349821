import type { Schemas } from '../../api/client';

type Graph = Pick<Schemas['CausalGraph'], 'events' | 'edges'>;
export type TracedEvent = Graph['events'][number];

/** An event in the drawing: its row, the lane of its service, and the rows of what caused it. */
export interface Placed {
  readonly event: TracedEvent;
  readonly row: number;
  readonly lane: number;
  readonly causes: readonly number[];
}

export interface Lanes {
  /** In the order in which they first did something. */
  readonly services: readonly string[];
  readonly placed: readonly Placed[];
}

const byEffect = (edges: Graph['edges']): ReadonlyMap<string, readonly string[]> => {
  const causes = new Map<string, string[]>();
  for (const { cause, effect } of edges) causes.set(effect, [...(causes.get(effect) ?? []), cause]);
  return causes;
};

/** Events in the order of time, each in the lane of its service. Causes that are not among them are left out: they are told by words. */
export const lanesOf = ({ events, edges }: Graph): Lanes => {
  const services = [...new Set(events.map(({ service }) => service))];
  const rows = new Map(events.map(({ eventId }, row) => [eventId, row]));
  const causesOf = byEffect(edges);
  const placed = events.map((event, row) => ({
    event,
    row,
    lane: services.indexOf(event.service),
    causes: (causesOf.get(event.eventId) ?? []).flatMap((cause) => rows.get(cause) ?? []).toSorted((a, b) => a - b),
  }));
  return { services, placed };
};

/** Everything that led to an event, and everything that followed from it, by their rows; itself too. */
export const kinOf = ({ placed }: Lanes, row: number): ReadonlySet<number> => {
  const led = new Set([row]);
  // Causes stand above their effects, so one way up finds them all.
  for (const each of placed.toReversed()) if (led.has(each.row)) each.causes.forEach((cause) => led.add(cause));
  const followed = new Set([row]);
  for (const each of placed) if (each.causes.some((cause) => followed.has(cause))) followed.add(each.row);
  return new Set([...led, ...followed]);
};
