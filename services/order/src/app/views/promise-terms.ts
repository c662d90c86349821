import { put, type View } from '@cartage/views';
import type { PromiseCalendarChanged, PromisePolicyChanged } from '../../domain/promising/policies';
import type { Revision } from '../../domain/promising/revising';

const columns = {
  code: { type: 'text collate "C" not null', about: 'Its code; stable.' },
  revision: { type: 'integer not null', about: '1, 2, 3 …; the highest is in force.' },
  terms: { type: 'jsonb not null', about: 'What was set.' },
  changed_by: { type: 'text not null', about: 'Who set it.' },
  changed_at: { type: 'timestamptz not null', about: 'When (UTC).' },
};

const row = ({ data: { code, revision, terms, by, changedAt } }: { readonly data: Revision<object> }) =>
  put({ code, revision, terms, changed_by: by, changed_at: changedAt });

export const promisePolicies: View<PromisePolicyChanged> = {
  name: 'promise_policy',
  about:
    'One row for each revision of each promise policy: what orders were promised, and are from now on. Orders remember `code@revision`.',
  columns,
  key: ['code', 'revision'],
  revision: 1,
  on: { PromisePolicyChanged: row },
};

export const promiseCalendars: View<PromiseCalendarChanged> = {
  name: 'promise_calendar',
  about: 'One row for each revision of each calendar that promises count by: days of the week that are worked, and holidays.',
  columns,
  key: ['code', 'revision'],
  revision: 1,
  on: { PromiseCalendarChanged: row },
};
