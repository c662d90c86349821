import { cleanEnv, EnvMissingError, type ValidatorSpec } from 'envalid';
import { StartFailure } from '../start/failure';

/** Names and values as the shell gives them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The only place that reads `process.env`. A name with an empty value counts as absent: compose files and charts write it so. */
export const environment = (): Environment => Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));

/** Settings of a service: each name an environment variable with its envalid validator, default and description. */
export type SettingsSpec<Settings> = { readonly [Name in keyof Settings]: ValidatorSpec<Settings[Name]> };

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
