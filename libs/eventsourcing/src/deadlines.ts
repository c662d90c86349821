/** "At this time, tell that stream this." */
export interface Deadline {
  /** Names it for ever, such as `payment-<orderId>-authorize`: set again, it changes nothing. */
  readonly id: string;
  /** Who is to be told. */
  readonly stream: string;
  /** What is to be told, such as `AuthorizationOverdue`. */
  readonly name: string;
  /** ISO 8601 UTC. */
  readonly dueAt: string;
  /** What is told with it; JSON. */
  readonly data: unknown;
  /** What it belongs to; passed on to what follows from it. */
  readonly correlationId?: string;
}

/**
 * Every wait has a deadline. Set and cancelled where an event is heard, a service's own too: what was heard is heard again after a crash, and so no
 * deadline is lost between an append and this.
 */
export interface Deadlines {
  /** Idempotent by id, also after it was told or cancelled: to move one, cancel it and set another. */
  set(deadline: Deadline): Promise<void>;
  /** It is not told any more, unless somebody is being told right now. */
  cancel(id: string): Promise<void>;
}

/** A deadline that somebody took to tell. */
export interface DueDeadline extends Deadline {
  /** How often it was taken, this time included. */
  readonly tries: number;
}

export interface Taking {
  readonly now: Date;
  /** Nobody else takes them before then; whoever died with them in hand is overtaken. */
  readonly until: Date;
  readonly limit: number;
}

export const deadlineStates = ['overdue', 'upcoming'] as const;
export type DeadlineState = (typeof deadlineStates)[number];

/** A deadline that is neither told nor cancelled, as people look at it. */
export interface WaitingDeadline extends Omit<Deadline, 'data'> {
  /** How often somebody took it to tell it. */
  readonly tries: number;
  /** When it is taken next; later than it is due where it could not be told, or where somebody has it in hand. */
  readonly nextAt: string;
}

/** Which deadlines somebody wants to see; whatever is left out is no condition. */
export interface DeadlineListing {
  readonly now: Date;
  /** Overdue is what is due by now, upcoming what is not. */
  readonly state?: DeadlineState | undefined;
  readonly name?: string | undefined;
  readonly stream?: string | undefined;
  /** Those behind this one. */
  readonly after?: readonly [dueAt: string, id: string] | undefined;
  readonly limit: number;
}

/** Where deadlines are kept; any number of processes take from it. Every adapter passes `deadlinesContract` of the test kit. */
export interface DeadlineQueue extends Deadlines {
  /** Takes those that are due and that nobody has in hand, the earliest first. */
  take(taking: Taking): Promise<readonly DueDeadline[]>;
  /** They are told, and never taken again. */
  settle(ids: readonly string[]): Promise<void>;
  /** It could not be told; it is due again then. */
  postpone(id: string, until: Date): Promise<void>;
  /** Those that wait, in the order in which they are due. */
  list(listing: DeadlineListing): Promise<readonly WaitingDeadline[]>;
  /** When the next one can be taken. */
  nextAt(): Promise<Date | undefined>;
  /** Ends when one was set in this process since `heard`, or when told to. */
  news(heard: number, signal: AbortSignal): Promise<unknown>;
  /** How often one was set in this process. */
  heard(): number;
}
