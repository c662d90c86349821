import { bodyOf, type Api, type Schemas } from '../../api/client';

export type Action = Schemas['OrderDesk']['actions'][number];
export type Preview = Schemas['Preview'];

export type AskedKind = 'cancel' | 'hold' | 'release';

/** What somebody decided who asks for something. */
export interface Decision {
  readonly reason: string;
  /** Absent: the whole order. */
  readonly lines?: readonly string[] | undefined;
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
  send(api: Api, orderId: string, decision: Decision, sending: Sending): Promise<unknown>;
}

const paramsOf = (orderId: string, { preview, key }: Sending) => ({
  path: { orderId },
  query: preview ? { preview: true } : {},
  header: { 'Idempotency-Key': key },
});

const lineIds = (lines: readonly string[] | undefined): { readonly lines?: { lineId: string }[] } =>
  lines === undefined ? {} : { lines: lines.map((lineId) => ({ lineId })) };

type Sent = Pick<Asking, 'reasons' | 'send'>;

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

const kinds: Readonly<Record<AskedKind, (action: Action) => Sent>> = {
  cancel: () => askedOfAny.cancel,
  hold: () => askedOfAny.hold,
  release: ({ path }) => releaseOf(/\/holds\/([^/]+)\/release$/.exec(path)?.[1] ?? ''),
};

const isKind = (action: string): action is AskedKind => action in kinds;

/** How an action is asked for; nothing where the console cannot. */
export const askingOf = (action: Action): Asking | undefined =>
  isKind(action.action)
    ? { kind: action.action, path: action.path, lines: action.lines ?? [], ...kinds[action.action](action) }
    : undefined;
