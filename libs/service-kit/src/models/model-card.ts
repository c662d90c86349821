import { decimal, integer, list, named, nullable, object, oneOf, text } from '@cartage/contracts';
import { answerOf } from '../http/answer';

/** What a running model is, in the form that `npm run evaluate` writes of one that is judged on a file: what it was learned from, how well it foretells, and what it must not be used for. */
export interface ModelCard {
  readonly name: string;
  readonly title: string;
  readonly method: string;
  /** Of the method. */
  readonly version: string;
  /** The event of the log up to which the model in use was learned; empty before there is one. */
  readonly model: string;
  readonly standing: 'decides' | 'shadow' | 'off';
  readonly data: {
    readonly about: string;
    readonly from: string | null;
    readonly to: string | null;
    readonly learnedFrom: number;
    readonly counts: Readonly<Record<string, number>>;
  };
  readonly error: readonly { readonly measure: string; readonly value: number; readonly baseline: number | null }[];
  readonly drift: readonly { readonly period: string; readonly decisions: number; readonly foretold: number; readonly happened: number }[];
  readonly madeOf: readonly { readonly name: string; readonly about: string; readonly weight: number }[];
  readonly notes: readonly string[];
  readonly notFor: readonly string[];
}

export const modelCardAnswer = answerOf<ModelCard>()(
  'ModelCard',
  object({
    name: text(),
    title: text(),
    method: text('How it is learned.'),
    version: text('Of the method.'),
    model: text('The event of the log up to which the model in use was learned; empty before there is one.'),
    standing: oneOf(['decides', 'shadow', 'off'], 'Whether the policy in force lets it decide; in shadow it only stands in records.'),
    data: object(
      {
        about: text(),
        from: nullable(text('The first day; null before anything is known.')),
        to: nullable(text('The last day.')),
        learnedFrom: integer('So many outcomes.'),
        counts: named(integer(), 'Of them.'),
      },
      'What it was learned from.',
    ),
    error: list(
      object({ measure: text(), value: decimal(), baseline: nullable(decimal('The same of the plain way; null where it has none.')) }),
      'Of what was foretold when it was decided, against what then happened.',
    ),
    drift: list(
      object({ period: text(), decisions: integer(), foretold: decimal('On average.'), happened: decimal('On average.') }),
      'Month by month: where the two part, it does not hold any more.',
    ),
    madeOf: list(
      object({ name: text(), about: text(), weight: decimal('Of a usual difference in it, on what is foretold.') }),
      'What it looks at, where that can be said.',
    ),
    notes: list(text()),
    notFor: list(text(), 'What it must not be used for.'),
  }),
);
