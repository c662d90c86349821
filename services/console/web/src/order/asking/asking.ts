import { bodyOf, type Api, type Schemas } from '../../api/client';

export type Action = Schemas['OrderDesk']['actions'][number];
export type Preview = Schemas['Preview'];

export const askedKinds = ['cancel', 'hold', 'release', 'edit', 'redirect', 'resolve-shortage'] as const;
export type AskedKind = (typeof askedKinds)[number];

export const shortageChoices = ['wait', 'split', 'substitute', 'cancel'] as const;
export type ShortageChoice = (typeof shortageChoices)[number];

export type ShipTo = Schemas['ShipToDto'];

/** What somebody decided who asks for something. */
export interface Decision {
  readonly reason: string;
  /** Absent: the whole order. */
  readonly lines?: readonly string[] | undefined;
  /** Units that lines are to have, where they are to have others; 0: the line goes. */
  readonly quantities?: Readonly<Record<string, number>>;
  readonly shipTo?: ShipTo;
  readonly choice?: ShortageChoice;
  /** The SKU that stands in. */
  readonly substitute?: string;
}

/** In earnest, or only to see what it would do. The same key for the same decision: sent twice, it is done once. */
export interface Sending {
  readonly preview: boolean;
  readonly key: string;
}

/** Something that the console can ask of an order. */
export interface Asking {
  readonly kind: AskedKind;
  /** Where it is asked: one of a kind is known from another by it. */
  readonly path: string;
  readonly reasons: readonly string[];
  /** Lines for which it can be asked alone. */
  readonly lines: readonly string[];
  /** Whether everything is decided that has to be. */
  isDecided(decision: Decision): boolean;
  send(api: Api, orderId: string, decision: Decision, sending: Sending): Promise<unknown>;
}

const paramsOf = (orderId: string, { preview, key }: Sending) => ({
  path: { orderId },
  query: preview ? { preview: true } : {},
  header: { 'Idempotency-Key': key },
});

const lineIds = (lines: readonly string[] | undefined): { readonly lines?: { lineId: string }[] } =>
  lines === undefined ? {} : { lines: lines.map((lineId) => ({ lineId })) };

type Sent = Pick<Asking, 'reasons' | 'send'> & Partial<Pick<Asking, 'isDecided'>>;

/** What can be asked of any order, known by nothing but its id. */
export const askedOfAny: Readonly<Record<'cancel' | 'hold', Sent>> = {
  cancel: {
    reasons: ['changed-mind', 'ordered-twice', 'wrong-address', 'fraud', 'other'],
    send: (api, orderId, { reason, lines }, sending) =>
      bodyOf(
        api.POST('/orders/{orderId}/cancellations', {
          params: paramsOf(orderId, sending),
          body: { reason: { code: reason }, by: 'operator', ...lineIds(lines) },
        }),
      ),
  },
  hold: {
    reasons: ['looked-into', 'customer-asked', 'wrong-address', 'fraud', 'other'],
    send: (api, orderId, { reason, lines }, sending) =>
      bodyOf(
        api.POST('/orders/{orderId}/holds', {
          params: paramsOf(orderId, sending),
          body: { type: 'operator', reason: { code: reason }, by: 'operator', ...lineIds(lines) },
        }),
      ),
  },
};

export const releaseOf = (holdId: string): Sent => ({
  reasons: [],
  send: (api, orderId, _, sending) => {
    const { path: order, ...params } = paramsOf(orderId, sending);
    return bodyOf(api.POST('/orders/{orderId}/holds/{holdId}/release', { params: { ...params, path: { ...order, holdId } }, body: {} }));
  },
});

const why = ({ reason }: Decision) => ({ reason: { code: reason }, by: 'operator' as const });

const edit: Sent = {
  reasons: ['customer-asked', 'changed-mind', 'other'],
  isDecided: ({ quantities = {} }) => Object.keys(quantities).length > 0,
  send: (api, orderId, decision, sending) => {
    const units = Object.entries(decision.quantities ?? {});
    const change = units.flatMap(([lineId, quantity]) => (quantity > 0 ? [{ lineId, quantity }] : []));
    const remove = units.flatMap(([lineId, quantity]) => (quantity > 0 ? [] : [lineId]));
    const body = { ...why(decision), ...(change.length > 0 ? { change } : {}), ...(remove.length > 0 ? { remove } : {}) };
    return bodyOf(api.POST('/orders/{orderId}/edits', { params: paramsOf(orderId, sending), body }));
  },
};

const redirect: Sent = {
  reasons: ['customer-asked', 'wrong-address', 'other'],
  isDecided: ({ shipTo }) => shipTo !== undefined && shipTo.lines.length > 0 && shipTo.city !== '' && shipTo.country !== '',
  send: (api, orderId, decision, sending) => {
    const body = { ...why(decision), shipTo: decision.shipTo ?? { lines: [], city: '', country: '' } };
    return bodyOf(api.POST('/orders/{orderId}/destination', { params: paramsOf(orderId, sending), body }));
  },
};

const shortageOf = (lineId: string): Sent => ({
  reasons: ['customer-asked', 'other'],
  isDecided: ({ choice, substitute = '' }) => choice !== undefined && (choice !== 'substitute' || substitute.trim() !== ''),
  send: (api, orderId, decision, sending) => {
    const { path: order, ...params } = paramsOf(orderId, sending);
    const { choice = 'wait', substitute = '' } = decision;
    const body = { ...why(decision), choice, ...(choice === 'substitute' ? { substitute: { sku: substitute.trim() } } : {}) };
    return bodyOf(api.POST('/orders/{orderId}/shortages/{lineId}', { params: { ...params, path: { ...order, lineId } }, body }));
  },
});

/** What stands in a path between two of its words, or at its end. */
const idIn = (path: string, pattern: RegExp): string => decodeURIComponent(pattern.exec(path)?.[1] ?? '');

const kinds: Readonly<Record<AskedKind, (action: Action) => Sent>> = {
  cancel: () => askedOfAny.cancel,
  hold: () => askedOfAny.hold,
  release: ({ path }) => releaseOf(idIn(path, /\/holds\/([^/]+)\/release$/)),
  edit: () => edit,
  redirect: () => redirect,
  'resolve-shortage': ({ path }) => shortageOf(idIn(path, /\/shortages\/([^/]+)$/)),
};

const isKind = (action: string): action is AskedKind => action in kinds;

const linesDecided = ({ lines }: Decision): boolean => lines === undefined || lines.length > 0;

/** How an action is asked for; nothing where the console cannot. */
export const askingOf = (action: Action): Asking | undefined =>
  isKind(action.action)
    ? { kind: action.action, path: action.path, lines: action.lines ?? [], isDecided: linesDecided, ...kinds[action.action](action) }
    : undefined;

/** The line that a shortage is of. */
export const shortLineOf = ({ path }: Pick<Asking, 'path'>): string => idIn(path, /\/shortages\/([^/]+)$/);
