import { choicesOf, useLocations } from '../../locations/useLocations';
import { useSpeech, type Speech } from '../../words/words';
import drafts from './drafts.json';
import { codeName } from './naming';
import { suggested, type Vocabulary } from './vocabulary';

type Option = readonly [code: string, name: string];

export interface Offer {
  readonly options: readonly Option[];
  /** There are no others: one of them is chosen, and nothing else is written. */
  readonly isClosed: boolean;
}

const EVERY = '*';
/** How carrier policies call what is sent back to us. */
const COMES_BACK = 'return';

const named = (speech: Speech, vocabulary: Vocabulary, codes: readonly string[]): readonly Option[] =>
  codes.map((code): Option => [code, codeName(speech, vocabulary, code)]);

const byName = (options: readonly Option[], locale: string): readonly Option[] => {
  const { compare } = new Intl.Collator(locale);
  return options.toSorted(([, a], [, b]) => compare(a, b));
};

const countries = (speech: Speech): readonly Option[] => byName(named(speech, 'country', drafts.codes.country), speech.locale);
const kinds = (speech: Speech): readonly Option[] => named(speech, 'location-kind', drafts.codes['location-kind']);

const closed: Readonly<Partial<Record<Vocabulary, (speech: Speech) => readonly Option[]>>> = {
  country: countries,
  'served-country': (speech) => [...named(speech, 'served-country', [EVERY]), ...countries(speech)],
  currency: () => drafts.codes.currency.map((code): Option => [code, code]),
  method: (speech) => named(speech, 'method', drafts.codes.method),
  'carried-method': (speech) => named(speech, 'carried-method', [...drafts.codes.method, COMES_BACK]),
  'time-zone': () => ['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone): Option => [zone, zone]),
};

type Places = readonly Option[];

const open: Readonly<Partial<Record<Vocabulary, (speech: Speech, places: Places) => readonly Option[]>>> = {
  location: (_, places) => places,
  'location-kind': kinds,
  place: (speech, places) => [...kinds(speech), ...places],
  rejection: (speech) => named(speech, 'rejection', suggested.rejection),
  signal: (speech) => named(speech, 'signal', drafts.codes.signal),
  'return-reason': (speech) => named(speech, 'return-reason', suggested['return-reason']),
};

/** What is offered where a field wants a code: what there is, as the reader calls it. Nothing where only who fills it in can know. */
export const useVocabulary = (vocabulary: Vocabulary | undefined): Offer | undefined => {
  const speech = useSpeech();
  const { data } = useLocations();
  if (vocabulary === undefined) return undefined;
  const all = closed[vocabulary]?.(speech);
  if (all) return { options: all, isClosed: true };
  const some = open[vocabulary]?.(speech, choicesOf(data));
  return some && { options: some, isClosed: false };
};
