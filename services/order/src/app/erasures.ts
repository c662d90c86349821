import type { PersonErased } from '@cartage/contracts';
import { Refused, type Deadlines, type Meta, type OnDue, type Position, type Send } from '@cartage/eventsourcing';
import type { Kit, KnownOfPerson, PersonAsked, PersonNames } from '@cartage/service-kit';
import {
  answererOf,
  erasureStream,
  missingIn,
  requireErasure,
  type Erasure,
  type ErasureAnswerType,
  type ErasureCommand,
  type ErasureEvent,
  type ErasureState,
} from '../domain/erasure';
import type { CustomerAsked } from './customers';
import { present } from '../domain/present';
import { guestOf } from './guests';
import { certificateHash, certificateOf, type ErasureCertificate } from './erasure-certificate';
import type { FindPerson, FoundPerson } from './person-search';
import type { ReadOrder } from './reading';
import { returnsHeard } from './returns-heard';

export interface ErasuresNeeds {
  readonly send: Send<ErasureCommand, ErasureState, ErasureEvent>;
  readonly load: (stream: string) => Promise<{ readonly state: ErasureState }>;
  readonly find: FindPerson;
  /** The newest erasure of one of these orders, or of the customer. */
  readonly earlier: (person: Pick<FoundPerson, 'orders' | 'customers'>) => Promise<string | undefined>;
  readonly read: ReadOrder;
  readonly people: Pick<Kit['people'], 'keysOf'>;
  readonly persons: Kit['persons'];
  readonly deadlines: Pick<Deadlines, 'set'>;
  readonly now: () => Date;
  readonly idFor: (...parts: readonly string[]) => string;
  /** How long services may take to answer, and how often it is looked whether orders are still under way. */
  readonly hours: { readonly answer: number; readonly lookAgain: number };
}

export interface ErasureAsked extends CustomerAsked {
  readonly whenOpen?: 'refuse' | 'wait' | undefined;
  readonly reason?: string | undefined;
}

export interface ErasureDone {
  readonly certificate: ErasureCertificate;
  readonly version: number;
  readonly position: Position;
  readonly repeated: boolean;
}

/** All that is known of a person, with the names under which it is kept. */
export interface PersonExport extends KnownOfPerson, Pick<FoundPerson, 'orders' | 'customers'> {
  readonly exportedAt: string;
}

const LOOK_AGAIN = 'ErasureLookAgain';
const OVERDUE = 'ErasureOverdue';
const HOUR = 3_600_000;

const returnEnds: ReadonlySet<string> = new Set(['declined', 'cancelled', 'expired', 'closed']);

const requireKnown = ({ orders, keys }: Pick<PersonAsked, 'orders' | 'keys'>): void => {
  if (orders.length === 0 && keys.length === 0) throw new Refused('PERSON_UNKNOWN', 'Nothing is known here of such a person.', 'unknown');
};

const peopleOf = ({ orders, customers }: Pick<FoundPerson, 'orders' | 'customers'>): readonly string[] => [
  ...customers,
  ...orders.map(guestOf),
];

/** Finds what is known of people, and has it forgotten. */
export class Erasures {
  constructor(private readonly needs: ErasuresNeeds) {}

  async export(asked: CustomerAsked): Promise<PersonExport> {
    const { find, persons, now } = this.needs;
    const person = await this.withKeys(await find(asked));
    requireKnown(person);
    const known = await persons(await this.asked(person));
    return { ...{ orders: person.orders, customers: person.customers, exportedAt: now().toISOString() }, ...known };
  }

  /** Whoever asks again is answered as before: by the same request, and for a person who is being, or was, forgotten. */
  async erase({ whenOpen, reason, ...asked }: ErasureAsked, meta: Meta): Promise<ErasureDone> {
    const erasureId = this.needs.idFor('erasure', meta.commandId);
    const before = (await this.needs.load(erasureStream(erasureId))).state;
    const given = { erasureId, by: meta.actor, wait: whenOpen === 'wait', ...present({ reason }) };
    if (before) return this.request({ ...given, orders: before.orders, customers: before.customers, keys: [], open: [] }, meta);
    const person = await this.withKeys(await this.needs.find(asked));
    const known = await this.earlierOf(person);
    if (known) return this.answerAgain(known, meta);
    requireKnown(person);
    const { underWay, ...names } = person;
    return this.request({ ...given, ...names, open: await this.openOf(names.orders, underWay) }, meta);
  }

  async show(erasureId: string): Promise<ErasureCertificate> {
    return certificateOf(requireErasure(erasureId, (await this.needs.load(erasureStream(erasureId))).state));
  }

  /** A service has forgotten the person; with the last of them it is over. */
  async hear(type: ErasureAnswerType, { erasureId, ...answer }: PersonErased, meta: Meta): Promise<void> {
    const { send, idFor } = this.needs;
    const stream = erasureStream(erasureId);
    const data = { erasureId, service: answererOf(type), ...answer };
    const { current } = await send(stream, { type: 'RecordAnswer', data }, meta);
    const state = requireErasure(erasureId, current);
    if (missingIn(state).length > 0) return;
    const now = this.at();
    const complete = { type: 'CompleteErasure', data: { erasureId, hash: certificateHash(state, now), now } } as const;
    await send(stream, complete, { ...meta, commandId: idFor('complete-erasure', meta.commandId) });
  }

