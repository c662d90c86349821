import type { OpenService } from './open-service';

const twice = (names: readonly string[]): readonly string[] => names.filter((name, i) => names.indexOf(name) !== i);

/** Services that claim the same name would read each other's rows, positions or requests. */
export const requireDistinct = (services: readonly OpenService[]): void => {
  const claims: Readonly<Record<string, readonly string[]>> = {
    name: services.map(({ service }) => service.name),
    schema: services.map(({ service }) => service.schema),
    path: services.flatMap(({ service }) => service.paths),
    topic: services.map(({ service }) => service.publication.topic),
    group: services.flatMap(({ parts }) => parts.listeners.map(({ group }) => group)),
  };
  for (const [kind, names] of Object.entries(claims))
    for (const name of twice(names)) throw new Error(`Two services or listeners claim the ${kind} "${name}".`);
};
