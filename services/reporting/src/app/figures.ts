import { Refused } from '@cartage/eventsourcing';
import { groupsOf, measuresOf, type Question } from '../domain/questions/question';
import type { Narrowing } from './questions';

/** What is added up, and by what it is told apart. */
export interface FiguresAsked extends Omit<Narrowing, 'limit' | 'after'> {
  readonly measure: string;
  readonly by?: string | undefined;
}

/** So much of it, at that time. */
export interface Figure {
  /** The UTC day, or the first of the month; null in answers without a time. */
  readonly at: string | null;
  /** Null: it has none, or it is not told apart. */
  readonly group: string | null;
  /** Null where it is no money. */
  readonly currency: string | null;
  readonly value: number;
}

export interface Figures {
  readonly figures: readonly Figure[];
  /** Groups that are too small to be among them. */
  readonly left: number;
}

export type ReadFigures = (question: Question, asked: FiguresAsked) => Promise<Figures>;

const refusal = (field: 'measure' | 'by', given: string, known: readonly string[], { name }: Question): Refused => {
  const choices = known.length > 0 ? `one of ${known.join(', ')}` : 'left out: nothing of it can be';
  const message = `${given} is not one of ${name} that can be ${field === 'measure' ? 'added up' : 'told apart'}. It must be ${choices}.`;
  return new Refused('PARAMETER_REFUSED', `Query ${field}: ${message}`, 'invalid', [{ field, code: 'PARAMETER_REFUSED', message }]);
};

/** Only what can be added up is: no share, no median, nothing that is counted in several rows. */
export const requireAddable = (question: Question, { measure, by }: Pick<FiguresAsked, 'measure' | 'by'>): void => {
  const [measures, groups] = [measuresOf(question), groupsOf(question)];
  if (!measures.includes(measure)) throw refusal('measure', measure, measures, question);
  if (by !== undefined && !groups.includes(by)) throw refusal('by', by, groups, question);
};
