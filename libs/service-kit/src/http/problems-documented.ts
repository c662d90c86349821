import { integer, list, object, optional, text } from '@cartage/contracts';
import type { RefusalKind } from '@cartage/eventsourcing';
import { answerOf } from './answer';
import type { Refusals } from './answers';
import { Headers } from './headers';
import { statusOf, titles, type Problem } from './problem';

const fault = object({
  field: text('JSON path, such as `lines[2].quantity`, or the name of a parameter.'),
  code: text('Stable.'),
  message: text('For people.'),
});

export const problem = answerOf<Problem>()(
  'Problem',
  object(
    {
      type: text('URN of the code.'),
      title: text('Of this status, for people.'),
      status: integer('HTTP status.'),
      code: text('Stable; what programs look at.'),
      detail: text('What is wrong and what to do, for people.'),
      correlationId: text('Names the request in logs.'),
      errors: optional(list(fault, 'Each field that is wrong.')),
    },
    'Problem details (RFC 9457).',
  ),
);

/** As much of an operation as tells what it may refuse. */
export interface OperationInput {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  readonly requestBody?: unknown;
}

type Codes = Readonly<Record<number, readonly string[]>>;

const ofParameter: Readonly<Record<string, Codes>> = {
  [Headers.idempotencyKey]: { 422: ['IDEMPOTENCY_KEY_INVALID', 'IDEMPOTENCY_KEY_REUSED'], 503: ['TOO_CONTENDED', 'OVERLOADED', 'AWAY'] },
  [Headers.ifMatch]: { 412: ['VERSION_MISMATCH'], 422: ['IF_MATCH_INVALID'] },
  minPosition: { 412: ['VIEW_BEHIND'] },
  cursor: { 422: ['CURSOR_INVALID'] },
  preview: { 422: ['PREVIEW_UNSUPPORTED'] },
  asOf: { 422: ['AS_OF_INVALID'] },
};

const ofBody: Codes = { 400: ['BODY_EMPTY', 'BODY_MALFORMED'], 413: ['BODY_TOO_LARGE'], 415: ['MEDIA_TYPE_UNSUPPORTED'] };
const ofInput: Codes = { 422: ['REQUEST_INVALID', 'CARD_DATA_REFUSED', 'CHARACTER_REFUSED'] };

const named = (refusals: Refusals): Codes =>
  Object.fromEntries(Object.entries(refusals).map(([kind, codes]) => [statusOf[kind as RefusalKind], codes]));

const isKeyDemanded = ({ name, required }: { readonly name: string; readonly required?: boolean }): boolean =>
  name === Headers.idempotencyKey && required === true;

/** What the kit refuses by itself: it follows from what an operation takes. */
const ofKit = ({ parameters = [], requestBody }: OperationInput): readonly Codes[] => [
  ...(requestBody === undefined ? [] : [ofBody]),
  ...(requestBody === undefined && parameters.every((each) => each.in === 'header') ? [] : [ofInput]),
  ...(parameters.some(isKeyDemanded) ? [{ 422: ['IDEMPOTENCY_KEY_REQUIRED'] }] : []),
  ...parameters.map(({ name }) => ofParameter[name] ?? {}),
];

const response = (description: string) => ({ description, content: { 'application/problem+json': { schema: problem.json } } });

const byStatus = (all: readonly Codes[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>();
  for (const [status, codes] of all.flatMap((each) => Object.entries(each)))
    for (const code of codes) found.set(status, (found.get(status) ?? new Set()).add(code));
  return found;
};

const described = (status: string, codes: Iterable<string>): string =>
  `${titles[Number(status)]}: ${[...codes].map((code) => `\`${code}\``).join(', ')}.`;

/** The error responses of an operation: its own refusals with their codes, the kit's, and any other. */
export const problemsOf = (operation: OperationInput, refusals: Refusals): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries(
    [...byStatus([named(refusals), ...ofKit(operation)])].map(([status, codes]) => [status, response(described(status, codes))]),
  ),
  default: response('Any other problem.'),
});

const lettingIn: Codes = {
  401: ['TOKEN_MISSING', 'TOKEN_INVALID', 'TOKEN_EXPIRED', 'TOKEN_NOT_YET_VALID', 'TOKEN_AUDIENCE_WRONG', 'TOKEN_ISSUER_UNKNOWN'],
  403: ['SCOPE_MISSING', 'CHANNEL_BOUND', 'LOCATION_BOUND'],
};
const limiting: Codes = { 429: ['RATE_LIMIT_EXCEEDED'] };

/** What is refused at the door, where callers are checked, in a document that has the problem among its components. */
export const responsesOfGuard = (isPublic: boolean): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(isPublic ? limiting : { ...lettingIn, ...limiting }).map(([status, codes]) => [
      status,
      {
        description: described(status, codes),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
