import type { Schemas } from '../api/client';
import { textIn } from '../frame/address-text';

export type Question = Schemas['ReportingQuestions']['items'][number];

/** What may narrow an answer beside its days; which of these a question knows, it says itself. */
export const filters = ['channel', 'country', 'currency', 'sku', 'location', 'carrier', 'service', 'reason'] as const;
export type Filter = (typeof filters)[number];

/** What of a question is looked at, as it stands in the address. */
export interface QuestionAddress extends Readonly<Partial<Record<Filter, string>>> {
  /** UTC days, both included. */
  readonly from?: string;
  readonly to?: string;
  readonly measure?: string;
  readonly by?: string;
  /** Beside the period before. */
  readonly compare?: true;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const LONGEST = 100;

const textOf = (value: unknown): string | undefined => textIn(value, LONGEST)?.trim();

const dayOf = (value: unknown): string | undefined =>
  typeof value === 'string' && DAY.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;

/** Reads an address that anybody may have written. */
export const readQuestionAddress = (search: Readonly<Record<string, unknown>>): QuestionAddress => {
  const days = (['from', 'to'] as const).map((name) => [name, dayOf(search[name])] as const);
  const texts = (['measure', 'by', ...filters] as const).map((name) => [name, textOf(search[name])] as const);
  const given = [...days, ...texts].filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), ...(search['compare'] === true ? { compare: true as const } : {}) };
};

export type ChangeQuestion = (part: { readonly [Name in keyof QuestionAddress]: QuestionAddress[Name] | undefined }) => void;

type Narrowed = Readonly<Partial<Record<Filter | 'from' | 'to', string>>>;

/** What the service is asked for: of what stands in the address, that which the question knows. */
export const narrowedBy = (address: QuestionAddress, { parameters }: Pick<Question, 'parameters'>): Narrowed =>
  Object.fromEntries(
    (['from', 'to', ...filters] as const).flatMap((name) => {
      const value = address[name];
      return value !== undefined && parameters.includes(name) ? [[name, value] as const] : [];
    }),
  );

const DAY_MS = 86_400_000;
const shifted = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** The last so many days, today included. */
export const lastDays = (days: number, now: Date): { readonly from: string; readonly to: string } => {
  const to = now.toISOString().slice(0, 10);
  return { from: shifted(to, 1 - days), to };
};

interface Period {
  readonly from: string;
  readonly to: string;
}

/** As many days, right before. Whole months are compared with as many whole months before them. */
export const periodBefore = ({ from, to }: Period): Period => {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
  const months = wholeMonths({ from, to });
  if (months === undefined) return { from: shifted(from, -days), to: shifted(from, -1) };
  const start = new Date(from);
  start.setUTCMonth(start.getUTCMonth() - months);
  return { from: start.toISOString().slice(0, 10), to: shifted(from, -1) };
};

const wholeMonths = ({ from, to }: Period): number | undefined => {
  const [start, end] = [new Date(from), new Date(shifted(to, 1))];
  if (start.getUTCDate() !== 1 || end.getUTCDate() !== 1) return undefined;
  return (end.getUTCFullYear() - start.getUTCFullYear()) * 12 + end.getUTCMonth() - start.getUTCMonth();
};
