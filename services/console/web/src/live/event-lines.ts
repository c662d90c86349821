import type { News } from './gathering';

/** A server-sent event, as far as the console looks at it. */
export interface SentEvent {
  readonly id?: string;
  readonly event: string;
  readonly data: string;
}

const fieldsOf = (block: string): SentEvent | undefined => {
  const lines = block.split('\n').map((line) => /^([^:]*):? ?(.*)$/.exec(line)?.slice(1) ?? []);
  const valuesOf = (field: string): readonly string[] => lines.flatMap(([name, value = '']) => (name === field ? [value] : []));
  const [data, id] = [valuesOf('data'), valuesOf('id').at(-1)];
  if (data.length === 0 && id === undefined) return undefined;
  return { event: valuesOf('event').at(-1) ?? 'message', data: data.join('\n'), ...(id === undefined ? {} : { id }) };
};

/** Reads a stream of server-sent events piece by piece; pieces end anywhere. A token can travel in a header so, which `EventSource` does not let it. */
export const eventLines = (): ((piece: string) => readonly SentEvent[]) => {
  let rest = '';
  return (piece) => {
    const blocks = (rest + piece.replace(/\r\n?/g, '\n')).split('\n\n');
    rest = blocks.pop() ?? '';
    return blocks.flatMap((block) => fieldsOf(block) ?? []);
  };
};

const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** What an event is news of: an order, and who told it. */
export const newsIn = ({ data }: SentEvent): News => {
  try {
    const { orderid, topic } = (data === '' ? {} : JSON.parse(data)) as { readonly orderid?: unknown; readonly topic?: unknown };
    const [order, of] = [textIn(orderid), textIn(topic)];
    return { ...(order === undefined ? {} : { orderId: order }), ...(of === undefined ? {} : { topic: of }) };
  } catch {
    // Not for us: whatever it says, it names neither.
    return {};
  }
};
