import { plannedServices } from '../distributed/plan';
import { askCartage, Trouble, type CartageAt, type Shown } from '../client/client';

const serviceNames: readonly string[] = plannedServices.map(({ name }) => name);

/** The services that a command asks one by one: the one that was named, or all. */
export const servicesNamed = (name: string | undefined, usage: string): readonly string[] => {
  if (name === undefined) return serviceNames;
  if (serviceNames.includes(name)) return [name];
  throw new Trouble(`There is no service ${name}: ${serviceNames.join(', ')}.\n${usage}`);
};

/** Not every service is on everywhere: one that is off has nothing to say, unless it alone was asked. One that is down is trouble. */
export const unlessOff = async <Answer>(work: Promise<Answer>, isNamed: boolean): Promise<Answer | undefined> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Trouble && error.status === 404 && !isNamed) return undefined;
    throw error;
  }
};

/** A view, and whose it is. */
export interface ViewOf {
  readonly service: string;
  readonly view: string;
  readonly shown: Shown;
}

const viewsOf = async (at: CartageAt, service: string): Promise<readonly ViewOf[]> => {
  const { items } = await askCartage(at, ['GET', `/operations/${service}/views`]);
  return (items as readonly Shown[]).map((shown) => ({ service, view: String(shown['view']), shown }));
};

/** Every view of these services that run. */
export const viewsAt = async (at: CartageAt, services: readonly string[]): Promise<readonly ViewOf[]> => {
  const found: ViewOf[] = [];
  for (const service of services) found.push(...((await unlessOff(viewsOf(at, service), services.length === 1)) ?? []));
  return found;
};

const LOOK_EVERY_MS = 500;

/** Has a view made anew; answers with how it stands when that is done, or when there was no more patience. */
export const rebuilt = async (
  at: CartageAt,
  { service, view }: Pick<ViewOf, 'service' | 'view'>,
  {
    compare,
    patienceMs,
    pause,
  }: { readonly compare: boolean; readonly patienceMs: number; readonly pause: (ms: number) => Promise<unknown> },
): Promise<Shown> => {
  let shown = await askCartage(at, ['POST', `/operations/${service}/views/${view}/rebuild`], { body: { compare } });
  for (let waited = 0; shown['rebuilding'] === true && waited < patienceMs; waited += LOOK_EVERY_MS) {
    await pause(LOOK_EVERY_MS);
    shown = (await viewsOf(at, service)).find((each) => each.view === view)?.shown ?? {};
  }
  return shown;
};
