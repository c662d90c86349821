/** A process from its start to its crash. Whatever it waits for when it crashes never comes, and so nothing of it goes on. */
export interface LifeLine {
  readonly name: string;
  readonly isCut: () => boolean;
  /** The way to what is outside of the process, and the way back: each takes its time, and on each it may crash. */
  readonly crossing: () => Promise<void>;
}

/** What nobody waits for any more. Each is one of its own: what waits for one and the same would be kept as long as that is, a crashed process and all that it knew. */
export const never = (): Promise<never> => new Promise(() => undefined);

type Port = Readonly<Record<string, unknown>>;

const isCall = (value: unknown): value is (...given: unknown[]) => unknown => typeof value === 'function';

const crossed =
  (line: LifeLine, of: object, call: (...given: unknown[]) => unknown) =>
  async (...given: unknown[]): Promise<unknown> => {
    await line.crossing();
    if (line.isCut()) return never();
    const settled = await Promise.resolve(call.apply(of, given)).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    await line.crossing();
    if (line.isCut()) return never();
    if ('error' in settled) throw settled.error;
    return settled.value;
  };

const near =
  (line: LifeLine, of: object, call: (...given: unknown[]) => unknown) =>
  (...given: unknown[]): unknown => {
    if (line.isCut()) return never();
    return call.apply(of, given);
  };

/** A port to what outlives the process: `far` names what crosses to it; the rest is asked where it stands. */
export const through = <Of extends object>(line: LifeLine, port: Of, far: readonly (keyof Of)[]): Of => {
  const names = new Set<PropertyKey>(far);
  const prototype = Object.getPrototypeOf(port) as object;
  const all = new Set([...Object.keys(port), ...(prototype === Object.prototype ? [] : Object.getOwnPropertyNames(prototype))]);
  const entries = [...all]
    .filter((name) => name !== 'constructor')
    .map((name) => {
      const value = (port as Port)[name];
      if (!isCall(value)) return [name, value] as const;
      return [name, names.has(name) ? crossed(line, port, value) : near(line, port, value)] as const;
    });
  return Object.fromEntries(entries) as Of;
};
