import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import { answerTo, type Answer, type Recorded } from './answers';

type Json = Readonly<Record<string, unknown>>;

const FOLDER = join(__dirname, 'answers');
const document = JSON.parse(readFileSync('services/console/web/src/api/openapi.json', 'utf8')) as Json;
type Responses = Readonly<Record<string, { readonly content?: Json }>>;
type Methods = Readonly<Record<string, { readonly responses?: Responses }>>;
const paths = document['paths'] as Readonly<Record<string, Methods>>;
const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema(document, 'api');

const patternOf = (path: string): RegExp => new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`);

/** The path as the document has it; one without ids before one with. */
const pathFor = (asked: string): string | undefined =>
  paths[asked] ? asked : Object.keys(paths).find((path) => patternOf(path).test(asked));

const pointer = (...names: readonly string[]): string =>
  `api#/${names.map((name) => encodeURIComponent(name.replace(/~/g, '~0').replace(/\//g, '~1'))).join('/')}`;

interface Described {
  /** Of the body; undefined where there is none. */
  readonly schema: string | undefined;
}

/** Of the body of this one of the responses. */
const schemaIn = (responses: Responses, name: string, place: readonly string[]): string | undefined => {
  const [type] = Object.keys(responses[name]?.content ?? {});
  return type && pointer(...place, 'responses', name, 'content', type, 'schema');
};

/** What the document says of an answer to this with this status; undefined where it has no such operation. */
const describedIn = ({ asked, status }: Answer): Described | undefined => {
  const [verb = '', address = ''] = asked.split(' ');
  const [method, path = ''] = [verb.toLowerCase(), pathFor(address.replace(/\?.*$/, ''))];
  const responses = paths[path]?.[method]?.responses;
  if (!responses) return undefined;
  return { schema: schemaIn(responses, String(status) in responses ? String(status) : 'default', ['paths', path, method]) };
};

/** What the document says against this answer, or undefined. */
const wrongWith = (answer: Answer): string | undefined => {
  const described = describedIn(answer);
  if (!described) return `${answer.asked}: no operation of the console`;
  if (described.schema === undefined) return answer.body === undefined ? undefined : `${answer.asked}: answers nothing`;
  const validate = ajv.getSchema(described.schema);
  if (!validate) throw new Error(`${answer.asked} has no schema.`);
  return validate(answer.body) ? undefined : `${answer.asked}: ${ajv.errorsText(validate.errors)}`;
};

/** A page asks for these itself, not by the document. */
const isOfDocument = ({ asked }: Answer): boolean => asked !== 'GET /stream';

const recordedIn = (file: string): Recorded => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Recorded;
const files = readdirSync(FOLDER);

describe('recorded answers', () => {
  it('are there of pages that are drawn, and of no others', () => {
    const drawn = new Set(readdirSync(join(__dirname, 'stored')).map((file) => file.replace(/-\w+\.png$/, '.json')));
    expect(files.filter((file) => !drawn.has(file))).toEqual([]);
  });

  it.each(files)('are as the services answer by their documents: %s', (file) => {
    const { answers } = recordedIn(file);
    expect(answers.length).toBeGreaterThan(2);
    expect(answers.filter(isOfDocument).flatMap((answer) => wrongWith(answer) ?? [])).toEqual([]);
  });

  it('are found wrong where a field has another type, or is asked for no more', () => {
    const [answer] = recordedIn('orders.json').answers.filter(({ asked }) => asked.startsWith('GET /orders?'));
    if (!answer) throw new Error('The list of orders is asked.');
    expect(wrongWith({ ...answer, body: { items: 'none', next: null } })).toContain('items');
    expect(wrongWith({ ...answer, asked: 'GET /orders-of-old' })).toContain('no operation');
  });
});

describe('an answer', () => {
  const answer = (asked: string): Answer => ({ asked, status: 200 });
  const recorded = (...asked: readonly string[]): Recorded => ({ at: '', path: '', answers: asked.map(answer) });

  it('is that to the same request, or to the only one of its path', () => {
    const both = recorded('GET /orders?status=placed', 'GET /orders?status=shipped', 'GET /stock?limit=50');
    expect(answerTo(both, 'GET /orders?status=shipped')).toEqual(answer('GET /orders?status=shipped'));
    expect(answerTo(both, 'GET /stock?limit=20')).toEqual(answer('GET /stock?limit=50'));
    expect(answerTo(both, 'GET /orders')).toBeUndefined();
    expect(answerTo(both, 'POST /stock')).toBeUndefined();
  });
});
