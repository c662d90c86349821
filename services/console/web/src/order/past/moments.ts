import type { TracedEvent } from '../causes/lanes';

/** A time at which an order became another, and by what. */
export interface Moment {
  readonly at: string;
  readonly type: string;
}

/** Times at which the order's own events were recorded, from the oldest on, each once: of what was recorded at the same time, the last. */
export const momentsOf = (events: readonly Pick<TracedEvent, 'service' | 'recordedAt' | 'type'>[]): readonly Moment[] => {
  const own = events.filter(({ service }) => service === 'order');
  return [...new Map(own.map(({ recordedAt, type }) => [recordedAt, { at: recordedAt, type }])).values()];
};

const LONGEST = 80;

/** A value of a field in a line of text. */
export const writtenValue = (value: unknown): string => {
  if (value === undefined || value === null) return '–';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
};
