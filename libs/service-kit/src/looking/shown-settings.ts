import { commonSettings } from '../settings/common';
import { isSecretSetting, type Environment } from '../settings/settings';
import type { AnyService } from '../service';

/** Every setting of these services that the environment gives, as it stands there; of one that may be or hold a secret only that it is given. */
export const shownSettings = (services: readonly AnyService[], environment: Environment): Readonly<Record<string, string>> => {
  const names = new Set([...Object.keys(commonSettings(0)), ...services.flatMap(({ settings }) => Object.keys(settings as object))]);
  const shown = [...names].toSorted().flatMap((name): readonly (readonly [string, string])[] => {
    const value = environment[name] ?? (environment[`${name}_FILE`] === undefined ? undefined : '');
    if (value === undefined) return [];
    return [[name, isSecretSetting(name) || environment[name] === undefined ? 'given, and not shown' : value]];
  });
  return Object.fromEntries(shown);
};
