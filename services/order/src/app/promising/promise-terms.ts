import { Refused, type Handled, type Meta, type Position, type Reading, type Send } from '@cartage/eventsourcing';
import type { AnyView } from '@cartage/views';
import {
  calendarStream,
  policyStream,
  unknownCalendar,
  type CalendarTerms,
  type PromiseCalendar,
  type PromiseCalendarChanged,
  type PromisePolicy,
  type PromisePolicyChanged,
  type PromiseTermsSold,
} from '../../domain/promising/policies';
import type { DeliveryPromise, PromiseSale } from '../../domain/promising/promise-book';
import type { Revise, Revision, Revisions } from '../../domain/promising/revising';
import { promiseCalendars, promisePolicies } from '../views/promise-terms';
import type { PromiseShelf } from './promise-shelf';

interface Aggregate<Terms, Event extends { readonly type: string; readonly data: Revision<Terms> }> {
  readonly send: Send<Revise<Terms>, Revisions<Terms>, Event>;
  readonly reading: Reading<Revisions<Terms>, Event>;
}

/** The newest revision of each, in the order of their codes. */
export type ListRevisions<Terms> = (query: {
  readonly after: string | undefined;
  readonly limit: number;
}) => Promise<readonly Revision<Terms>[]>;

export interface PromiseTermsNeeds {
  readonly policies: Aggregate<PromiseTermsSold, PromisePolicyChanged>;
  readonly calendars: Aggregate<CalendarTerms, PromiseCalendarChanged>;
  readonly list: { readonly policies: ListRevisions<PromiseTermsSold>; readonly calendars: ListRevisions<CalendarTerms> };
  readonly shelf: PromiseShelf;
  readonly viewReached: (view: AnyView, position: Position) => Promise<void>;
  readonly now: () => Date;
}

export interface Revised<Terms> extends Pick<Handled<unknown, never>, 'version' | 'position' | 'repeated'> {
  readonly shown: Revision<Terms>;
}

interface Change<Terms> {
  readonly code: string;
  readonly terms: Terms;
  readonly ifRevision: number | undefined;
}

interface ListQuery {
  readonly after: string | undefined;
  readonly limit: number;
  readonly minPosition?: Position | undefined;
}

export interface Quote {
  readonly at: string;
  /** Nothing: nothing is promised of orders that are sold so. */
  readonly promise?: DeliveryPromise;
}

const unknownRevision = (code: string, revision: number | undefined): Refused =>
  revision === undefined
    ? new Refused('PROMISE_TERMS_UNKNOWN', `There is no ${code}: it was never set.`, 'unknown')
    : new Refused('PROMISE_TERMS_UNKNOWN', `${code} has no revision ${revision}.`, 'unknown');

const pick = <Terms>(revisions: Revisions<Terms>, code: string, revision?: number): Revision<Terms> => {
  const found = revision === undefined ? revisions.at(-1) : revisions.find((each) => each.revision === revision);
  if (!found) throw unknownRevision(code, revision);
  return found;
};

/** What promises are made from, as data, and what they come to. */
export class PromiseTermsDesk {
  constructor(private readonly needs: PromiseTermsNeeds) {}

  async changePolicy(change: Change<PromiseTermsSold>, meta: Meta): Promise<Revised<PromiseTermsSold>> {
    await this.requireCalendars(change.terms);
    const revised = await this.change(this.needs.policies.send, policyStream(change.code), change, meta);
    if (!meta.preview) this.needs.shelf.policyChanged(revised.shown);
    return revised;
  }

  async changeCalendar(change: Change<CalendarTerms>, meta: Meta): Promise<Revised<CalendarTerms>> {
    const revised = await this.change(this.needs.calendars.send, calendarStream(change.code), change, meta);
    if (!meta.preview) this.needs.shelf.calendarChanged(revised.shown);
    return revised;
  }

  async policy(code: string, revision?: number): Promise<PromisePolicy> {
    return pick((await this.needs.policies.reading.load(policyStream(code))).state, code, revision);
  }

  async calendar(code: string, revision?: number): Promise<PromiseCalendar> {
    return pick((await this.needs.calendars.reading.load(calendarStream(code))).state, code, revision);
  }

  async policies({ minPosition, ...query }: ListQuery): Promise<readonly PromisePolicy[]> {
    if (minPosition !== undefined) await this.needs.viewReached(promisePolicies, minPosition);
    return this.needs.list.policies(query);
  }

  async calendars({ minPosition, ...query }: ListQuery): Promise<readonly PromiseCalendar[]> {
    if (minPosition !== undefined) await this.needs.viewReached(promiseCalendars, minPosition);
    return this.needs.list.calendars(query);
  }

  async quote(sale: PromiseSale, asked?: string): Promise<Quote> {
    const at = asked ?? this.needs.now().toISOString();
    const book = await this.needs.shelf.current();
    const policy = book.policyFor(sale);
    const promise = policy && book.promise(policy, sale, { at });
    return { at, ...(promise ? { promise } : {}) };
  }

  private async change<Terms, Event extends { readonly type: string; readonly data: Revision<Terms> }>(
    send: Aggregate<Terms, Event>['send'],
    stream: string,
    { code, terms, ifRevision }: Change<Terms>,
    meta: Meta,
  ): Promise<Revised<Terms>> {
    const data = { code, terms, ifRevision, by: meta.actor, now: this.needs.now().toISOString() };
    const { state, position, repeated } = await send(stream, { type: 'Revise', data }, meta);
    const shown = pick(state, code);
    return { shown, version: shown.revision, position, repeated };
  }

  private async requireCalendars({ calendar, carrierCalendar }: PromiseTermsSold): Promise<void> {
    const book = await this.needs.shelf.current();
    for (const [field, code] of Object.entries({ calendar, carrierCalendar }))
      if (code !== undefined && !book.hasCalendar(code)) unknownCalendar(field, code);
  }
}
