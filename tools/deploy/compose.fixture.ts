import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface ComposeService {
  readonly profiles: readonly string[];
  readonly build?: { readonly dockerfile: string; readonly args: { readonly SERVICE: string } };
  readonly environment: Readonly<Record<string, string>>;
  readonly ports: readonly string[];
  readonly volumes?: readonly string[];
}

export interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

export const compose = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }) as Compose;

/** Ours, and not the servers that they need, nor the one before them. */
export const composedServices = Object.entries(compose.services).filter(([, { build }]) => build !== undefined);

/** What a container finds in its environment where `.env` says no more than these. */
export const environmentOf = (name: string, dotEnv: Readonly<Record<string, string>>): Readonly<Record<string, string>> => {
  const filled = (text: string): string =>
    text.replace(/\$\{(\w+):-([^}]*)\}/g, (_, variable: string, otherwise: string) => dotEnv[variable] || otherwise);
  const { environment } = compose.services[name] ?? { environment: {} };
  return Object.fromEntries(Object.entries(environment).map(([setting, value]) => [setting, filled(String(value))]));
};
