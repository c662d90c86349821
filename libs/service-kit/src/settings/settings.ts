import { readFileSync } from 'node:fs';
import { messageOf } from '@cartage/eventsourcing';
import { cleanEnv, EnvMissingError, type ValidatorSpec } from 'envalid';
import { StartFailure } from '../start/failure';

/** Names and values as the shell gives them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The only place that reads `process.env`. A name with an empty value counts as absent: compose files and charts write it so. */
export const environment = (): Environment => Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));

/** Settings of a service: each name an environment variable with its envalid validator, default and description. */
export type SettingsSpec<Settings> = { readonly [Name in keyof Settings]: ValidatorSpec<Settings[Name]> };

/** Values that must not be shown, not even wrong ones: they may be a secret, or hold one. */
const secret = /KEY|SECRET|TOKEN|PASSWORD|CREDENTIAL|ACCOUNT|URL|DSN|HEADERS/i;

/** Whether the value of a setting by this name must not be shown. */
export const isSecretSetting = (name: string): boolean => secret.test(name);

/** What a setting is given, and whether a file holds it. */
interface Given {
  readonly value: string | undefined;
  readonly isFile?: true;
}

const gotOf = (name: string, { value, isFile }: Given): string =>
  isFile || isSecretSetting(name) ? 'a value that is not shown' : JSON.stringify(value);

const fixOf = ({ desc, example, default: preset, choices }: ValidatorSpec<unknown>): string =>
  [
    desc && `It is: ${desc}`,
    choices && `One of ${choices.join(', ')}.`,
    example && `For example ${example}.`,
    preset !== undefined && `Leave it out for ${String(preset)}.`,
  ]
    .filter(Boolean)
    .join(' ');

const lineOf = (name: string, error: Error, given: Given, spec: ValidatorSpec<unknown>): string =>
  error instanceof EnvMissingError
    ? `Setting ${name} is missing. ${fixOf(spec)}`
    : `Setting ${name} is wrong: got ${gotOf(name, given)}. ${fixOf(spec)}`;

const readFile = (name: string, file: string): string => {
  try {
    return readFileSync(file, 'utf8').trimEnd();
  } catch (error) {
    throw new StartFailure([`Setting ${name}: ${file} cannot be read (${messageOf(error)}). Make it readable, or name another file.`]);
  }
};

/** `<NAME>_FILE` names a file that holds the setting, as orchestrators hand out secrets; one that is a setting by itself is read by whoever asks for it. */
const givenIn = (name: string, specs: Readonly<Record<string, unknown>>, environment: Environment): Given => {
  const [value, fileName] = [environment[name], `${name}_FILE`];
  const file = fileName in specs ? undefined : environment[fileName];
  if (file === undefined) return { value };
  if (value !== undefined)
    throw new StartFailure([`Setting ${name} is given twice: by ${name} and by ${fileName}. Leave one of them out.`]);
  const text = readFile(fileName, file);
  return { value: text === '' ? undefined : text, isFile: true };
};

/** Reads and checks settings; refuses to start with one line for each that is wrong. */
export const readSettings = <Settings>(spec: SettingsSpec<Settings>, environment: Environment): Settings => {
  const specs = spec as Readonly<Record<string, ValidatorSpec<unknown>>>;
  const given = new Map(Object.keys(specs).map((name) => [name, givenIn(name, specs, environment)] as const));
  const values = Object.fromEntries([...given].map(([name, { value }]) => [name, value]));
  const cleaned = cleanEnv(values, specs, {
    reporter: ({ errors }) => {
      const lines = Object.entries(specs).flatMap(([name, each]) => {
        const error = errors[name];
        return error ? [lineOf(name, error, given.get(name) ?? { value: undefined }, each)] : [];
      });
      if (lines.length > 0) throw new StartFailure(lines);
    },
  });
  return Object.fromEntries(Object.keys(specs).map((name) => [name, cleaned[name]])) as Settings;
};
