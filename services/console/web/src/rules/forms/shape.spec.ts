import arabic from '../../words/ar/rule-fields.json';
import german from '../../words/de/rule-fields.json';
import english from '../../words/en/rule-fields.json';
import { ruleKinds } from '../kinds/kinds';
import { blankOf, draftShape, offeredOf, shapeIn, type Field, type Shape } from './shape';
import drafts from './drafts.json';
import { formKinds, type FormKind } from './form-kind';
import { vocabularies } from './vocabulary';

const all: Readonly<Record<string, Readonly<Record<string, string>>>> = { en: english, de: german, ar: arabic };

/** Every shape in a shape, with the name of the field that it is in. */
const within = (shape: Shape, name: string): readonly (readonly [name: string, shape: Shape])[] => {
  if (shape.kind === 'group') return [[name, shape], ...shape.fields.flatMap((field) => within(field.shape, field.name))];
  if (shape.kind === 'list' || shape.kind === 'names') return [[name, shape], ...within(shape.of, name)];
  return [[name, shape]];
};
const fieldsOf = (kind: FormKind): readonly (readonly [name: string, shape: Shape])[] =>
  draftShape(kind).flatMap((field) => within(field.shape, field.name));

/** Names of fields as the document has them, found without the forms. */
const named = (text: string): readonly string[] => {
  const found = new Set<string>();
  JSON.parse(text, (name, value: unknown) => {
    if (name === 'properties') Object.keys(value as object).forEach((each) => found.add(each));
    return value;
  });
  return [...found];
};

describe.each(formKinds)('the form of a draft of %s', (kind) => {
  it('has a control of its own for every field', () => expect(fieldsOf(kind).filter(([, shape]) => shape.kind === 'json')).toEqual([]));

  it.each(Object.keys(all))('calls every field and choice in words: %s', (language) => {
    const words = all[language] ?? {};
    const wanted = fieldsOf(kind).flatMap(([name, shape]) => [
      `rules.field.${kind}.${name}`,
      ...(shape.kind === 'choice' ? shape.options.map((option) => `rules.choice.${kind}.${name}.${option}`) : []),
    ]);
    expect(wanted.filter((id) => words[id] === undefined)).toEqual([]);
  });

  it('offers vocabularies for fields that there are, and for no others', () => {
    const names = new Set(fieldsOf(kind).map(([name]) => name));
    const offered = Object.keys(vocabularies[kind]).flatMap((each) => each.split('.'));
    expect(offered.filter((name) => !names.has(name))).toEqual([]);
  });
});

it('no field of any schema is missing in the forms, but what is asked for beside the draft', () => {
  const shown = new Set(formKinds.flatMap((kind) => fieldsOf(kind).map(([name]) => name)));
  expect(
    named(JSON.stringify(drafts.schemas)).filter((name) => !shown.has(name) && !['note', 'version', 'from', 'to', 'rules'].includes(name)),
  ).toEqual([]);
});

it('the words of a message are what its draft has', () =>
  expect([...ruleKinds.templates.parts].sort()).toEqual(
    draftShape('templates')
      .map(({ name }) => name)
      .sort(),
  ));

describe('a schema', () => {
  const schemas = { Inner: { type: 'object', properties: { at: { type: 'integer', minimum: 1 } }, required: ['at'] } };

  it('of which nobody knows more is written as JSON', () => {
    expect(shapeIn({ type: 'object' }, {})).toEqual({ kind: 'json' });
    expect(shapeIn({}, {})).toEqual({ kind: 'json' });
  });

  it('is followed to what it names', () =>
    expect(shapeIn({ allOf: [{ $ref: '#/components/schemas/Inner' }] }, schemas)).toEqual({
      kind: 'group',
      fields: [{ name: 'at', isRequired: true, shape: { kind: 'number', isWhole: true, least: 1 } }],
    }));

  it('begins with what has to be there, and leaves numbers to whoever fills it in', () => {
    const list: Shape = { kind: 'list', least: 1, most: 9, of: shapeIn({ $ref: '#/components/schemas/Inner' }, schemas) };
    expect(blankOf(list)).toEqual([{}]);
    expect(blankOf({ kind: 'choice', options: ['a', 'b'] })).toBe('a');
  });
});

describe('what nobody has to say', () => {
  const text: Shape = { kind: 'text', longest: 9 };
  const list: Shape = { kind: 'list', of: text, least: 0, most: 9 };
  const field = (name: string, shape: Shape, isRequired = false): Field => ({ name, shape, isRequired });
  const offered = (fields: readonly Field[], value: unknown): readonly string[] => offeredOf(fields, value).map(({ name }) => name);

  it('is offered where it has parts, until it is there', () => {
    const fields = [field('a', text), field('b', list), field('c', list, true)];
    expect(offered(fields, {})).toEqual(['b']);
    expect(offered(fields, { b: [] })).toEqual([]);
  });

  it('is offered whatever it is where many fields could be said and none has to', () =>
    expect(offered([field('a', text), field('b', text), field('c', text), field('d', text)], { b: 'x' })).toEqual(['a', 'c', 'd']));
});
