import type { Difference, DifferenceKind } from '../../domain/channel-differences';
import type { Booked } from './books';

/** Why both sides disagree, as far as can be seen: something that is on its way, something that one of them refused, books that may not have all of it yet. */
export const differenceCauses = ['update-waiting', 'update-refused', 'message-refused', 'books-late', 'unexplained'] as const;
export type DifferenceCause = (typeof differenceCauses)[number];

/** `gone`: both sides agreed when they were compared last; `closed`: a person lets it stand. */
export const differenceStatuses = ['open', 'gone', 'closed'] as const;
export type DifferenceStatus = (typeof differenceStatuses)[number];

export const differenceActions = ['tell-again', 'take-theirs', 'close'] as const;
export type DifferenceAction = (typeof differenceActions)[number];

/** What can be done about each; anything can be closed. */
export const actionsOf: { readonly [Kind in DifferenceKind]: readonly DifferenceAction[] } = {
  'missing-here': ['take-theirs', 'close'],
  'unknown-there': ['close'],
  'cancelled-there': ['take-theirs', 'close'],
  'cancelled-here': ['tell-again', 'close'],
  'shipped-here': ['tell-again', 'close'],
  'shipped-there': ['close'],
  quantity: ['tell-again', 'take-theirs', 'close'],
  refunded: ['tell-again', 'take-theirs', 'close'],
  charged: ['close'],
  currency: ['close'],
};

/** What was found, and why. */
export interface FoundDifference extends Difference {
  readonly differenceId: string;
  readonly cause: DifferenceCause;
  /** The update or message that is the cause, and what was said of it. */
  readonly detail: string;
}

export interface ChannelDifference extends Omit<FoundDifference, 'currency' | 'currencyThere'> {
  readonly channel: string;
  readonly externalOrderId: string;
  readonly orderId: string | null;
  readonly currency: string | null;
  readonly currencyThere: string | null;
  readonly status: DifferenceStatus;
  /** When it was found first. */
  readonly since: string;
  readonly seenAt: string;
  /** What somebody has done about it last; whether it helped the next comparison shows. */
  readonly action: DifferenceAction | null;
  readonly reason: string | null;
  readonly by: string | null;
}

export interface DifferencesQuery {
  readonly channel: string;
  readonly status: DifferenceStatus | undefined;
  readonly kind: DifferenceKind | undefined;
  readonly cause: DifferenceCause | undefined;
  readonly after: readonly [since: string, differenceId: string] | undefined;
  readonly limit: number;
}

/** What went to and fro about an order. */
export interface OrderTraffic {
  /** Minor units that the channel was told to give back, or gave. */
  readonly refunded: number;
  /** When it was told so last, of its own accord apart. */
  readonly refundedAt: string | null;
  /** Minor units that went back by its books; null: they had nothing of it. */
  readonly booked: number | null;
  /** The oldest update that it has not been told yet. */
  readonly waiting: { readonly updateId: string; readonly since: string } | null;
  readonly refused: { readonly updateId: string; readonly code: string } | null;
  readonly message: { readonly messageId: string; readonly code: string } | null;
}

export interface OrderOf {
  readonly channel: string;
  readonly externalOrderId: string;
  readonly orderId: string | null;
}

/** What both sides disagree about, in rows. */
export interface DifferenceTable {
  /** Of each of these orders, by its number there; of one that nothing is known of, too. */
  traffic(channel: string, externalOrderIds: readonly string[]): Promise<ReadonlyMap<string, OrderTraffic>>;
  /** All that is found of an order now, of these kinds or of all: what is not among it is gone. One that a person closed stays so, as long as it is the same. */
  note(
    of: OrderOf,
    found: readonly FoundDifference[],
    noting: { readonly at: string; readonly kinds?: readonly DifferenceKind[] },
  ): Promise<void>;
  /** Books only grow: those with fewer entries are older, and change nothing. */
  keepBooks(of: Pick<OrderOf, 'channel' | 'externalOrderId'>, booked: Booked): Promise<void>;
  list(query: DifferencesQuery): Promise<readonly ChannelDifference[]>;
  find(channel: string, differenceId: string): Promise<ChannelDifference | undefined>;
  /** Somebody has done something about it. */
  act(
    differenceId: string,
    done: { readonly action: DifferenceAction; readonly by: string; readonly reason?: string; readonly at: string },
  ): Promise<void>;
  /**
   * Orders that may disagree though the channel has not changed them: of open differences, and of updates that were refused or have waited since before then; of a channel that
   * keeps books, of refunds that it was told before `bookedBefore` and that stand in none.
   */
  suspects(
    channel: string,
    before: { readonly before: string; readonly bookedBefore?: string | undefined },
    limit: number,
  ): Promise<readonly string[]>;
  /** Our orders of a channel that came in this time: their numbers there, by ours. */
  placed(
    channel: string,
    between: readonly [since: string, until: string],
  ): Promise<readonly { readonly orderId: string; readonly externalOrderId: string }[]>;
  /** Updates of these kinds that were told, or refused, are told again. Answers how many. */
  tellAgain(of: OrderOf, kinds: readonly string[], at: string): Promise<number>;
}
