import type { PolicyEvent } from '@cartage/contracts';
import type { Translation } from '@cartage/eventsourcing';
import type { PromiseTermsEvent } from './policies';

/** What the world hears of what promises are made from: which revision holds. What it says, and who set it, stays here. */
export const publishedPromiseTerms: Translation<PromiseTermsEvent, PolicyEvent> = {
  PromisePolicyChanged: ({ type, data: { code, revision, terms, changedAt } }) => ({
    type,
    data: { code, revision, active: terms.active, changedAt },
  }),
  PromiseCalendarChanged: ({ type, data: { code, revision, changedAt } }) => ({ type, data: { code, revision, changedAt } }),
};
