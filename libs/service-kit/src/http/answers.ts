import type { RefusalKind } from '@cartage/eventsourcing';
import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiExtension, ApiResponse, type ApiResponseSchemaHost } from '@nestjs/swagger';
import type { Answer } from './answer';
import { Headers } from './headers';

const told = {
  [Headers.etag]: 'The version that the answer shows, such as `"3"`: the `If-Match` of a request that speaks of it.',
  [Headers.position]: 'Where the log stands after it: the `minPosition` of a read that must see it.',
  [Headers.repeated]: '`true` when the same request had been done before and nothing changed; absent otherwise.',
  [Headers.next]: 'The `cursor` of the next part; absent on the last.',
  [Headers.heardUntil]:
    'When the newest event was recorded that every table of the answer shows, of the topic that was heard longest ago; absent where nothing was heard of one.',
  [Headers.location]: 'Where the thing that was made can be read.',
} as const;

export type AnswerHeader = keyof typeof told;

/** What `answered` sets. */
export const commandHeaders: readonly AnswerHeader[] = [Headers.etag, Headers.position, Headers.repeated];

/** The domain's own refusals, by kind; those of the kit are told without being named here. */
export type Refusals = { readonly [Kind in RefusalKind]?: readonly string[] };

export interface AnswersOptions {
  readonly headers?: readonly AnswerHeader[];
  readonly refuses?: Refusals;
}

/** Where the document finds an operation's refusals; taken out before anybody sees it. */
export const REFUSES = 'x-refuses';

type Handler<Value> = (...given: never[]) => Value | Promise<Value>;
type AnswersDecorator<Value> = <Each extends Handler<Value>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<Each>,
) => void;

const meaning: Readonly<Record<number, string>> = { 200: 'Done, or shown.', 201: 'Made.', 202: 'Taken.' };

const headersOf = (headers: readonly AnswerHeader[]): NonNullable<ApiResponseSchemaHost['headers']> =>
  Object.fromEntries(headers.map((name) => [name, { description: told[name], schema: { type: 'string' } }]));

/**
 * On a handler: the status and the body of its answer, in the document and in fact. A handler that returns anything else does not compile.
 * Of several statuses the first is the usual one; the handler sets the others itself.
 */
export const Answers = <Value>(
  status: number | readonly number[],
  { json }: Answer<Value>,
  { headers = [], refuses = {} }: AnswersOptions = {},
): AnswersDecorator<Value> => {
  const statuses = typeof status === 'number' ? [status] : status;
  const response = { schema: json as ApiResponseSchemaHost['schema'], headers: headersOf(headers) };
  return applyDecorators(
    HttpCode(statuses[0] ?? 200),
    ApiExtension(REFUSES, refuses),
    ...statuses.map((each) => ApiResponse({ ...response, status: each, description: meaning[each] ?? 'Done.' })),
  );
};
