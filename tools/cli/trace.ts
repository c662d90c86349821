import { askCartage } from '../client/client';
import type { Done } from '../client/program';
import { asJson, asked, askingUsage, theOne } from './asking';

export const usage = `Usage: cartage trace <orderId>
${askingUsage}`;

interface Traced {
  readonly service: string;
  readonly eventId: string;
  readonly type: string;
  readonly recordedAt: string;
  readonly actor: string;
  readonly rules: readonly string[];
  readonly causationId?: string;
}

interface Graph {
  readonly events: readonly Traced[];
  readonly missing: readonly string[];
  readonly truncated?: boolean;
}

/** A fact stands in the log that decided it, and by the same id of its cause where it was heard: the one that another event names is its parent, if it is shown at all. */
const depthsOf = (events: readonly Traced[]): ReadonlyMap<Traced, number> => {
  const depths = new Map<Traced, number>();
  const byId = new Map<string, Traced>();
  for (const event of events) {
    const cause = event.causationId === undefined ? undefined : byId.get(event.causationId);
    depths.set(event, cause === undefined ? 0 : (depths.get(cause) ?? 0) + 1);
    byId.set(event.eventId, event);
  }
  return depths;
};

const linesOf = ({ events, missing, truncated = false }: Graph): readonly string[] => {
  const depths = depthsOf(events);
  return [
    ...events.map((event) => {
      const { service, type, recordedAt, actor, rules } = event;
      const by = rules.length === 0 ? actor : `${actor}, by ${rules.join(', ')}`;
      return `${recordedAt}  ${service.padEnd(20)}  ${'  '.repeat(Math.min(depths.get(event) ?? 0, 12))}${type}  (${by})`;
    }),
    ...(missing.length === 0 ? [] : [`Not all of it: ${missing.join(', ')} could not be asked. Is SERVICE_URLS set, and do they run?`]),
    ...(truncated ? ['There is more: each service told the first thousand.'] : []),
  ];
};

export const run = async (args: readonly string[]): Promise<Done> => {
  const { at, json, words } = asked(args, [], usage);
  const graph = await askCartage(at, ['GET', `/orders/${theOne(words, 'an order by its id', usage)}/audit`]);
  // An answer that is no refusal is what the API says it is.
  const shown = graph as object as Graph;
  return { text: json ? asJson(graph) : linesOf(shown).join('\n'), code: shown.missing.length === 0 ? 0 : 1 };
};
