import type { SettingsSpec } from '@cartage/service-kit';
import { EnvError, makeValidator } from 'envalid';
import { reportsSettings, type ReportsSettings } from './reports.settings';

export interface ReportingSettings extends ReportsSettings {
  readonly REPORTING_GENERATION: string;
  readonly REPORTING_READER: string;
}

const word = makeValidator<string>((input) => {
  if (/^[a-z0-9_-]{1,40}$/i.test(input)) return input;
  throw new EnvError('not a word of 1 to 40 letters, digits, - and _');
});

export const settings: SettingsSpec<ReportingSettings> = {
  REPORTING_GENERATION: word({
    desc: 'any word; another one than before makes the star anew: it is filled from the topics beside the one that serves, and takes its place when it has heard as much.',
    default: '1',
  }),
  REPORTING_READER: word({
    desc: 'the role of Postgres that may read the star, and nothing else of the schema. One that there is not is granted nothing.',
    default: 'cartage_analyst',
  }),
  ...reportsSettings,
};
