import type { Speech } from '../../words/words';
import type { FormKind } from './form-kind';
import { nearest, type Place } from './places';
import { amounts, namedAmounts, namesAt, vocabularyAt, type Vocabulary } from './vocabulary';

type Speaking = Pick<Speech, 'say' | 'name' | 'find' | 'money' | 'country' | 'count' | 'time'>;

/** `halfDistanceKm` in words that anybody can read: for a field that is new to the console. */
const readableField = (name: string): string =>
  name
    .replace(/(?<=[a-z\d])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .replace(/^./, (first) => first.toUpperCase());

/** What is said of the field at a place: of the one that stands in a certain part before the one that is called so anywhere. */
const wordAt = ({ find }: Speaking, topic: 'field' | 'help', kind: FormKind, place: Place): string | undefined => {
  const [around = '', name = ''] = ['', ...namesAt(place)].slice(-2);
  const ids = [`${kind}.${around}.${name}`, `${kind}.${name}`];
  const known = ids.find((id) => find(`rules.field.${id}`) !== undefined);
  return known === undefined ? undefined : find(`rules.${topic}.${known}`);
};

/** What the field at a place is called. */
export const fieldName = (speech: Speaking, kind: FormKind, place: Place): string =>
  wordAt(speech, 'field', kind, place) ?? readableField(namesAt(place).at(-1) ?? '');

export const fieldHelp = (speech: Speaking, kind: FormKind, place: Place): string | undefined => wordAt(speech, 'help', kind, place);

const named: Readonly<Partial<Record<Vocabulary, (speech: Speaking, code: string) => string>>> = {
  country: ({ country }, code) => country(code),
  'served-country': ({ country, say }, code) => (code === '*' ? say('rules.country.every') : country(code)),
  'location-kind': ({ find }, code) => find(`rules.place.${code}`) ?? code,
  place: ({ find }, code) => find(`rules.place.${code}`) ?? code,
  'carried-method': ({ find }, code) => find(`rules.method.${code}`) ?? code,
  instant: ({ time }, code) => (Number.isNaN(Date.parse(code)) ? code : time(code)),
  method: ({ find }, code) => find(`rules.method.${code}`) ?? code,
  'return-reason': ({ find }, code) => find(`queues.return-reason.${code}`) ?? code,
};

/** A code of a vocabulary as the reader calls it; what has no name is called by its code. */
export const codeName = (speech: Speaking, vocabulary: Vocabulary | undefined, code: string): string =>
  (vocabulary && named[vocabulary]?.(speech, code)) ?? code;

/** One of several in words: by the field that it stands in, or by the one under whose names it stands. */
export const choiceName = ({ find, name }: Speaking, kind: FormKind, place: Place, value: string): string => {
  const field = namesAt(place).findLast((each) => find(`rules.choice.${kind}.${each}.${value}`) !== undefined);
  return name(`rules.choice.${kind}.${field ?? ''}`, value);
};

/** Whether a number is an amount of money: by the field that it stands in, or by the one under whose names it stands. */
export const isAmount = (kind: FormKind, place: Place): boolean => {
  const [around = '', name = ''] = ['', ...namesAt(place)].slice(-2);
  return amounts[kind].has(name) || namedAmounts.has(`${kind}.${around}`);
};

const CURRENCY = /^[A-Z]{3}$/;

/** The currency that an amount at a place is in; nothing where nobody says it yet. */
export const currencyAt = (draft: unknown, place: Place): string | undefined => {
  const found = nearest(draft, place, 'currency');
  return typeof found === 'string' && CURRENCY.test(found) ? found : undefined;
};

/** Where a value stands: which draft it is of, and the whole of it, for the currency that stands around it. */
export interface Standing {
  readonly kind: FormKind;
  readonly place: Place;
  readonly draft: unknown;
}

const words: Readonly<Record<string, (speech: Speaking, standing: Standing, value: never) => string>> = {
  boolean: ({ say }, _, value: boolean) => say(value ? 'rules.form.yes' : 'rules.form.no'),
  number: ({ money, count }, { kind, place, draft }, value: number) => {
    const currency = isAmount(kind, place) ? currencyAt(draft, place) : undefined;
    return currency === undefined ? count(value) : money(value, currency);
  },
  string: (speech, { kind, place }, value: string) => {
    const isChoice = namesAt(place).some((name) => speech.find(`rules.choice.${kind}.${name}.${value}`) !== undefined);
    return isChoice ? choiceName(speech, kind, place, value) : codeName(speech, vocabularyAt(kind, place), value);
  },
};

/** What stands at a place in words; nothing where there is nothing. */
export const valueWords = (speech: Speaking, standing: Standing, value: unknown): string => {
  if (Array.isArray(value) && value.length > 0) return value.map((item) => valueWords(speech, standing, item)).join(', ');
  const said = value === '' ? undefined : words[typeof value];
  return said?.(speech, standing, value as never) ?? speech.say('rules.difference.nothing');
};

/** The way to a place in words: what of a list has its number. */
export const placeWords = (speech: Speaking, kind: FormKind, place: Place): string => {
  const words: string[] = [];
  for (const [at, part] of place.entries()) {
    if (typeof part === 'number') words.push(speech.say('rules.form.item', { field: words.pop() ?? '', number: part + 1 }).trim());
    else words.push(partName(speech, kind, place.slice(0, at), part));
  }
  return words.join(' › ');
};

const partName = (speech: Speaking, kind: FormKind, around: Place, part: string): string => {
  const known = wordAt(speech, 'field', kind, [...around, part]);
  if (known !== undefined) return known;
  const vocabulary = around.length === 0 ? undefined : vocabularyAt(kind, around);
  return vocabulary === undefined ? readableField(part) : codeName(speech, vocabulary, part);
};
