import { cleanEnv, EnvMissingError, type ValidatorSpec } from 'envalid';
import { StartFailure } from '../start/failure';
import type { Environment } from './environment';
import type { SettingsSpec } from './spec';

/** Values that must not be shown, not even wrong ones: they may be a secret, or hold one. */
const secret = /KEY|SECRET|TOKEN|PASSWORD|CREDENTIAL|URL|DSN/i;

const gotOf = (name: string, value: string | undefined): string =>
  secret.test(name) ? 'a value that is not shown' : JSON.stringify(value);

const fixOf = ({ desc, example, default: preset, choices }: ValidatorSpec<unknown>): string =>
  [
    desc && `It is: ${desc}`,
    choices && `One of ${choices.join(', ')}.`,
    example && `For example ${example}.`,
    preset !== undefined && `Leave it out for ${String(preset)}.`,
  ]
    .filter(Boolean)
    .join(' ');

const lineOf = (name: string, error: Error, value: string | undefined, spec: ValidatorSpec<unknown>): string =>
  error instanceof EnvMissingError
    ? `Setting ${name} is missing. ${fixOf(spec)}`
    : `Setting ${name} is wrong: got ${gotOf(name, value)}. ${fixOf(spec)}`;

/** Reads and checks settings; refuses to start with one line for each that is wrong. */
export const readSettings = <Settings>(spec: SettingsSpec<Settings>, environment: Environment): Settings => {
  const specs = spec as Readonly<Record<string, ValidatorSpec<unknown>>>;
  const cleaned = cleanEnv({ ...environment }, specs, {
    reporter: ({ errors }) => {
      const lines = Object.entries(specs).flatMap(([name, each]) => {
        const error = errors[name];
        return error ? [lineOf(name, error, environment[name], each)] : [];
      });
      if (lines.length > 0) throw new StartFailure(lines);
    },
  });
  return Object.fromEntries(Object.keys(specs).map((name) => [name, cleaned[name]])) as Settings;
};
