/** What of an OpenAPI document a client is made of. */
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

export interface JsonSchema {
  readonly [keyword: string]: unknown;
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

interface Contents {
  readonly [mediaType: string]: { readonly schema?: JsonSchema };
}

interface DocumentedParameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: JsonSchema;
}

export interface DocumentedOperation {
  readonly operationId: string;
  readonly summary?: string;
  readonly parameters?: readonly DocumentedParameter[];
  readonly requestBody?: { readonly content: Contents };
  readonly responses: Readonly<Record<string, { readonly content?: Contents }>>;
}

export type Plain = 'text' | 'id' | 'time' | 'integer' | 'number' | 'truth' | 'texts';

export interface Parameter {
  readonly name: string;
  readonly type: Plain;
  /** Where it is one of these. */
  readonly choices?: readonly string[];
  readonly required: boolean;
}

/** A model by its name; fields of any kind; or bytes of one of these media types. */
export type Content = { readonly model: string } | { readonly fields: 'json' | 'form' } | { readonly media: readonly string[] };

/** One command or question. */
export interface Operation {
  /** What it belongs to, and what it does: `Orders`, `place`. */
  readonly group: string;
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly inPath: readonly Parameter[];
  readonly inQuery: readonly Parameter[];
  readonly body?: Content;
  readonly answer: Content;
  /** Takes an `Idempotency-Key`, an `If-Match`. */
  readonly isKeyed: boolean;
  readonly isConditional: boolean;
  /** Can be previewed, and answers then with what it would do. */
  readonly isPreviewed: boolean;
}

const PREVIEW = 'Preview';

export const modelOf = ({ $ref, allOf }: JsonSchema): string | undefined => $ref?.split('/').at(-1) ?? (allOf?.[0] && modelOf(allOf[0]));

const plainTypes: Readonly<Record<string, Plain>> = { integer: 'integer', number: 'number', boolean: 'truth', array: 'texts' };

const formats: Readonly<Record<string, Plain>> = { uuid: 'id', 'date-time': 'time' };

const plainOf = ({ type, format }: JsonSchema): Plain => {
  const named = typeof type === 'string' ? plainTypes[type] : undefined;
  return named ?? (typeof format === 'string' ? formats[format] : undefined) ?? 'text';
};

const choicesIn = ({ type, enum: choices }: JsonSchema): readonly string[] | undefined =>
  type === 'string' ? choices?.map(String) : undefined;

const parameterOf = ({ name, required = false, schema = {} }: DocumentedParameter): Parameter => {
  const choices = choicesIn(schema);
  return { name, required, type: plainOf(schema), ...(choices ? { choices } : {}) };
};

const parametersIn = ({ parameters = [] }: DocumentedOperation, where: string): readonly DocumentedParameter[] =>
  parameters.filter((parameter) => parameter.in === where);

const contentOf = (content: Contents): Content => {
  const media = Object.keys(content);
  const schema = content['application/json']?.schema;
  if (schema) return { model: modelOf(schema) ?? '' };
  return media.includes('application/x-www-form-urlencoded') ? { fields: 'form' } : { media };
};

const bodyOf = ({ requestBody }: DocumentedOperation): Content | undefined => {
  if (!requestBody) return undefined;
  const content = contentOf(requestBody.content);
  return 'model' in content && content.model === '' ? { fields: 'json' } : content;
};

const answersOf = ({ responses }: DocumentedOperation): readonly Contents[] =>
  Object.entries(responses).flatMap(([status, { content }]) => (/^[23]/.test(status) && content ? [content] : []));

const modelsIn = (answers: readonly Contents[]): readonly string[] =>
  answers
    .map((content) => content['application/json']?.schema ?? {})
    .flatMap((schema: JsonSchema): readonly JsonSchema[] => schema.anyOf ?? [schema])
    .flatMap((schema) => modelOf(schema) ?? []);

const answerOf = (operation: DocumentedOperation): Content => {
  const answers = answersOf(operation);
  const [model, ...others] = new Set(modelsIn(answers).filter((name) => name !== PREVIEW));
  if (others.length > 0) throw new Error(`${operation.operationId} answers with ${[model, ...others].join(' or ')}: a client cannot tell.`);
  return model === undefined ? { media: answers.flatMap((content) => Object.keys(content)) } : { model };
};

const operationOf = (method: string, path: string, documented: DocumentedOperation): Operation => {
  const [controller = '', name = ''] = documented.operationId.split('_');
  const headers = new Set(parametersIn(documented, 'header').map((header) => header.name));
  const isPreviewed = modelsIn(answersOf(documented)).includes(PREVIEW);
  const body = bodyOf(documented);
  return {
    ...{ group: controller.replace(/Controller$/, ''), name, method: method.toUpperCase(), path, isPreviewed },
    summary: documented.summary ?? documented.operationId,
    inPath: parametersIn(documented, 'path').map(parameterOf),
    inQuery: parametersIn(documented, 'query')
      .filter((parameter) => !(isPreviewed && parameter.name === 'preview'))
      .map(parameterOf),
    ...(body === undefined ? {} : { body }),
    answer: answerOf(documented),
    isKeyed: headers.has('Idempotency-Key'),
    isConditional: headers.has('If-Match'),
  };
};

/** All commands and questions, by what they belong to. */
export const operationsOf = ({ paths }: Document): ReadonlyMap<string, readonly Operation[]> => {
  const groups = new Map<string, Operation[]>();
  for (const [path, methods] of Object.entries(paths))
    for (const [method, documented] of Object.entries(methods)) {
      const operation = operationOf(method, path, documented);
      groups.set(operation.group, [...(groups.get(operation.group) ?? []), operation]);
    }
  return new Map([...groups].toSorted(([one], [other]) => one.localeCompare(other)));
};

/** As Python has names: `minPosition` is `min_position`. */
export const snake = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z\d]+/g, '_')
    .toLowerCase();
