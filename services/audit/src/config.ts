import { wholeNumber, type SettingsSpec } from '@cartage/service-kit';

export interface AuditSettings {
  readonly AUDIT_EVERY_SECONDS: number;
  readonly AUDIT_BOOK_DAYS: number;
  readonly AUDIT_FINDING_DAYS: number;
}

export const settings: SettingsSpec<AuditSettings> = {
  AUDIT_EVERY_SECONDS: wholeNumber(1, 3_600)({ desc: 'so often it is looked for what has become overdue. 1 to 3600.', default: 15 }),
  AUDIT_BOOK_DAYS: wholeNumber(
    1,
    3_650,
  )({
    desc: 'so many days after the last event of an order of which nothing is awaited only its counters are kept: what comes later has no cause to be looked for. 1 to 3650.',
    default: 60,
  }),
  AUDIT_FINDING_DAYS: wholeNumber(1, 3_650)({ desc: 'so many days after it ended a finding is forgotten. 1 to 3650.', default: 400 }),
};