  readonly onDue: OnDue = async ({ name, data, dueAt }, meta) => {
    const { erasureId } = data as { readonly erasureId: string };
    if (name === LOOK_AGAIN) return this.lookAgain(erasureId, meta);
    const now = this.at() > dueAt ? this.at() : dueAt;
    return this.needs.send(erasureStream(erasureId), { type: 'NoticeOverdue', data: { erasureId, now } }, meta);
  };

  /** What was ordered meanwhile under the customer id is of the same person. */
  private async lookAgain(erasureId: string, meta: Meta): Promise<unknown> {
    const { state } = await this.needs.load(erasureStream(erasureId));
    if (state?.status !== 'waiting') return undefined;
    const { by, customers, reason } = state;
    const { orders, underWay } = await this.nowOf(state);
    const { keys } = await this.withKeys({ orders, customers });
    const names = { erasureId, by, customers, orders, keys, wait: true, ...present({ reason }) };
    return this.request({ ...names, open: await this.openOf(orders, underWay) }, meta);
  }

  private async nowOf({ orders, customers: [customerId] }: Erasure): Promise<Pick<FoundPerson, 'orders' | 'underWay'>> {
    if (customerId === undefined) return { orders, underWay: await this.underWayOf(orders) };
    const found = await this.needs.find({ customerId });
    return { orders: [...new Set([...orders, ...found.orders])], underWay: found.underWay };
  }

  /** One that is not over, or after which nothing of the person came. */
  private async earlierOf(person: PersonNames): Promise<ErasureState> {
    const erasureId = await this.needs.earlier(person);
    if (erasureId === undefined) return undefined;
    const { state } = await this.needs.load(erasureStream(erasureId));
    return state && (state.status !== 'erased' || person.keys.length === 0) ? state : undefined;
  }

  private async request(
    asked: Omit<Extract<ErasureCommand, { readonly type: 'RequestErasure' }>['data'], 'now' | 'answerBy'>,
    meta: Meta,
  ): Promise<ErasureDone> {
    const { send, hours } = this.needs;
    const { erasureId, open } = asked;
    const now = this.at();
    const answerBy = this.hoursFromNow(hours.answer);
    // Before it: what waits without a deadline would be forgotten, and a deadline of nothing does nothing.
    if (open.length > 0) await this.remind(LOOK_AGAIN, erasureId, this.hoursFromNow(hours.lookAgain));
    else await this.remind(OVERDUE, erasureId, answerBy);
    const done = await send(erasureStream(erasureId), { type: 'RequestErasure', data: { ...asked, answerBy, now } }, meta);
    return { ...done, certificate: certificateOf(requireErasure(erasureId, done.state)) };
  }

  /** Nothing is written: it stands as it stood. */
  private async answerAgain(state: Erasure, meta: Meta): Promise<ErasureDone> {
    const { erasureId, orders, customers, by, open } = state;
    return this.request({ erasureId, orders, customers, by, keys: [], open, wait: true }, meta);
  }

  private async withKeys<Names extends Pick<FoundPerson, 'orders' | 'customers'>>(names: Names) {
    return { ...names, keys: await this.needs.people.keysOf(peopleOf(names)) };
  }

  /** Goods that are on their way, in either direction. */
  private async openOf(orders: readonly string[], underWay: readonly string[]): Promise<readonly string[]> {
    const others = orders.filter((orderId) => !underWay.includes(orderId));
    const returning = await Promise.all(
      others.map(async (orderId) => returnsHeard((await this.needs.read(orderId)).events).some(({ status }) => !returnEnds.has(status))),
    );
    return [...underWay, ...others.filter((_, i) => returning[i])];
  }

  private async underWayOf(orders: readonly string[]): Promise<readonly string[]> {
    const read = await Promise.all(orders.map((orderId) => this.needs.read(orderId)));
    return read.filter(({ order }) => !order.ended).map(({ order }) => order.placed.orderId);
  }

  private async asked(person: Omit<PersonAsked, 'correlations'>): Promise<PersonAsked> {
    const { orders, customers, keys } = person;
    const read = await Promise.all(orders.map((orderId) => this.needs.read(orderId)));
    const correlations = [...new Set(read.flatMap(({ events }) => events.map(({ meta }) => meta.correlationId)))];
    return { orders, customers, keys, correlations };
  }

  private remind(name: string, erasureId: string, dueAt: string): Promise<void> {
    return this.needs.deadlines.set({
      id: `erasure-${erasureId}-${name}-${dueAt}`,
      ...{ stream: erasureStream(erasureId), name, dueAt, data: { erasureId } },
    });
  }

  private at(): string {
    return this.needs.now().toISOString();
  }

  private hoursFromNow(hours: number): string {
    return new Date(this.needs.now().getTime() + hours * HOUR).toISOString();
  }
}
