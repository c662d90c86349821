import type { AnyService } from '../service';
import { readCommonSettings, type CommonSettings } from '../settings/common';
import { readSettings, type Environment } from '../settings/settings';
import { StartFailure } from './failure';

interface AllSettings {
  readonly common: CommonSettings;
  /** Of each service, in order. */
  readonly each: readonly unknown[];
}

const attempt = <Value>(read: () => Value, lines: string[]): Value | undefined => {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof StartFailure)) throw error;
    lines.push(...error.lines);
    return undefined;
  }
};

const requireUse = (services: readonly AnyService[], { EVENT_STORE_URL }: CommonSettings): void => {
  if (EVENT_STORE_URL === undefined || services.some(({ mayUseKurrentDb }) => mayUseKurrentDb)) return;
  const names = services.map(({ name }) => name).join(', ');
  throw new StartFailure([`Setting EVENT_STORE_URL: ${names} keeps its log in DATABASE_URL and cannot use KurrentDB. Leave it out.`]);
};

/** Reads every setting before anything is opened, so that a person hears of all that are wrong at once. */
export const readAllSettings = (services: readonly AnyService[], environment: Environment, defaultPort: number): AllSettings => {
  const lines: string[] = [];
  const common = attempt(() => readCommonSettings(environment, defaultPort), lines);
  const each = services.map((service) => attempt<unknown>(() => readSettings(service.settings, environment), lines));
  if (!common || lines.length > 0) throw new StartFailure([...new Set(lines)]);
  requireUse(services, common);
  const unfitting = services.flatMap((service, i) => service.unfitting?.(each[i], common) ?? []);
  if (unfitting.length > 0) throw new StartFailure(unfitting);
  return { common, each };
};
