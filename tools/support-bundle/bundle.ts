import { readFileSync } from 'node:fs';
import { messageOf, type EventMeta, type StoredEvent } from '@cartage/eventsourcing';
import { Trouble } from '../client/client';

export const FORMAT = 'cartage.support-bundle.1';

/** An event as the bundle holds it: masked, and otherwise as it was stored. */
export interface BundledEvent {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly version: number;
  readonly recordedAt: string;
  readonly meta: EventMeta;
  readonly data: unknown;
}

export interface BundledStream {
  readonly stream: string;
  readonly events: readonly BundledEvent[];
  /** As it stood, folded by the program that made the bundle. */
  readonly state: unknown;
}

/** What of one service belongs to the order. */
export interface BundledService {
  readonly log: 'postgres' | 'kurrentdb';
  readonly migrations: readonly string[];
  /** Aggregates that are about this order only, whole. */
  readonly streams: readonly BundledStream[];
  /** What concerns it of others, such as the movements of a SKU. */
  readonly others: readonly BundledEvent[];
  readonly deadLetters: readonly unknown[];
  readonly deadlines: readonly unknown[];
  /** By the table in which they wait. */
  readonly parked: Readonly<Record<string, readonly unknown[]>>;
}

export interface Bundle {
  readonly format: typeof FORMAT;
  readonly madeAt: string;
  readonly order: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, string>>;
  /** What the sealed boxes hold, by their names; empty without the master key. */
  readonly people: readonly unknown[];
  /** How many names stand for something that is not told, by kind. */
  readonly masked: Readonly<Record<string, number>>;
  readonly services: Readonly<Record<string, BundledService>>;
  /** What is not in it, and why. */
  readonly lacking: readonly string[];
}

export const bundledEvent = ({ id, type, stream, version, recordedAt, meta, data }: StoredEvent): BundledEvent => ({
  ...{ id, type, stream, version, recordedAt, meta, data },
});

const inMaps = (_: string, value: unknown): unknown => {
  if (value instanceof Map)
    return Object.fromEntries([...(value as ReadonlyMap<unknown, unknown>)].map(([key, part]) => [String(key), part]));
  return value instanceof Set ? [...(value as ReadonlySet<unknown>)] : value;
};

/** As JSON has it; maps as objects, sets as lists. */
export const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null, inMaps)) as unknown;

const isBundle = (value: unknown): value is Bundle =>
  typeof value === 'object' && value !== null && (value as Partial<Bundle>).format === FORMAT && 'services' in value;

export const readBundle = (file: string): Bundle => {
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Trouble(`${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
  if (isBundle(read)) return read;
  throw new Trouble(`${file} is no support bundle that this version can read; it would say "format": "${FORMAT}".`);
};
